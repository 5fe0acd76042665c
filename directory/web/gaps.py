"""Gap registers: choose an area, its answer and register, one gap, a page in plain words, and files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from directory.errors import NotFound, RuleBroken
from directory.matrix.areas import AreaKind
from directory.queries.gap_register import Decision
from directory.queries.listings import get_listings
from directory.queries.snapshots import SnapshotView
from directory.queries.views import ListingView
from directory.security.who_sees import Fact, may_state, sees
from directory.web.gap_answer import Askable, answer, question_views
from directory.web.gap_files import register_csv, register_xlsx
from directory.web.gap_form import filter_form, limit_boxes, weight_boxes
from directory.web.gap_page import done_words, gap_view, gone_view
from directory.web.gap_plain import plain_view
from directory.web.gap_register import Register, register_of
from directory.web.gap_tables import row_of, tables_of
from directory.web.matrix_pages import AreaNav, pages_of
from directory.web.matrix_world import matrix_world
from directory.web.words import term

bp = Blueprint("gaps", __name__)


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
    return register_page(register, listings_of)


def register_page(
    register: Register,
    listings: Callable[[tuple[int, ...]], Mapping[int, Askable]],
    kept: SnapshotView | None = None,
) -> tuple[str, int]:
    """The page, of today or of a snapshot. listings: the services of some numbers, to be asked."""
    asked = register.asked
    found = answer(register.registers, register.area, register.lines)
    page = render_template(
        "gaps/area.html",
        area=register.area,
        asked=asked,
        answer=found,
        state_counts=tuple((state.value, count) for state, count in found.counts.items()),
        firm=tuple(row_of(line, register.area, register.registers.limits) for line in found.firm),
        questions=question_views(found, listings(found.asked_services)),
        tables=tables_of(register.shown, register.area, asked),
        gone=tuple(gone_view(gap_id, history) for gap_id, history in register.gone.items()),
        total=len(register.lines),
        nav=_nav(register),
        filters=filter_form(asked, register.area),
        limit_boxes=limit_boxes(asked),
        weight_boxes=weight_boxes(asked) if sees(Fact.WEIGHT) else (),
        kept=kept,
        may_state=kept is None and _may_state(register),
        **_what_is_seen(),
    )
    return page, 400 if asked.errors else 200


@bp.get("/gaps/<area_code>/<gap_id>")
def gap(area_code: str, gap_id: str) -> str | Response:
    """One gap: its evidence, its priority, what would change it, and what was decided. Raises NotFound.

    An id that a gap had when somebody decided about it leads on to the one it has today.
    """
    register = register_of(area_code)
    line = next((one for one in register.lines if one.gap_id == gap_id), None)
    if line is None and gap_id in register.moved:
        return redirect(register.asked.url_of_gap(register.area.code, register.moved[gap_id]), 302)
    if line is None:
        if gap_id not in register.gone:
            raise NotFound(f"No gap of {register.area.code} has the id {gap_id[:80]}.")
        gone = gone_view(gap_id, register.gone[gap_id])
        return render_template(
            "gaps/gone.html",
            area=register.area,
            gone=gone,
            nav=_nav(register),
            may_state=_may_state(register),
            done=_done(register, gone.history),
            **_what_is_seen(),
        )
    listings = listings_of(line.finding.services)
    return render_template(
        "gaps/gap.html",
        area=register.area,
        asked=register.asked,
        line=line,
        nav=_nav(register),
        gap=gap_view(line, register.registers, register.area, listings),
        # What is decided is about the register as everybody has it, not as limits of one's own show it.
        replies=register.replies,
        may_state=_may_state(register) and not register.asked.has_own_limits,
        done=_done(register, line.history),
        **_what_is_seen(),
    )


@bp.get("/gaps/<area_code>/plain")
def plain(area_code: str) -> str:
    """The answer in plain words, for people who have never seen a register."""
    register = register_of(area_code)
    found = answer(register.registers, register.area, register.lines)
    return render_template(
        "gaps/plain.html",
        area=register.area,
        plain=plain_view(found, register.lines, register.area),
        nav=_nav(register),
    )


@bp.get("/gaps/<area_code>.csv")
def csv(area_code: str) -> Response:
    """The register as CSV, by the same filters as the page."""
    return register_csv(register_of(area_code))


@bp.get("/gaps/<area_code>.xlsx")
def xlsx(area_code: str) -> Response:
    """The register as a workbook with its sources."""
    return register_xlsx(register_of(area_code))


def listings_of(ids: tuple[int, ...]) -> dict[int, ListingView]:
    """The listings of some services, as pages show them."""
    if not ids:
        return {}
    with current_app.extensions["database"].reading() as session:
        return get_listings(session, ids)


def _nav(register: Register) -> AreaNav:
    """The way round, and where the register's lines can be seen again."""
    return pages_of(register.area, register.permanent)


def _may_state(register: Register) -> bool:
    return may_state(register.area, register.registers.world.areas)


def _done(register: Register, history: tuple[Decision, ...]) -> str:
    """What the public sees of what was decided just now, for whoever decided it; '' for everybody else."""
    is_done = request.args.get("done") == "decided" and history and _may_state(register)
    return done_words(history) if is_done else ""


def _what_is_seen() -> dict[str, bool]:
    """What whoever asks may see, as templates name it."""
    return {
        "sees_weights": sees(Fact.WEIGHT),
        "sees_notes": sees(Fact.NOTE),
        "sees_assessors": sees(Fact.ASSESSOR),
    }
