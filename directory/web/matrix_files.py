"""The grid of an area as files: of today, or of a snapshot; the same rows for both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Blueprint, Response, current_app

from directory.documents.grid import authorities_table, grid_table, shares_table
from directory.documents.table import Source, Table
from directory.documents.unmet import GroupUnmet, groups_table, with_unmet
from directory.matrix.areas import MatrixArea
from directory.matrix.snapshot import Labels
from directory.queries.current_matrix import MatrixWorld
from directory.queries.said_of_services import ReplyView, replies
from directory.queries.snapshot_content import labels_now, table_fingerprints
from directory.web.downloads import csv_answer, xlsx_answer
from directory.web.grid_rows import authority_rows, half_rows, share_rows
from directory.web.grid_unmet import UnmetView, tables_agree, unmet_view
from directory.web.matrix_world import area_named, matrix_world
from directory.web.need import read_yours
from directory.web.permanent import address_in, in_full, root_address

bp = Blueprint("matrix_files", __name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """A world to write files of, with the words and tables of its day, and its snapshot's number if it has one.

    replies: statement → the replies to it. A snapshot keeps none: a reply can be taken back, or taken down.
    """

    world: MatrixWorld
    labels: Labels
    tables: Mapping[str, str]
    number: int | None
    replies: Mapping[int, tuple[ReplyView, ...]] = field(default_factory=dict)


@bp.get("/matrix/<area_code>.csv")
def csv(area_code: str) -> Response:
    """The grid as CSV."""
    shown = shown_today()
    return grid_csv(shown, area_named(shown.world, area_code))


@bp.get("/matrix/<area_code>.xlsx")
def xlsx(area_code: str) -> Response:
    """The grid as a workbook, with its sources."""
    shown = shown_today()
    return grid_xlsx(shown, area_named(shown.world, area_code))


def shown_today() -> Shown:
    """Today's world, and the snapshot that will show it again."""
    world = matrix_world()
    number = current_app.extensions["snapshots"].number(world)
    with current_app.extensions["database"].reading() as session:
        answered = replies(session)
    return Shown(world, labels_now(), table_fingerprints(), number, answered)


def grid_csv(shown: Shown, area: MatrixArea) -> Response:
    """The answer with the one table."""
    return csv_answer(_grid(shown, area, _unmet(shown, area)), file_name(shown, area, "matrix"))


def grid_xlsx(shown: Shown, area: MatrixArea) -> Response:
    """The answer with the table, unmet need, for a wider area each of its authorities, and the sources."""
    unmet = _unmet(shown, area)
    tables = [_grid(shown, area, unmet)]
    if area.is_wide:
        tables.append(authorities_table(*authority_rows(shown.world, area, shown.labels)))
    if unmet:
        groups = [
            GroupUnmet(one.code, one.name, one.estimated, one.seekers, one.assumption, one.places, one.unmet)
            for one in unmet.groups.values()
        ]
        address = address_again(shown, area)
        again = f"{address}?{unmet.yours.face_query}" if address else ""
        tables.append(groups_table(groups, as_at=shown.world.rules.today, address=again))
    name = file_name(shown, area, "matrix")
    return xlsx_answer(tables, sources(shown, area), shown.world.rules.today, name)


def _unmet(shown: Shown, area: MatrixArea) -> UnmetView | None:
    """Unmet need by our own assumptions; None for a snapshot whose tables of need are no longer ours."""
    return unmet_view(shown.world, area, read_yours({})) if tables_agree(shown.tables) else None


def _grid(shown: Shown, area: MatrixArea, unmet: UnmetView | None) -> Table:
    """The grid, with unmet need beside it where there is any to tell."""
    table = _states(shown, area)
    if unmet is None:
        return table
    types = {one.code: (one.places, one.unmet) for rows in unmet.types.values() for one in rows}
    return with_unmet(table, types)


def _states(shown: Shown, area: MatrixArea) -> Table:
    as_at, address = shown.world.rules.today, address_again(shown, area)
    if area.is_wide:
        rows = share_rows(shown.world, area, shown.labels)
        return shares_table(rows, as_at=as_at, address=address)
    one = half_rows(shown.world, area, shown.labels, root_address(), shown.replies)
    return grid_table(one, as_at=as_at, address=address)


def file_name(shown: Shown, area: MatrixArea, what: str) -> str:
    """'matrix-E06000031-2026-11-26': neutral, and dated."""
    return f"{what}-{area.code}-{shown.world.rules.today.isoformat()}"


def address_again(shown: Shown, area: MatrixArea, page: str = "area", **asked: str) -> str:
    """The whole address of a page of the snapshot (directory.web.permanent); '' where none could be taken."""
    return "" if shown.number is None else in_full(address_in(shown.number, area, page, **asked))


def sources(shown: Shown, area: MatrixArea, page: str = "area", **asked: str) -> tuple[Source, ...]:
    """Where each figure of a file is from, as a workbook lists it. page, asked: what shows them again."""
    listings, said = shown.world.versions
    day = shown.world.rules.today.isoformat()
    types = shown.labels.types.values()
    changed = max((one.changed_on for one in types if one.changed_on), default=None)
    found = [
        Source(
            f"Services: listings of Support Directory, version {listings} of them",
            in_full("/about/data"),
            f"As at {day}; each listing has its own source and date",
        ),
        Source(f"What commissioners and partnerships have said, version {said}", "Support Directory", day),
        Source("Replies of services to it; a snapshot keeps none", "Support Directory", day),
        Source(
            "Support types: a working list drawn from published sources, not the CSA Centre’s own text",
            f"data/support_types.csv, fingerprint {shown.tables.get('support_types.csv', 'not known')}",
            f"Last changed on {changed.isoformat()}" if changed else "Date not known",
        ),
        Source(
            "Areas and the people who live in them",
            "Office for National Statistics, Open Government Licence v3.0; "
            f"data/areas.csv, fingerprint {shown.tables.get('areas.csv', 'not known')}",
            "Mid-2024 estimates",
        ),
        Source(
            "A state rests on a confirmation for this many days",
            str(shown.world.rules.stale_after_days),
            day,
        ),
        Source(
            "Address that shows this again",
            address_again(shown, area, page, **asked) or "None could be made",
            day,
        ),
    ]
    if area.named is not None and area.named.source:
        found.insert(4, Source(f"Which authorities are {area.name}", area.named.source, "Date not known"))
    if "need_rates.csv" in shown.tables:
        rates = f"data/need_rates.csv, fingerprint {shown.tables['need_rates.csv']}"
        found.insert(4, Source("Rates of need, applied locally: unmet need rests on them", rates, day))
    return tuple(found)
