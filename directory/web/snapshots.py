"""Snapshots: which there are, an area as one shows it, and what changed since."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import LazyString, format_datetime
from flask_babel import lazy_gettext as _l

from directory.errors import RuleBroken
from directory.matrix.areas import MatrixArea
from directory.matrix.changes import What
from directory.queries.snapshot_content import labels_now
from directory.queries.snapshots import SnapshotWorld, list_snapshots, why_gone
from directory.web.changed import changed_halves, changed_services, in_words
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
    return grid_csv(_shown(snapshot), where)


@bp.get(f"{_ONE}.xlsx")
def area_xlsx(number: int, area_code: str) -> Response:
    """The same as a workbook."""
    snapshot, where = _opened(number, area_code)
    return grid_xlsx(_shown(snapshot), where)


@bp.get("/matrix/<area_code>/changes")
def changes(area_code: str) -> str:
    """What changed in an area since a snapshot; without one, the snapshots to choose from."""
    world = matrix_world()
    where = area_named(world, area_code)
    since = _number("since")
    if since is None:
        with current_app.extensions["database"].reading() as session:
            found = list_snapshots(session, most=LISTED_MOST)
        return render_template(
            "snapshots/choose.html", area=where, snapshots=found, taken_at=taken_at, nav=pages_of(where)
        )
    before = _snapshot(since)
    halves = changed_halves(before, world, where)
    services = changed_services(before, world, where)
    with current_app.extensions["database"].reading() as session:
        why = why_gone(session, [one.service.id for one in services if one.what is What.WENT])
    labels = {code: one.label for code, one in labels_now().types.items()}
    return render_template(
        "snapshots/changes.html",
        area=where,
        snapshot=before.view,
        agrees=before.agrees,
        today=world.rules.today,
        nav=area_nav(world, where),
        changed=in_words(halves, services, why, before, world, where, labels),
        taken_at=taken_at,
    )


def taken_at(moment: datetime) -> str:
    """'26 November 2026, 15:46': when a snapshot was taken, by London's clock."""
    return str(format_datetime(moment, "d MMMM y, HH:mm"))


def _opened(number: int, area_code: str) -> tuple[SnapshotWorld, MatrixArea]:
    """Raises NotFound for either."""
    snapshot = _snapshot(number)
    return snapshot, area_named(snapshot.world, area_code)


def _snapshot(number: int) -> SnapshotWorld:
    with current_app.extensions["database"].reading() as session:
        found: SnapshotWorld = current_app.extensions["snapshot_worlds"].get(session, number)
    return found


def _shown(snapshot: SnapshotWorld) -> Shown:
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
