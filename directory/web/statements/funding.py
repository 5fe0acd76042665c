"""Until when the money of services lasts: told by a commissioner of an area they serve, changed, and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask import current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from directory.actions.commissioners import tell_funding
from directory.errors import NotFound
from directory.matrix.areas import MatrixArea
from directory.matrix.types import MatrixService
from directory.queries.gap_register import FundingEnd, FundingTold, funding_ends, funding_told
from directory.reference.hours import now_utc, today_in_london
from directory.security.me import actor
from directory.web.statements.asked import asked, bp, number_in
from directory.web.statements.plan_forms import FundingForm, TakeBackForm
from directory.web.statements.writing import would_be_written, written

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_SERVICE = "/<area_code>/funding/<int(max=2147483647):service_id>"


@dataclass(frozen=True, slots=True)
class Funded:
    """A service that takes people from an area, and all that was told of its money, the oldest first."""

    area: MatrixArea
    service: MatrixService
    told: tuple[FundingTold, ...]

    @property
    def stands(self) -> date | None:
        """The day that counts."""
        return self.told[-1].ends_on if self.told else None


@dataclass(frozen=True, slots=True)
class Row:
    """A service on the list of an area. is_local: it takes people from no more authorities than the area has."""

    service: MatrixService
    ends: FundingEnd | None
    is_local: bool


@bp.get("/<area_code>/funding")
def funding(area_code: str) -> str:
    """The services that take people from the area, those whose money ends first before the others."""
    world, area = asked(area_code)
    with current_app.extensions["database"].reading() as session:
        ends = funding_ends(session)
    rows = [
        Row(one, ends.get(one.id), len(one.authorities) <= len(area.members))
        for one in world.services
        if one.authorities & set(area.members)
    ]
    rows.sort(
        key=lambda row: (
            row.ends.ends_on if row.ends else date.max,
            not row.is_local,
            row.service.name.casefold(),
            row.service.id,
        )
    )
    return render_template("statements/funding.html", area=area, rows=rows, done=request.args.get("done", ""))


@bp.get(_SERVICE)
def funding_of(area_code: str, service_id: int) -> str:
    """The questions, and what was told before."""
    funded = _funded(area_code, service_id)
    return _form(funded, FundingForm(formdata=None, data={"ends_on": funded.stands}))


@bp.post(_SERVICE)
def check_funding(area_code: str, service_id: int) -> str | tuple[str, int]:
    """The answers once more before they are recorded; nothing is stored here."""
    funded, form = _funded(area_code, service_id), FundingForm(formdata=request.form)
    if not form.validate() or not would_be_written(form, lambda session: _store(session, funded, form)):
        return _form(funded, form), 400
    if request.form.get("change"):
        return _form(funded, form)
    code, number = funded.area.code, funded.service.id
    return render_template(
        "statements/check.html",
        about=[_("For %(area)s:", area=funded.area.name), funded.service.name],
        answers=form.answers(),
        kept=[(name, value) for name, value in request.form.items(multi=True) if name != "change"],
        record_at=url_for("statements.record_funding", area_code=code, service_id=number),
        change_at=url_for("statements.check_funding", area_code=code, service_id=number),
    )


@bp.post(f"{_SERVICE}/record")
def record_funding(area_code: str, service_id: int) -> Response | tuple[str, int]:
    """Record it; what was told before stays in the history."""
    funded, form = _funded(area_code, service_id), FundingForm(formdata=request.form)
    if not form.validate() or written(form, lambda session: _store(session, funded, form)) is None:
        return _form(funded, form), 400
    return redirect(url_for("statements.funding", area_code=funded.area.code, done="told"), 303)


@bp.route(f"{_SERVICE}/take-back", methods=["GET", "POST"])
def take_back_funding(area_code: str, service_id: int) -> str | Response | tuple[str, int]:
    """Take back what was told: when its money ends is not known then."""
    funded = _funded(area_code, service_id)
    form = TakeBackForm(formdata=request.form if request.method == "POST" else None)
    page = {"area": funded.area, "funded": funded, "form": form}
    if request.method == "GET":
        return render_template("statements/take_back_funding.html", **page)
    if form.validate() and written(form, lambda session: _store(session, funded, form)) is not None:
        return redirect(url_for("statements.funding", area_code=funded.area.code, done="taken-back"), 303)
    return render_template("statements/take_back_funding.html", **page), 400


def _funded(area_code: str, service_id: int) -> Funded:
    """A service of the area. 403 where the area is not hers; NotFound for a service that takes nobody from there."""
    world, area = asked(area_code)
    service = next((one for one in world.services if one.id == service_id), None)
    if service is None or not service.authorities & set(area.members):
        raise NotFound(f"No service that takes people from {area.code} has the number {service_id}.")
    with current_app.extensions["database"].reading() as session:
        return Funded(area, service, funding_told(session, service_id))


def _store(session: Session, funded: Funded, form: FundingForm | TakeBackForm) -> bool:
    return tell_funding(
        session,
        funded.service.id,
        ends_on=form.ends_on.data if isinstance(form, FundingForm) else None,
        words=form.words.data or "",
        area_code=funded.area.code,
        seen=number_in(request.form.get("seen", "")),
        by=actor(),
        now=now_utc(),
        today=today_in_london(),
    )


def _form(funded: Funded, form: FundingForm) -> str:
    return render_template("statements/funding_of.html", area=funded.area, funded=funded, form=form)
