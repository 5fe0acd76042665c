"""Files to take away: their names are neutral and dated, and nothing of them stays in a cache."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from flask import Response, make_response

from directory.documents.table import Source, Table, to_csv, to_xlsx
from directory.reference.hours import LONDON

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_answer(table: Table, name: str) -> Response:
    """A table as CSV, to be saved as `name`.csv."""
    return attached(to_csv(table).encode("utf-8"), "text/csv", f"{name}.csv")


def xlsx_answer(tables: Sequence[Table], sources: Sequence[Source], day: date, name: str) -> Response:
    """A workbook that shows a day, to be saved as `name`.xlsx. The same tables give the same bytes."""
    made_on = datetime.combine(day, time(), LONDON)
    return attached(to_xlsx(tables, sources, made_on=made_on), XLSX, f"{name}.xlsx")


def attached(content: bytes, mimetype: str, name: str) -> Response:
    """A file's bytes, to be saved under a name."""
    response = make_response(content)
    response.mimetype = mimetype
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
