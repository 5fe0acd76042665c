"""My listings as a file: to take away, to send back, to see what would change, and to send all of it to moderation."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from directory.actions.changes.sheet import SHEET_COLUMNS, compare_sheet, send_drafts, sheet_rows
from directory.actions.geo_places import GeoPlaces
from directory.actions.problem import FileRefused, Problem
from directory.documents.listings_upload import BYTES_MAX, read_upload
from directory.documents.table import Source, Table
from directory.errors import NotFound
from directory.reference.hours import now_utc, today_in_london
from directory.security.me import actor, me
from directory.web.downloads import csv_answer, xlsx_answer

bp = Blueprint("my_listings_file", __name__)


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
    with current_app.extensions["database"].reading() as session:
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
    """As a workbook, with a sheet that says how to fill it in."""
    help_ = (
        (_("Keep the first line and the column ‘id’."), _("A row is found again by its id.")),
        (_("A blank cell means ‘not known’."), _("Emptying a cell takes out what is listed.")),
        (_("Telephone numbers are text."), "telephone | 01632 960001 | Mo-Fr 09:00-17:00"),
        (_("Several codes stand in one cell."), "G4.6;G4.7"),
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
    return xlsx_answer([_table(), sheet], sources, day, f"my-listings-{day}")


@bp.route("/my-listings/upload", methods=["GET", "POST"])
def upload() -> str | tuple[str, int]:
    """Send the file back, and see what would change. Nothing is changed by this."""
    organisations = _organisations()
    if request.method == "GET":
        return render_template("my_listings/upload.html", error="")
    # Only here may a body be as large: see BODY_BYTES_MAX for every other form. A little is for what is around it.
    request.max_content_length = BYTES_MAX + 8_192
    given = request.files.get("file")
    content = given.read(BYTES_MAX + 1) if given else b""
    if not content:
        return _again(Problem(1, "", "", str(_("Choose the file that you have edited.")), ""))
    try:
        rows = read_upload(content, SHEET_COLUMNS)
    except FileRefused as refused:
        return _again(refused.problem)
    with current_app.extensions["database"].transaction() as session:
        found = compare_sheet(
            session,
            ((one.line, one.texts) for one in rows),
            organisations,
            GeoPlaces(current_app.config["SETTINGS"].postcodes_dir),
            by=actor(),
            now=now_utc(),
        )
    return render_template("my_listings/differences.html", found=found)


@bp.post("/my-listings/upload/send")
def send() -> Response | str:
    """Send every draft of the file to moderation."""
    with current_app.extensions["database"].transaction() as session:
        sent, clashed = send_drafts(
            session,
            _organisations(),
            GeoPlaces(current_app.config["SETTINGS"].postcodes_dir),
            by=actor(),
            now=now_utc(),
        )
    return redirect(url_for("my_listings_file.sent", sent=sent, clashed=list(clashed)), 303)


@bp.get("/my-listings/upload/sent")
def sent() -> str:
    """How many were sent, and which were changed by somebody else meanwhile."""
    number = request.args.get("sent", "0")
    words = ngettext(
        "%(num)s listing was sent.",
        "%(num)s listings were sent.",
        int(number) if number.isdecimal() and len(number) < 6 else 0,
    )
    return render_template("my_listings/file_sent.html", words=words, clashed=request.args.getlist("clashed"))


def _again(problem: Problem) -> tuple[str, int]:
    error = f"{problem.what} {problem.remedy}".strip()
    return render_template("my_listings/upload.html", error=error), 400
