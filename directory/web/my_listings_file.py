"""My listings as a file: to take away, to send back, to see what would change, and to send all of it to moderation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from directory.actions.actor import Actor
from directory.actions.changes.sheet import (
    Sent,
    begin_comparing,
    compare_rows,
    count_unsent,
    my_services,
    send_some,
    sheet_rows,
    unsent,
)
from directory.actions.changes.sheet_cell import READ_COLUMNS, SHEET_COLUMNS
from directory.actions.changes.sheet_found import Compared, SheetProblem
from directory.actions.geo_places import GeoPlaces
from directory.actions.problem import FileRefused, Problem
from directory.config import BODY_BYTES_MAX
from directory.documents.listings_upload import Upload, read_upload
from directory.documents.table import Source, Table
from directory.documents.upload_rows import BYTES_MAX, MEGABYTE, ROWS_MAX
from directory.errors import NotFound
from directory.reference.hours import now_utc, today_in_london
from directory.security.me import actor, me
from directory.web.cell_words import column_label
from directory.web.database import database
from directory.web.downloads import csv_answer, xlsx_answer
from directory.web.my_listings.edit_pages import PAGE_OF
from directory.web.my_listings.key_sheet import key_sheet
from directory.web.streamed import streamed

bp = Blueprint("my_listings_file", __name__)

Answer = Response | str | tuple[str, int]
ROWS_TOGETHER, SENT_TOGETHER = 250, 25
"""In one transaction: about half a second's work, for which others who write may have to wait."""


def _organisations() -> frozenset[int]:
    who = me()
    if who is None:
        abort(403)
    return who.owner_of | who.editor_of


def _asked_for() -> frozenset[int]:
    """Their organisations, or the one of them that the address names: ?organisation=12. Raises NotFound."""
    mine, asked = _organisations(), request.args.get("organisation", "")
    if not asked:
        return mine
    if asked not in {str(number) for number in mine}:
        raise NotFound("No organisation of theirs has this number.")
    return frozenset({int(asked)})


def _table() -> Table:
    with database().reading() as session:
        rows = sheet_rows(session, _asked_for())
    return Table(
        "My listings",
        SHEET_COLUMNS,
        tuple(tuple(row[name] or None for name in SHEET_COLUMNS) for row in rows),
    )


@bp.get("/my-listings/file.csv")
def csv() -> Response:
    """As CSV."""
    return csv_answer(_table(), f"my-listings-{today_in_london()}")


@bp.get("/my-listings/file.xlsx")
def xlsx() -> Response:
    """As a workbook, with a sheet of what the codes mean, and one that says how to fill it in."""
    help_ = (
        (_("Keep the first line and the column ‘id’."), _("A row is found again by its id.")),
        (_("A blank cell means ‘not known’."), _("Emptying a cell takes out what is listed.")),
        (_("Telephone numbers are text."), "telephone | 01632 960001 | Mo-Fr 09:00-17:00"),
        (_("Several codes stand in one cell."), "G4.6;G4.7"),
        (_("The sheet ‘Key’ says what each code means."), _("It is for you alone: nothing in it is read.")),
        (_("Places that must stay confidential are left out."), _("They stay as they are.")),
        (_("No formulas."), _("A cell with one is refused.")),
    )
    sheet = Table(
        str(_("How to fill this in")),
        (str(_("What")), str(_("How"))),
        tuple((str(a), str(b)) for a, b in help_),
    )
    day = today_in_london()
    sources = [Source(str(_("Your listings")), str(_("This site")), day.isoformat())]
    return xlsx_answer([_table(), key_sheet(), sheet], sources, day, f"my-listings-{day}")


@bp.route("/my-listings/upload", methods=["GET", "POST"])
def upload() -> Answer:
    """Send the file back, and see what would change. Nothing is changed by this."""
    organisations = _organisations()
    if request.method == "GET":
        return _form(None)
    # Only here may a body be as large: see BODY_BYTES_MAX for every other form. A little is for what is around it.
    request.max_content_length = BYTES_MAX + 8_192
    # The reader keeps the end of one piece for the next: of a file, not of a field.
    request.max_form_memory_size = 4 * BODY_BYTES_MAX
    given = request.files.get("file")
    content = given.read(BYTES_MAX + 1) if given else b""
    if not content:
        return _form(Problem(1, "", "", str(_("Choose the file that you have edited.")), "")), 400
    try:
        file = read_upload(content, READ_COLUMNS)
    except FileRefused as refused:
        return _form(refused.problem), 400
    work = _Comparing(file, organisations, actor(), Compared())
    work.found.problems += [SheetProblem(one) for one in file.problems]
    missing = tuple(name for name in file.missing if name in SHEET_COLUMNS)
    context = {**_words_of_rows(), "found": work.found, "missing": missing, "total": len(file.rows)}
    if len(file.rows) > ROWS_TOGETHER:
        return streamed("my_listings/differences.html", work.steps, is_long=True, **context)
    return render_template(
        "my_listings/differences.html", steps=tuple(work.steps()), is_long=False, **context
    )


@bp.get("/my-listings/upload/unsent")
def not_sent() -> str:
    """What the last file would change and has not been sent."""
    with database().reading() as session:
        found = Compared(differences=list(unsent(session, _organisations(), by=actor())))
    return render_template(
        "my_listings/differences.html",
        steps=(),
        is_long=False,
        found=found,
        missing=(),
        total=0,
        **_words_of_rows(),
    )


@bp.post("/my-listings/upload/send")
def send() -> Answer:
    """Send every draft of the file to moderation. A second press finds those that are left."""
    with database().reading() as session:
        total = count_unsent(session, by=actor())
    work = _Sending(_organisations(), actor(), Sent(0, (), 0, total))
    if total > SENT_TOGETHER:
        return streamed("my_listings/sending.html", work.steps, work=work, total=total, words=_sent_words)
    *_each, number = work.steps()
    return redirect(url_for("my_listings_file.sent", sent=number), 303)


@bp.get("/my-listings/upload/sent")
def sent() -> str:
    """How many were sent, and which were changed by somebody else meanwhile."""
    text = request.args.get("sent", "0")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
    with database().reading() as session:
        left = dict.fromkeys(one.name for one in unsent(session, _organisations(), by=actor()))
    return render_template("my_listings/file_sent.html", words=_sent_words(number), kept=tuple(left))


@dataclass(slots=True)
class _Comparing:
    """The work on a file that came."""

    file: Upload
    organisations: frozenset[int]
    by: Actor
    found: Compared

    def steps(self) -> Iterator[int]:
        """Yields how many rows are read, after each step."""
        rows, places, now = self.file.rows, _places(), now_utc()
        for start in range(0, max(len(rows), 1), ROWS_TOGETHER):
            with database().transaction() as session:
                if not start:
                    begin_comparing(session, len(rows), by=self.by, now=now)
                    mine = frozenset(my_services(session, self.organisations))
                together = ((one.line, one.cells) for one in rows[start : start + ROWS_TOGETHER])
                compare_rows(session, together, mine, self.found, places, by=self.by, now=now)
            yield self.found.rows


@dataclass(slots=True)
class _Sending:
    """The work on what is sent. done: what became of it so far."""

    organisations: frozenset[int]
    by: Actor
    done: Sent

    def steps(self) -> Iterator[int]:
        """Yields how many listings were sent, after each step."""
        places, last = _places(), 0
        while True:
            with database().transaction() as session:
                step = send_some(
                    session,
                    self.organisations,
                    places,
                    after=last,
                    most=SENT_TOGETHER,
                    by=self.by,
                    now=now_utc(),
                )
            last = step.last_id
            self.done = Sent(
                self.done.sent + step.sent,
                (*self.done.kept, *step.kept),
                step.last_id,
                step.left,
                (*self.done.refused, *step.refused),
            )
            yield self.done.sent
            if not step.left:
                return


def _places() -> GeoPlaces:
    return GeoPlaces(current_app.config["SETTINGS"].postcodes_dir)


def _sent_words(number: int) -> str:
    return ngettext("%(num)s listing was sent.", "%(num)s listings were sent.", number)


def _words_of_rows() -> dict[str, object]:
    return {"label": column_label, "page_of": PAGE_OF}


def _form(problem: Problem | None) -> str:
    error = f"{problem.what} {problem.remedy}".strip() if problem else ""
    with database().reading() as session:
        left = count_unsent(session, by=actor())
    return render_template(
        "my_listings/upload.html", error=error, megabytes=BYTES_MAX // MEGABYTE, rows=ROWS_MAX, left=left
    )
