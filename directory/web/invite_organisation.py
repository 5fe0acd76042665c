"""Invite an organisation that is not listed yet: for moderators."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.accounts.new_organisation import invite_organisation
from directory.errors import RuleBroken
from directory.reference.hours import now_utc
from directory.web.forms.field_errors import show_broken
from directory.web.forms.people_forms import InviteOrganisationForm
from directory.web.invitation import link_to
from directory.web.standing import or_forbidden, standing

bp = Blueprint("invite_organisation", __name__, url_prefix="/moderation/organisations/new")

Answer = BaseResponse | str | tuple[str, int]


@bp.get("")
def ask() -> str:
    """Its name, and the address of its first owner."""
    return _page(InviteOrganisationForm(formdata=None))


@bp.post("")
def send() -> Answer:
    """Make it, and send the invitation."""
    form = InviteOrganisationForm()
    if not form.validate():
        return _page(form), 400
    try:
        with or_forbidden(), current_app.extensions["database"].transaction() as session:
            number, _invited = invite_organisation(
                session, form.name.data or "", form.email.data or "", link_to, by=standing(), now=now_utc()
            )
    except RuleBroken as broken:
        show_broken(form, broken)
        return _page(form), 400
    return redirect(url_for("people_of.people", organisation_id=number, done="invited"), code=303)


def _page(form: InviteOrganisationForm) -> str:
    return render_template("organisation_people/invite_organisation.html", form=form)
