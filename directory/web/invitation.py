"""The page behind an invitation's link. Opening it changes nothing: programs that check mail open every link."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.accounts.accept import SignInFirst, ToAccept, accept
from directory.actions.accounts.tokens import hash_of
from directory.actions.sign_in.links import TWO_TAPS
from directory.db import Database
from directory.errors import NotFound, RuleBroken
from directory.queries.accounts import SignedIn
from directory.queries.people import OpenInvitation, open_invitation, was_accepted
from directory.reference.hours import now_utc
from directory.security.me import STAFF, me
from directory.security.sign_in_passwords import password_hash
from directory.security.who_may import SIGN_IN_URL
from directory.web.forms.field_errors import show_broken
from directory.web.forms.people_forms import AcceptForm, AcceptSignedInForm
from directory.web.mail_links import address_in_mail

bp = Blueprint("invitation", __name__)

Answer = BaseResponse | str | tuple[str, int]
# Where somebody begins who has just come to be something.
BEGINS_AT = {
    "owner": "/my-listings",
    "editor": "/my-listings",
    "commissioner": "/statements",
    "moderator": "/moderation",
    "administrator": "/account/administration",
}


def link_to(token: str) -> str:
    """The whole address that goes into the mail. Raises RuleBroken('email') where the site does not know its own."""
    return address_in_mail("invitation.answer", token=token)


@bp.get("/invitations/<token>", endpoint="answer")
def show(token: str) -> Answer:
    """What one is invited to, and a button. Changes nothing."""
    found = _found(token)
    if isinstance(found, OpenInvitation):
        return _page(found, _form(found))
    return found


@bp.post("/invitations/<token>")
def accepted(token: str) -> Answer:
    """Accept it. The answer to a visitor is one and the same, whether the address has an account or has one now."""
    found = _found(token)
    if not isinstance(found, OpenInvitation):
        return found
    who = me()
    if who is not None and who.email != found.email:
        return _page(found, AcceptSignedInForm(formdata=None)), 403
    form = _form(found)
    if not form.validate():
        return _page(found, form), 400
    try:
        _accept(token, found, form, who)
    except SignInFirst:
        pass
    except NotFound:
        return _gone()
    except RuleBroken as broken:
        show_broken(form, broken)
        return _page(found, form), 400
    if who is not None:
        return redirect(BEGINS_AT[found.kind], code=303)
    return _sign_in_next(token)


def _accept(
    token: str, found: OpenInvitation, form: AcceptForm | AcceptSignedInForm, who: SignedIn | None
) -> None:
    if isinstance(form, AcceptForm):
        # Hashed before anything is looked up, so that the time tells nothing either.
        password = form.password.data or ""
        hashed = password_hash(password, found.email) if password else None
        asked = ToAccept(token, form.title.data or "", hashed)
    else:
        asked = ToAccept(token, signed_in_as=who.account_id if who else None)
    with _database().transaction() as session:
        accept(session, asked, now=now_utc())


def _found(token: str) -> OpenInvitation | Answer:
    """The invitation; where its holder has used it, the page they begin at; else one page for all other links."""
    with _database().reading() as session:
        try:
            return open_invitation(session, hash_of(token), now_utc())
        except NotFound:
            used = was_accepted(session, hash_of(token))
    who = me()
    if used is not None and who is not None and who.email == used[0]:
        return redirect(BEGINS_AT[used[1]], code=303)
    if used is not None and who is None and request.method == "POST" and now_utc() - used[2] < TWO_TAPS:
        # A second tap: the same answer as to the first.
        return _sign_in_next(token)
    return _gone()


def _sign_in_next(token: str) -> BaseResponse:
    here = url_for("invitation.answer", token=token)
    answer: BaseResponse = redirect(f"{SIGN_IN_URL}?next={quote(here, safe='/')}", code=303)
    return answer


def _gone() -> tuple[str, int]:
    return render_template("organisation_people/invitation_gone.html"), 410


def _form(found: OpenInvitation) -> AcceptForm | AcceptSignedInForm:
    return AcceptForm() if me() is None else AcceptSignedInForm()


def _page(found: OpenInvitation, form: AcceptForm | AcceptSignedInForm) -> str:
    who = me()
    here = url_for("invitation.answer", token=request.view_args["token"] if request.view_args else "")
    return render_template(
        "organisation_people/invitation.html",
        invitation=found,
        form=form,
        is_staff=found.kind in STAFF,
        is_signed_in=who is not None,
        is_theirs=who is not None and who.email == found.email,
        sign_in_url=f"{SIGN_IN_URL}?next={quote(here, safe='/')}",
    )


def _database() -> Database:
    held: Database = current_app.extensions["database"]
    return held
