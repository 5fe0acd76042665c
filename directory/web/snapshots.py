"""Snapshots: which there are, an area as one shows it, and what changed since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import LazyString, format_datetime
from flask_babel import lazy_gettext as _l

from directory.errors import RuleBroken
from directory.matrix.areas import MatrixArea
from directory.matrix.changes import Gone, What
from directory.queries.snapshot_content import labels_now
from directory.queries.snapshots import SnapshotWorld, list_snapshots, why_gone
from directory.web.changed import changed_halves, changed_services, changed_statements, in_words
from directory.web.grid_unmet import tables_agree, unmet_view
from directory.web.matrix_files import Shown, grid_csv, grid_xlsx
from directory.web.matrix_pages import area_nav, pages_of, read_face
from directory.web.matrix_states import line
from directory.web.matrix_world import area_named, matrix_world
from directory.web.need import read_yours
from directory.web.state_tables import group_tables
from directory.web.words import translated

bp = Blueprint("snapshots", __name__)

LISTED_MOST = 100
NUMBER_MAX = 999_999_999
REASONS: dict[str, LazyString] = {
    "command": _l("By command"),
    "weekly": _l("As every week"),
    "asked": _l("When somebody opened a page or took a file"),
}
_ONE = f"/snapshots/<int(max={NUMBER_MAX}):number>/matrix/<area_code>"


@bp.get("/snapshots", endpoint="all")
def every() -> str:
    """Every snapshot, the newest first, a hundred to a page."""
    before = _number("before")
    with current_app.extensions["database"].reading() as session:
        found = list_snapshots(session, most=LISTED_MOST + 1, before=before)
    shown = found[:LISTED_MOST]
    return render_template(
        "snapshots/all.html",
        snapshots=shown,
        reasons=REASONS,
        taken_at=taken_at,
        older=shown[-1].id if len(found) > LISTED_MOST else None,
        is_newest=before is None,
    )


@bp.get(_ONE)
def area(number: int, area_code: str) -> str:
    """An area as a snapshot shows it: the same page for ever."""
    snapshot, where = _opened(number, area_code)
    counts = snapshot.world.states.counts(where.members)
    unmet = unmet_view(snapshot.world, where, read_yours(request.args)) if read_face() else None
    return render_template(
        "snapshots/area.html",
        snapshot=snapshot.view,
        agrees=snapshot.agrees,
        holds_figures=snapshot.day is not None,
        area=where,
        halves_apply=sum(counts.values()),
        counts=[
            (line(state, translated(snapshot.labels.term("matrix_state", state))), count)
            for state, count in counts.items()
        ],
        tables=group_tables(snapshot.world, where, snapshot.labels),
        nav=pages_of(where),
        unmet=unmet,
        tables_agree=tables_agree(snapshot.tables),
        taken_at=taken_at,
    )


@bp.get(f"{_ONE}.csv")
def area_csv(number: int, area_code: str) -> Response:
    """The same as CSV."""
    snapshot, where = _opened(number, area_code)
    return grid_csv(shown_in(snapshot), where)


@bp.get(f"{_ONE}.xlsx")
def area_xlsx(number: int, area_code: str) -> Response:
    """The same as a workbook."""
    snapshot, where = _opened(number, area_code)
    return grid_xlsx(shown_in(snapshot), where)


@bp.get("/matrix/<area_code>/changes")
def changes(area_code: str) -> str:
    """What changed in an area since a snapshot, until today or another; without one, those to choose from."""
    since, until = _number("since"), _number("until")
    later = snapshot_numbered(until) if until else None
    world = later.world if later else matrix_world()
    where = area_named(world, area_code)
    if since is None:
        with current_app.extensions["database"].reading() as session:
            found = list_snapshots(session, most=LISTED_MOST)
        return render_template(
            "snapshots/choose.html", area=where, snapshots=found, taken_at=taken_at, nav=pages_of(where)
        )
    if until is not None and until <= since:
        raise RuleBroken("until", "The second snapshot must be later than the first. Choose another.")
    before = snapshot_numbered(since)
    halves = changed_halves(before, world, where)
    services = changed_services(before, world, where)
    statements = changed_statements(before, world, where)
    why = _why([one.service.id for one in services if one.what is What.WENT], is_today=later is None)
    labels = later.labels if later else labels_now()
    return render_template(
        "snapshots/changes.html",
        area=where,
        snapshot=before.view,
        later=later.view if later else None,
        agrees=before.agrees and (later is None or later.agrees),
        today=world.rules.today,
        nav=pages_of(where) if later else area_nav(world, where, rests_on_more=True),
        changed=in_words(
            halves,
            services,
            statements,
            why,
            before,
            world,
            where,
            {code: one.label for code, one in labels.types.items()},
        ),
        listed=frozenset(one.id for one in matrix_world().services) if later else None,
        taken_at=taken_at,
    )


def _why(services: list[int], *, is_today: bool) -> Mapping[int, Gone]:
    """Service that went → why. Of a day that is past only today's reason would be known, which may be another."""
    if not is_today:
        return dict.fromkeys(services, Gone.WHY_NOT_KEPT)
    with current_app.extensions["database"].reading() as session:
        return why_gone(session, services)


def taken_at(moment: datetime) -> str:
    """'26 November 2026, 15:46': when a snapshot was taken, by London's clock."""
    return str(format_datetime(moment, "d MMMM y, HH:mm"))


def _opened(number: int, area_code: str) -> tuple[SnapshotWorld, MatrixArea]:
    """Raises NotFound for either."""
    snapshot = snapshot_numbered(number)
    return snapshot, area_named(snapshot.world, area_code)


def snapshot_numbered(number: int) -> SnapshotWorld:
    """A snapshot with its world. Raises NotFound."""
    with current_app.extensions["database"].reading() as session:
        found: SnapshotWorld = current_app.extensions["snapshot_worlds"].get(session, number)
    return found


def shown_in(snapshot: SnapshotWorld) -> Shown:
    """What files are written of."""
    return Shown(snapshot.world, snapshot.labels, snapshot.tables, snapshot.view.id)


def _number(name: str) -> int | None:
    """The number of a snapshot in the query; None when the address holds none. Raises RuleBroken."""
    value = request.args.get(name, "")
    if not value:
        return None
    if not (value.isascii() and value.isdecimal() and len(value) <= 9 and int(value) > 0):
        raise RuleBroken(
            name, "This address asks for a snapshot by something that is no number. Choose one from the list."
        )
    return int(value)
