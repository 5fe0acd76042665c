"""My areas, an area's cells, saying the same of one or several, what came of it, and taking a statement back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from directory.actions.state_cells import Recorded, may_withdraw, state_cells, withdraw_said
from directory.errors import NotFound
from directory.matrix.areas import MatrixArea
from directory.matrix.statements import Statement
from directory.queries.area_states import states_of
from directory.queries.current_matrix import MatrixWorld
from directory.queries.said_of_services import replies
from directory.reference.hours import now_utc, today_in_london
from directory.reference.support_types import SupportType, support_types
from directory.security.me import actor
from directory.web.matrix_grid import group_tables
from directory.web.matrix_states import line
from directory.web.matrix_world import matrix_world
from directory.web.statements.asked import asked, bp, who_asks
from directory.web.statements.forms import StateForm, WithdrawForm
from directory.web.statements.shown import shown_of
from directory.web.statements.writing import would_be_written, written
from directory.web.words import translated

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _types(codes: list[str]) -> tuple[SupportType, ...]:
    """The support types of some codes, each once; none where one of them does not exist."""
    known = support_types()
    return tuple(known[code] for code in dict.fromkeys(codes)) if set(codes) <= known.keys() else ()


@bp.get("/")
def mine() -> str:
    """The areas that were granted, and the authorities in them."""
    world, who = matrix_world(), who_asks()
    granted = [area for code in sorted(who.areas) if (area := world.areas.get(code)) is not None]
    rows = [
        (area, [one for code in area.members if area.is_wide and (one := world.areas.get(code)) is not None])
        for area in granted
    ]
    return render_template("statements/mine.html", rows=rows)


@bp.get("/<area_code>")
def area(area_code: str) -> str:
    """Every cell with both halves, to pick one or several of."""
    return _list(*asked(area_code))


def _list(world: MatrixWorld, found: MatrixArea, problem: str = "") -> str:
    """The list of an area. problem: what is wrong with what was ticked."""
    disputed = sorted(
        {
            code
            for code in support_types()
            for lad in found.members
            for mode in world.types[code].modes
            if world.states.is_disputed(lad, code, mode)
        }
    )
    return render_template(
        "statements/area.html",
        area=found,
        groups=group_tables(world, found, states_of(world, found), with_people=False),
        disputed=[support_types()[code] for code in disputed],
        problem=problem,
        recorded=shown_of(world, found, request.args.getlist("recorded")),
        again=_types(request.args.getlist("again")),
    )


def _nothing_ticked(world: MatrixWorld, found: MatrixArea) -> tuple[str, int]:
    return _list(world, found, str(_("Tick at least one kind of support"))), 400


@bp.get("/<area_code>/state")
def state(area_code: str) -> str | tuple[str, int]:
    """The questions, for the cells that were picked; the list again where none was."""
    world, found = asked(area_code)
    types = _types(request.args.getlist("type"))
    if not types:
        return _nothing_ticked(world, found)
    return _form(found, types, StateForm(formdata=None, data={"stated_on": today_in_london()}))


@bp.post("/<area_code>/state")
def check(area_code: str) -> str | tuple[str, int]:
    """The answers once more before they are recorded; nothing is stored here."""
    world, found = asked(area_code)
    types, form = _types(request.form.getlist("type")), StateForm(formdata=request.form)
    if not types:
        return _nothing_ticked(world, found)
    if not form.validate() or not would_be_written(form, lambda session: _store(session, found, types, form)):
        return _form(found, types, form), 400
    if request.form.get("change"):
        return _form(found, types, form)
    kept = [(name, value) for name, value in request.form.items(multi=True) if name != "change"]
    return render_template(
        "statements/check.html",
        about=[
            _("For %(area)s:", area=found.name),
            *(f"{one.code} {translated(one.label)}" for one in types),
        ],
        answers=form.answers(),
        kept=kept,
        record_at=url_for("statements.record", area_code=found.code),
        change_at=url_for("statements.check", area_code=found.code),
    )


@bp.post("/<area_code>/record")
def record(area_code: str) -> Response | tuple[str, int]:
    """Record them, all or none."""
    world, found = asked(area_code)
    types, form = _types(request.form.getlist("type")), StateForm(formdata=request.form)
    if not types:
        return _nothing_ticked(world, found)
    if not form.validate():
        return _form(found, types, form), 400
    came = written(form, lambda session: _store(session, found, types, form))
    if came is None:
        return _form(found, types, form), 400
    made = [one.statement.support_type for one in came.made]
    return redirect(
        url_for("statements.area", area_code=found.code, recorded=made, again=list(came.was_said)), 303
    )


@bp.get("/<area_code>/<support_type>")
def cell(area_code: str, support_type: str) -> str:
    """All that was ever said of a cell for this very area, and what can be done where those who speak differ."""
    world, found = asked(area_code)
    one = _type(support_type)
    said = [
        each for each in world.statements if (each.area_code, each.support_type) == (found.code, one.code)
    ]
    by, holds_area = actor(), found.code in who_asks().areas
    with current_app.extensions["database"].reading() as session:
        answered = replies(session, [each.id for each in said])
    return render_template(
        "statements/cell.html",
        area=found,
        type=one,
        answered=answered,
        shown=shown_of(world, found, [one.code]) if request.args.get("done") == "taken-back" else (),
        said=[
            (
                each,
                line(each.exists),
                each.withdrawn_on is None
                and may_withdraw(each.body, each.role, by=by, holds_area=holds_area),
            )
            for each in sorted(said, key=lambda each: (each.stated_on, each.id), reverse=True)
        ],
        is_disputed=any(
            world.states.is_disputed(lad, one.code, mode)
            for lad in found.members
            for mode in world.types[one.code].modes
        ),
    )


@bp.route("/<area_code>/<support_type>/<int(max=2147483647):number>/withdraw", methods=["GET", "POST"])
def withdraw(area_code: str, support_type: str, number: int) -> str | Response | tuple[str, int]:
    """Take back what this role has said, or a commissioner of the same area before her."""
    world, found = asked(area_code)
    one = _statement(world, found, support_type, number)
    form = WithdrawForm(formdata=request.form if request.method == "POST" else None)
    page = {"area": found, "type": support_types()[one.support_type], "said": one, "state": line(one.exists)}
    if request.method == "GET":
        return render_template("statements/withdraw.html", form=form, **page)

    def take_back(session: Session) -> bool:
        today, holds_area = today_in_london(), found.code in who_asks().areas
        withdraw_said(
            session, number, because=form.because.data, on=today, by=actor(), holds_area=holds_area,
            now=now_utc(), today=today,
        )  # fmt: skip
        return True

    if form.validate() and written(form, take_back):
        done = url_for("statements.cell", area_code=found.code, support_type=support_type, done="taken-back")
        return redirect(done, 303)
    return render_template("statements/withdraw.html", form=form, **page), 400


def _type(code: str) -> SupportType:
    if code not in support_types():
        raise NotFound(f"No support type has the code {code[:40]}.")
    return support_types()[code]


def _statement(world: MatrixWorld, area: MatrixArea, support_type: str, number: int) -> Statement:
    """A statement made for this very area. Raises NotFound for one of another."""
    for one in world.statements:
        if (one.id, one.area_code, one.support_type) == (number, area.code, support_type):
            return one
    raise NotFound(f"No statement of {area.code} has the number {number}.")


def _store(session: Session, area: MatrixArea, types: tuple[SupportType, ...], form: StateForm) -> Recorded:
    by = actor()
    return state_cells(
        session, [one.code for one in types], form.said(area.code, by.role),
        by=by, now=now_utc(), today=today_in_london(),
    )  # fmt: skip


def _form(area: MatrixArea, types: tuple[SupportType, ...], form: StateForm) -> str:
    return render_template("statements/state.html", area=area, types=types, form=form)
