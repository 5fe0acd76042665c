"""The people of an organisation: its owners look after them; editors see who there is, and may leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.accounts.ask import ask_to_end_owner, ask_to_replace_owner
from directory.actions.accounts.email_address import looks_personal
from directory.actions.accounts.invite import ToInvite, invite
from directory.actions.accounts.members import end_membership, make_owner, set_contact
from directory.actions.accounts.standing import Standing
from directory.actions.accounts.withdraw import withdraw_invitation
from directory.errors import RuleBroken
from directory.queries.accounts import SignedIn
from directory.queries.people import people_of
from directory.reference.hours import now_utc
from directory.security.me import me
from directory.security.sign_in_session import is_fresh
from directory.web.database import database
from directory.web.form_page import form_page
from directory.web.forms.field_errors import show_broken
from directory.web.forms.people_forms import InviteColleagueForm, ReplaceOwnerForm
from directory.web.invitation import link_to
from directory.web.standing import or_forbidden, standing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

bp = Blueprint(
    "people_of", __name__, url_prefix="/organisations/<int(max=2147483647):organisation_id>/people"
)

Answer = BaseResponse | str | tuple[str, int]
SIGN_IN_AGAIN = _l("To invite an owner, sign in again first: you signed in more than half an hour ago.")
NUMBER = "int(max=2147483647)"


@bp.get("")
def people(organisation_id: int) -> Answer:
    """Who acts for the organisation, who is invited, and what may be done about it."""
    _belongs(organisation_id)
    return _page(organisation_id, _empty_form(organisation_id))


@bp.post("")
def ask_in(organisation_id: int) -> Answer:
    """Invite somebody."""
    by = _manages(organisation_id)
    form = InviteColleagueForm()
    if organisation_id not in by.owner_of:
        # Staff invite the first owner and nobody else.
        form.kind.data = "owner"
    if not form.validate():
        return _page(organisation_id, form), 400
    asked = ToInvite(form.email.data or "", form.kind.data or "", organisation_id)
    if asked.kind == "owner" and not _is_fresh():
        show_broken(form, RuleBroken("kind", str(SIGN_IN_AGAIN)))
        return _page(organisation_id, form), 400
    try:
        with or_forbidden(), database().transaction() as session:
            invited = invite(session, asked, link_to, by=by, now=now_utc())
    except RuleBroken as broken:
        show_broken(form, broken)
        return _page(organisation_id, form), 400
    said = "invited-personal" if looks_personal(invited.email) else "invited"
    return redirect(url_for("people_of.people", organisation_id=organisation_id, done=said), code=303)


@bp.post(f"/invitations/<{NUMBER}:invitation_id>/withdraw")
def withdraw(organisation_id: int, invitation_id: int) -> Answer:
    """Take an invitation back."""
    by = _manages(organisation_id)
    with or_forbidden(), database().transaction() as session:
        withdraw_invitation(session, invitation_id, organisation_id=organisation_id, by=by, now=now_utc())
    return _done(organisation_id, "withdrawn")


@bp.route(f"/<{NUMBER}:membership_id>/end", methods=["GET", "POST"])
def end(organisation_id: int, membership_id: int) -> Answer:
    """Ask once more, then end somebody's membership, or one's own."""
    who = _belongs(organisation_id)
    with database().reading() as session:
        found = people_of(session, organisation_id, now_utc())
    member = next((one for one in found.members if one.membership_id == membership_id), None)
    if member is None:
        abort(404)
    is_own = member.account_id == who.account_id
    if not (is_own or standing().may_manage(organisation_id)):
        abort(403)
    # An owner does not end another one: it is asked, and a moderator decides.
    is_asked = member.kind == "owner" and not is_own and organisation_id in who.owner_of
    if member.kind == "owner" and not _is_fresh():
        return _sign_in_again()
    problem = ""
    if request.method == "POST":
        act = ask_to_end_owner if is_asked else end_membership
        try:
            with or_forbidden(), database().transaction() as session:
                act(session, membership_id, organisation_id, by=standing(), now=now_utc())
        except RuleBroken as broken:
            problem = str(_(broken.message))
        else:
            if is_own:
                return redirect("/account", code=303)
            return _done(organisation_id, "asked" if is_asked else "ended")
    page = render_template(
        "organisation_people/end.html",
        people=found,
        member=member,
        is_own=is_own,
        is_asked=is_asked,
        problem=problem,
    )
    return page, 400 if problem else 200


@bp.post(f"/<{NUMBER}:membership_id>/make-owner")
def deputise(organisation_id: int, membership_id: int) -> Answer:
    """An editor becomes an owner."""
    by = _manages(organisation_id)
    if not _is_fresh():
        return _sign_in_again(url_for("people_of.people", organisation_id=organisation_id))
    with or_forbidden(), database().transaction() as session:
        make_owner(session, membership_id, organisation_id, by=by, now=now_utc())
    return _done(organisation_id, "owner")


@bp.post("/contact")
def contact(organisation_id: int) -> Answer:
    """Which member's address the organisation is written to; 0 for all owners."""
    by = _manages(organisation_id)
    typed = request.form.get("contact", "")
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 10):
        abort(400)
    with or_forbidden(), database().transaction() as session:
        set_contact(session, int(typed) or None, organisation_id, by=by, now=now_utc())
    return _done(organisation_id, "contact")


@bp.route("/replace-owner", methods=["GET", "POST"])
def replace_owner(organisation_id: int) -> Answer:
    """Ask that somebody takes the place of an owner who has left."""
    who = _belongs(organisation_id)
    if organisation_id not in who.owner_of | who.editor_of:
        abort(403)
    form = ReplaceOwnerForm()
    with database().reading() as session:
        found = people_of(session, organisation_id, now_utc())

    def ask(session: Session) -> None:
        ask_to_replace_owner(
            session,
            organisation_id,
            form.email.data or "",
            form.title.data or "",
            form.words.data or "",
            by=standing(),
            now=now_utc(),
        )

    def page() -> str:
        return render_template("organisation_people/replace_owner.html", people=found, form=form)

    done = url_for("people_of.people", organisation_id=organisation_id, done="asked")
    return form_page(form, ask, done=done, page=page)


def _page(organisation_id: int, form: InviteColleagueForm) -> str:
    by, who = standing(), me()
    with database().reading() as session:
        found = people_of(session, organisation_id, now_utc())
    return render_template(
        "organisation_people/people.html",
        people=found,
        form=form,
        may_manage=by.may_manage(organisation_id),
        is_owner=organisation_id in by.owner_of,
        may_invite=organisation_id in by.owner_of or not found.had_owner,
        is_fresh=_is_fresh(),
        own_number=who.account_id if who else 0,
        personal=frozenset(one.email for one in found.members if looks_personal(one.email)),
        done=request.args.get("done", ""),
    )


def _empty_form(organisation_id: int) -> InviteColleagueForm:
    kind = "editor" if organisation_id in standing().owner_of else "owner"
    return InviteColleagueForm(formdata=None, data={"kind": kind})


def _belongs(organisation_id: int) -> SignedIn:
    """403 for whoever neither belongs to this organisation nor works on the site."""
    who = me()
    if who is None:
        abort(401)
    if organisation_id not in who.owner_of | who.editor_of and not standing().is_staff:
        abort(403)
    return who


def _is_fresh() -> bool:
    who = me()
    return who is not None and is_fresh(who)


def _sign_in_again(back: str = "") -> BaseResponse:
    """Who owns an organisation is changed only by somebody who has just signed in. Then back to where they were."""
    return redirect(url_for("account.sign_in", next=back or request.path), code=303)


def _manages(organisation_id: int) -> Standing:
    by = standing()
    if not by.may_manage(organisation_id):
        abort(403)
    return by


def _done(organisation_id: int, what: str) -> BaseResponse:
    return redirect(url_for("people_of.people", organisation_id=organisation_id, done=what), code=303)
