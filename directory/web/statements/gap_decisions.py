"""A commissioner decides about a gap of her area: the form, the answers once more, and the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from directory.actions.commissioners import decide_gap
from directory.actions.set_gap_status import ToDecide
from directory.errors import NotFound
from directory.matrix.areas import MatrixArea
from directory.queries.current_gaps import Registers, usual_limits
from directory.queries.gap_register import Decision, decisions, followed
from directory.reference.hours import now_utc, today_in_london
from directory.security.me import actor
from directory.web.gap_asked import read_gaps_asked
from directory.web.gap_lines import register_lines
from directory.web.gap_page import gone_view
from directory.web.gap_words import heading_words
from directory.web.statements.asked import asked, bp, number_in
from directory.web.statements.plan_forms import DecideForm
from directory.web.statements.writing import would_be_written, written

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_GAP = "/<area_code>/gaps/<gap_id>"


@dataclass(frozen=True, slots=True)
class Decided:
    """A gap of an area, by the usual limits. heading: what is missing; its id where its type is no more.

    history: every decision about it, the oldest first. is_found: whether the register holds it today.
    """

    gap_id: str
    area: MatrixArea
    heading: str
    history: tuple[Decision, ...]
    is_found: bool

    @property
    def seen(self) -> int:
        """How many decisions stand under this very id."""
        return sum(one.gap_id == self.gap_id for one in self.history)


@bp.get(_GAP)
def decide(area_code: str, gap_id: str) -> str | Response:
    """The questions, and what was decided before."""
    gap = _gap(area_code, gap_id)
    if gap.gap_id != gap_id:
        return redirect(url_for("statements.decide", area_code=gap.area.code, gap_id=gap.gap_id), 302)
    form = DecideForm(formdata=None, data={"stated_on": today_in_london()}, is_decided=bool(gap.history))
    return _form(gap, form)


@bp.post(_GAP)
def check_decision(area_code: str, gap_id: str) -> str | tuple[str, int]:
    """The answers once more before they are recorded; nothing is stored here."""
    gap = _gap(area_code, gap_id)
    form = DecideForm(formdata=request.form, is_decided=bool(gap.history))
    if not form.validate() or not would_be_written(form, lambda session: _store(session, gap, form)):
        return _form(gap, form), 400
    if request.form.get("change"):
        return _form(gap, form)
    code, gap_id = gap.area.code, gap.gap_id
    return render_template(
        "statements/check.html",
        about=[_("For %(area)s:", area=gap.area.name), gap.heading],
        answers=form.answers(),
        kept=[(name, value) for name, value in request.form.items(multi=True) if name != "change"],
        record_at=url_for("statements.record_decision", area_code=code, gap_id=gap_id),
        change_at=url_for("statements.check_decision", area_code=code, gap_id=gap_id),
    )


@bp.post(f"{_GAP}/record")
def record_decision(area_code: str, gap_id: str) -> Response | tuple[str, int]:
    """Record it beside those before it."""
    gap = _gap(area_code, gap_id)
    form = DecideForm(formdata=request.form, is_decided=bool(gap.history))
    if not form.validate() or written(form, lambda session: _store(session, gap, form)) is None:
        return _form(gap, form), 400
    return redirect(url_for("gaps.gap", area_code=gap.area.code, gap_id=gap.gap_id, done="decided"), 303)


def _gap(area_code: str, gap_id: str) -> Decided:
    """The gap of an id in an address, or the one that has followed it. Raises NotFound.

    Limits of a reader's own find nothing here: a decision is about what every reader's register holds.
    """
    world, area = asked(area_code)
    with current_app.extensions["database"].reading() as session:
        registers: Registers = current_app.extensions["gaps"].get(
            session, world, usual_limits(), with_funding=True
        )
        decided = decisions(session, area.code)
    follow = followed(decided, registers.of(area), area.code)
    lines = register_lines(registers, area, read_gaps_asked({}, sees_weights=False), follow)
    for line in lines:
        if gap_id == line.gap_id or any(one.gap_id == gap_id for one in line.history):
            return Decided(line.gap_id, area, heading_words(line), line.history, is_found=True)
    if gap_id not in decided:
        raise NotFound(f"No gap of {area.code} has the id {gap_id[:80]}.")
    gone = gone_view(gap_id, decided[gap_id])
    return Decided(gap_id, area, gone.label or gap_id, decided[gap_id], is_found=False)


def _store(session: Session, gap: Decided, form: DecideForm) -> bool:
    by = actor()
    return decide_gap(
        session,
        ToDecide(
            gap.gap_id,
            gap.area.code,
            form.status.data,
            form.because.data or "",
            by.role,
            form.stated_on.data,
        ),
        is_found=gap.is_found,
        seen=number_in(request.form.get("seen", "")),
        by=by,
        now=now_utc(),
        today=today_in_london(),
    )


def _form(gap: Decided, form: DecideForm) -> str:
    # Whoever may speak for an area sees what commissioners see of it.
    return render_template(
        "statements/decide.html", gap=gap, area=gap.area, form=form, sees_notes=True, sees_assessors=True
    )
