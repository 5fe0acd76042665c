"""Gaps, need, access and comparisons as a snapshot has them: the pages of today, made of the tables of that day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from functools import wraps

from flask import Blueprint, current_app, render_template, request
from werkzeug.wrappers import Response

from directory.errors import NotFound
from directory.geo.pack import current_stamp
from directory.matrix.areas import MatrixArea
from directory.queries.current_access import CurrentAccess
from directory.queries.snapshots import SnapshotWorld
from directory.reference.files import BadDataFile
from directory.security.who_sees import as_anyone
from directory.tables_of_day import in_force
from directory.web.access import access_page
from directory.web.compare import asked_again, compare, compare_csv, compare_page, compare_xlsx, read_measure
from directory.web.gap_answer import KeptService
from directory.web.gap_files import register_csv, register_xlsx
from directory.web.gap_register import register_in
from directory.web.gaps import register_page
from directory.web.matrix_world import area_named
from directory.web.need import need_page, read_yours
from directory.web.permanent import address_in
from directory.web.snapshots import NUMBER_MAX, shown_in, snapshot_numbered

bp = Blueprint("kept", __name__)

Answer = str | tuple[str, int] | Response
_SNAPSHOT = f"/snapshots/<int(max={NUMBER_MAX}):number>"


def _on_that_day(page: Callable[[SnapshotWorld, MatrixArea], Answer]) -> Callable[[int, str], Answer]:
    """A page that is made of the tables of a snapshot, and shows what anyone may see.

    404 where the snapshot, the area or the tables are not there, or can no longer be read.
    """

    @wraps(page)
    def made(number: int, area_code: str) -> Answer:
        snapshot = snapshot_numbered(number)
        where = area_named(snapshot.world, area_code)
        if snapshot.day is None:
            return render_template("snapshots/not_kept.html", snapshot=snapshot.view, area=where), 404
        with in_force(snapshot.day), as_anyone():
            try:
                return page(snapshot, where)
            except BadDataFile as cause:
                raise NotFound("The snapshot cannot be read by this version of the site.") from cause

    return made


@bp.get(f"{_SNAPSHOT}/gaps/<area_code>")
@_on_that_day
def gaps(snapshot: SnapshotWorld, area: MatrixArea) -> Answer:
    """The answer and the register."""
    services = {one.id: KeptService(one.name, one.organisation) for one in snapshot.world.services}

    def named(numbers: tuple[int, ...]) -> Mapping[int, KeptService]:
        return {number: services[number] for number in numbers}

    return register_page(register_in(snapshot, area), named, snapshot.view)


@bp.get(f"{_SNAPSHOT}/gaps/<area_code>.csv")
@_on_that_day
def gaps_csv(snapshot: SnapshotWorld, area: MatrixArea) -> Answer:
    """The register as CSV."""
    return register_csv(register_in(snapshot, area))


@bp.get(f"{_SNAPSHOT}/gaps/<area_code>.xlsx")
@_on_that_day
def gaps_xlsx(snapshot: SnapshotWorld, area: MatrixArea) -> Answer:
    """The register as a workbook."""
    return register_xlsx(register_in(snapshot, area))


@bp.get(f"{_SNAPSHOT}/need/<area_code>")
@_on_that_day
def need(snapshot: SnapshotWorld, area: MatrixArea) -> Answer:
    """Need beside places; a reader's own assumptions stay theirs to try."""
    number, yours = snapshot.view.id, read_yours(request.args)
    permanent = address_in(number, area, "need", **yours.asked)
    return need_page(snapshot.world, area, yours, permanent, snapshot.view)


@bp.get(f"{_SNAPSHOT}/access/<area_code>")
@_on_that_day
def access(snapshot: SnapshotWorld, area: MatrixArea) -> Answer:
    """How near support was."""
    number = snapshot.view.id
    held: CurrentAccess = current_app.extensions["snapshot_access"]
    return access_page(
        snapshot.world,
        area,
        held.get(snapshot.world, number),
        address_in(number, area, "access"),
        snapshot.view,
        same_postcodes=snapshot.postcodes == current_stamp(),
    )


@bp.get(f"{_SNAPSHOT}/compare/<area_code>", endpoint="compare")
def compared(number: int, area_code: str) -> str:
    """An area beside others. It rests on the states and the areas alone, which every snapshot holds."""
    snapshot = snapshot_numbered(number)
    found = compare(snapshot.world, area_named(snapshot.world, area_code))
    permanent = address_in(number, found.area, "compare", **asked_again(found, read_measure()))
    # The first form holds no tables: then the words are today's.
    with in_force(snapshot.day) if snapshot.day else nullcontext():
        return compare_page(found, snapshot.world.rules.today, permanent, snapshot.view)


@bp.get(f"{_SNAPSHOT}/compare/<area_code>.csv", endpoint="compare_csv")
def compare_as_csv(number: int, area_code: str) -> Response:
    """The same as CSV."""
    return compare_csv(shown_in(snapshot_numbered(number)), area_code)


@bp.get(f"{_SNAPSHOT}/compare/<area_code>.xlsx", endpoint="compare_xlsx")
def compare_as_xlsx(number: int, area_code: str) -> Response:
    """The same as a workbook."""
    return compare_xlsx(shown_in(snapshot_numbered(number)), area_code)
