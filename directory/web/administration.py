"""Accounts, for administrators: who may do what on the whole site, invitations, and closing an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.accounts.grants import end_role, set_areas
from directory.actions.accounts.invite import ToInvite, invite
from directory.actions.accounts.own import deactivate, reactivate
from directory.actions.accounts.second_factor import reset_second_factor
from directory.actions.accounts.withdraw import withdraw_invitation
from directory.errors import NotFound, RuleBroken
from directory.queries.people import AccountView, accounts, invitations_to_the_site
from directory.reference.hours import now_utc
from directory.security.me import me
from directory.web.database import database
from directory.web.form_page import form_page
from directory.web.forms.field_errors import show_broken
from directory.web.forms.people_forms import AREAS_TYPED_MAX, InviteToTheSiteForm, ResetSecondFactorForm
from directory.web.invitation import link_to
from directory.web.standing import or_forbidden, standing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

bp = Blueprint("administration", __name__, url_prefix="/account/administration")

Answer = BaseResponse | str | tuple[str, int]
NUMBER = "int(max=2147483647)"


@bp.get("")
def everybody() -> Answer:
    """Every account by role, and the open invitations of staff and commissioners."""
    return _page(InviteToTheSiteForm(formdata=None))


@bp.post("")
def ask_in() -> Answer:
    """Invite staff or a commissioner."""
    form = InviteToTheSiteForm()
    if not form.validate():
        return _page(form), 400
    codes = tuple((form.areas.data or "").replace(",", " ").split())
    asked = ToInvite(form.email.data or "", form.kind.data or "", area_codes=codes)
    try:
        with or_forbidden(), database().transaction() as session:
            invite(session, asked, link_to, by=standing(), now=now_utc())
    except RuleBroken as broken:
        show_broken(form, broken)
        return _page(form), 400
    return _done("invited")


@bp.post(f"/invitations/<{NUMBER}:invitation_id>/withdraw")
def withdraw(invitation_id: int) -> Answer:
    """Take an invitation back."""
    with or_forbidden(), database().transaction() as session:
        withdraw_invitation(session, invitation_id, organisation_id=None, by=standing(), now=now_utc())
    return _done("withdrawn")


@bp.get(f"/<{NUMBER}:account_id>")
def one(account_id: int) -> Answer:
    """One account, and what may be done about it."""
    return _account_page(account_id)


@bp.post(f"/<{NUMBER}:account_id>/areas")
def areas(account_id: int) -> Answer:
    """The areas of a commissioner, in place of those before."""
    typed = request.form.get("areas", "")[:AREAS_TYPED_MAX]
    try:
        with or_forbidden(), database().transaction() as session:
            set_areas(session, account_id, typed.replace(",", " ").split(), by=standing(), now=now_utc())
    except RuleBroken as broken:
        return _account_page(account_id, str(_(broken.message)), typed)
    return redirect(url_for("administration.one", account_id=account_id, done="saved"), code=303)


@bp.post(f"/<{NUMBER}:account_id>/end-role")
def take_role(account_id: int) -> Answer:
    """Take a role away."""
    try:
        with or_forbidden(), database().transaction() as session:
            end_role(session, account_id, request.form.get("role", ""), by=standing(), now=now_utc())
    except RuleBroken as broken:
        return _account_page(account_id, str(_(broken.message)))
    return redirect(url_for("administration.one", account_id=account_id, done="saved"), code=303)


@bp.post(f"/<{NUMBER}:account_id>/close")
def close(account_id: int) -> Answer:
    """Close an account: it is signed out everywhere."""
    try:
        with or_forbidden(), database().transaction() as session:
            deactivate(session, account_id, by=standing(), now=now_utc())
    except RuleBroken as broken:
        return _account_page(account_id, str(_(broken.message)))
    return redirect(url_for("administration.one", account_id=account_id, done="saved"), code=303)


@bp.post(f"/<{NUMBER}:account_id>/open")
def open_again(account_id: int) -> Answer:
    """Open a closed account again."""
    with or_forbidden(), database().transaction() as session:
        reactivate(session, account_id, by=standing(), now=now_utc())
    return redirect(url_for("administration.one", account_id=account_id, done="saved"), code=303)


@bp.route(f"/<{NUMBER}:account_id>/second-factor", methods=["GET", "POST"])
def second_factor(account_id: int) -> Answer:
    """How to make sure who asks; posted with a reason, the second factor of the account is taken away."""
    who = me()
    if who is not None and who.account_id == account_id:
        abort(403)
    form = ResetSecondFactorForm(formdata=request.form if request.method == "POST" else None)

    def reset(session: Session) -> None:
        reset_second_factor(session, account_id, form.reason.data or "", by=standing(), now=now_utc())

    def page() -> str:
        return render_template(
            "organisation_people/second_factor.html", account=_account(account_id), form=form
        )

    done = url_for("administration.one", account_id=account_id, done="saved")
    return form_page(form, reset, done=done, page=page)


def _page(form: InviteToTheSiteForm) -> str:
    with database().reading() as session:
        found = accounts(session)
        invitations = invitations_to_the_site(session, now_utc())
    headings = (
        ("administrator", _("Administrators")),
        ("moderator", _("Moderators")),
        ("commissioner", _("Commissioners")),
    )
    by_role: list[tuple[str, list[AccountView]]] = [
        (label, [one for one in found if role in one.roles]) for role, label in headings
    ]
    by_role.append((_("Owners and editors"), [one for one in found if one.organisations]))
    by_role.append(
        (_("Nothing at present"), [one for one in found if not one.roles and not one.organisations])
    )
    return render_template(
        "organisation_people/administration.html",
        by_role=by_role,
        invitations=invitations,
        form=form,
        done=request.args.get("done", ""),
    )


def _account_page(account_id: int, problem: str = "", typed: str | None = None) -> Answer:
    found, who = _account(account_id), me()
    page = render_template(
        "organisation_people/account.html",
        account=found,
        problem=problem,
        areas=" ".join(found.areas) if typed is None else typed,
        is_own=who is not None and who.account_id == account_id,
        done=request.args.get("done", ""),
    )
    return page, 400 if problem else 200


def _account(account_id: int) -> AccountView:
    """Raises NotFound."""
    with database().reading() as session:
        found = next((one for one in accounts(session) if one.account_id == account_id), None)
    if found is None:
        raise NotFound(f"No account has the number {account_id}.")
    return found


def _done(what: str) -> BaseResponse:
    return redirect(url_for("administration.everybody", done=what), code=303)
