"""Gap registers: choose an area, its answer and register, one gap, and a page in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from directory.errors import NotFound, RuleBroken
from directory.matrix.areas import AreaKind, MatrixArea
from directory.matrix.types import State
from directory.queries.current_gaps import Registers
from directory.queries.gap_register import Decision, decisions
from directory.queries.listings import get_listings
from directory.queries.views import ListingView
from directory.security.who_sees import Fact, sees
from directory.web.gap_answer import answer, question_views
from directory.web.gap_asked import GapsAsked, read_gaps_asked
from directory.web.gap_form import filter_form, limit_boxes, weight_boxes
from directory.web.gap_lines import Line, chosen, register_lines, visible_history
from directory.web.gap_page import gap_view, gone_view
from directory.web.gap_plain import plain_view
from directory.web.gap_tables import tables_of
from directory.web.matrix_world import area_named, matrix_world
from directory.web.words import term

bp = Blueprint("gaps", __name__)


@dataclass(frozen=True, slots=True)
class Register:
    """An area's register as somebody asked for it. lines: all of them; shown: those that pass the filters.

    history: gap id → every decision that whoever asks may see; no id without one.
    """

    area: MatrixArea
    asked: GapsAsked
    registers: Registers
    lines: tuple[Line, ...]
    shown: tuple[Line, ...]
    history: Mapping[str, tuple[Decision, ...]]

    @property
    def gone(self) -> Mapping[str, tuple[Decision, ...]]:
        """Ids about which somebody decided, and that are no longer found, with what was decided."""
        held = {line.gap_id for line in self.lines}
        return {gap_id: history for gap_id, history in self.history.items() if gap_id not in held}


@bp.get("/gaps")
def choose() -> str | Response:
    """Every area, to choose one of; an answer of the form leads on to it."""
    world = matrix_world()
    code = request.args.get("area", "")
    if code:
        if world.areas.get(code) is None:
            raise RuleBroken("area", str(_("No area has that code. Choose one from the list.")))
        return redirect(url_for("gaps.area", area_code=code), 303)
    kinds = tuple((term(kind.value, "area_kind"), world.areas.of_kind(kind)) for kind in AreaKind)
    return render_template("gaps/choose.html", kinds=kinds)


@bp.get("/gaps/<area_code>")
def area(area_code: str) -> tuple[str, int]:
    """The answer on one page, then the register. A number that cannot be used is answered 400, with the page."""
    register = register_of(area_code)
    asked = register.asked
    found = answer(register.registers, register.area, register.lines)
    page = render_template(
        "gaps/area.html",
        area=register.area,
        asked=asked,
        answer=found,
        state_counts=tuple((state.value, found.counts.get(state, 0)) for state in State),
        limits=register.registers.limits,
        questions=question_views(found, listings_of(found.asked_services)),
        tables=tables_of(register.shown, register.area, asked),
        gone=tuple(gone_view(gap_id, history) for gap_id, history in register.gone.items()),
        total=len(register.lines),
        filters=filter_form(asked),
        limit_boxes=limit_boxes(asked),
        weight_boxes=weight_boxes(asked) if sees(Fact.WEIGHT) else (),
        **_what_is_seen(),
    )
    return page, 400 if asked.errors else 200


@bp.get("/gaps/<area_code>/<gap_id>")
def gap(area_code: str, gap_id: str) -> str:
    """One gap: what it rests on, from when, its priority, what would change it, and what was decided. Raises NotFound."""
    register = register_of(area_code)
    line = next((one for one in register.lines if one.gap_id == gap_id), None)
    if line is None:
        if gap_id not in register.gone:
            raise NotFound(f"No gap of {register.area.code} has the id {gap_id[:80]}.")
        gone = gone_view(gap_id, register.gone[gap_id])
        return render_template("gaps/gone.html", area=register.area, gone=gone, **_what_is_seen())
    listings = listings_of(line.finding.services)
    return render_template(
        "gaps/gap.html",
        area=register.area,
        asked=register.asked,
        line=line,
        gap=gap_view(line, register.registers, register.area, listings, register.history),
        limits=register.registers.limits,
        **_what_is_seen(),
    )


@bp.get("/gaps/<area_code>/plain")
def plain(area_code: str) -> str:
    """The answer in plain words, for people who have never seen a register."""
    register = register_of(area_code)
    found = answer(register.registers, register.area, register.lines)
    return render_template(
        "gaps/plain.html", area=register.area, plain=plain_view(found, register.lines, register.area)
    )


def register_of(area_code: str) -> Register:
    """The register of the area in an address, as the address asks for it. Raises NotFound or RuleBroken."""
    world = matrix_world()
    found = area_named(world, area_code)
    asked = read_gaps_asked(request.args, sees_weights=sees(Fact.WEIGHT))
    with current_app.extensions["database"].reading() as session:
        registers: Registers = current_app.extensions["gaps"].get(
            session, world, asked.limits_in_use, with_funding=sees(Fact.FUNDING_DATE)
        )
        decided = decisions(session, found.code)
    history = {gap_id: seen for gap_id, every in decided.items() if (seen := visible_history(every))}
    lines = register_lines(registers, found, asked, history)
    return Register(found, asked, registers, lines, chosen(lines, asked), history)


def listings_of(ids: tuple[int, ...]) -> dict[int, ListingView]:
    """The listings of some services, as pages show them."""
    if not ids:
        return {}
    with current_app.extensions["database"].reading() as session:
        return get_listings(session, ids)


def _what_is_seen() -> dict[str, bool]:
    """What whoever asks may see, as templates name it."""
    return {
        "sees_weights": sees(Fact.WEIGHT),
        "sees_notes": sees(Fact.NOTE),
        "sees_assessors": sees(Fact.ASSESSOR),
    }
