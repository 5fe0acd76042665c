"""What people ask of the moderators about owners and addresses: each request beside the channels held before it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.accounts.decide_request import HowChecked, Links, approve_request, refuse_request
from directory.errors import Clash, RuleBroken
from directory.queries.manage_requests import RequestToDecide, request_to_decide, waiting_requests
from directory.queries.people import PeopleOf, people_of
from directory.reference.hours import now_utc, today_in_london
from directory.web.database import database
from directory.web.forms.field_errors import show_broken
from directory.web.forms.people_forms import ApproveForm, RefuseForm
from directory.web.invitation import link_to
from directory.web.moderation.words import waited
from directory.web.new_mailbox import mailbox_link_to
from directory.web.standing import or_forbidden, standing

bp = Blueprint("manage_requests", __name__, url_prefix="/moderation/requests")

Answer = BaseResponse | str | tuple[str, int]
NUMBER = "int(max=2147483647)"


@bp.get("")
def all_waiting() -> Answer:
    """Every request that waits, the oldest first."""
    with database().reading() as session:
        waiting = waiting_requests(session)
    return render_template(
        "organisation_people/requests.html",
        waiting=waiting,
        waited=waited,
        today=today_in_london(),
        done=request.args.get("done", ""),
    )


@bp.get(f"/<{NUMBER}:request_id>")
def one(request_id: int) -> Answer:
    """One request, with the ways to ask back."""
    return _page(request_id, ApproveForm(formdata=None), RefuseForm(formdata=None))


@bp.post(f"/<{NUMBER}:request_id>/approve")
def approve(request_id: int) -> Answer:
    """Approve it, with the channel through which the organisation was asked."""
    form = ApproveForm()
    if not form.validate():
        return _page(request_id, form, RefuseForm(formdata=None), 400)
    typed = form.owners.data or ()
    # A number that is none of theirs is refused by the field it was sent in, however long it is.
    leaving = tuple(
        int(each) if each.isascii() and each.isdecimal() and len(each) < 10 else 0 for each in typed
    )
    checked = HowChecked(form.channel.data or "", form.spoke_to.data or "", leaving)
    links = Links(link_to, mailbox_link_to)
    try:
        with or_forbidden(), database().transaction() as session:
            approve_request(session, request_id, checked, links, by=standing(), now=now_utc())
    except RuleBroken as broken:
        if broken.field not in form:
            broken = RuleBroken("channel", broken.message)
        show_broken(form, broken)
        return _page(request_id, form, RefuseForm(formdata=None), 400)
    except Clash:
        return redirect(url_for("manage_requests.all_waiting", done="meanwhile"), code=303)
    return redirect(url_for("manage_requests.all_waiting", done="approved"), code=303)


@bp.post(f"/<{NUMBER}:request_id>/refuse")
def refuse(request_id: int) -> Answer:
    """Refuse it, with a reason that is sent."""
    form = RefuseForm()
    if not form.validate():
        return _page(request_id, ApproveForm(formdata=None), form, 400)
    try:
        with or_forbidden(), database().transaction() as session:
            refuse_request(session, request_id, form.reason.data or "", by=standing(), now=now_utc())
    except RuleBroken as broken:
        show_broken(form, broken)
        return _page(request_id, ApproveForm(formdata=None), form, 400)
    except Clash:
        return redirect(url_for("manage_requests.all_waiting", done="meanwhile"), code=303)
    return redirect(url_for("manage_requests.all_waiting", done="refused"), code=303)


def _page(request_id: int, approve_form: ApproveForm, refuse_form: RefuseForm, status: int = 200) -> Answer:
    with database().reading() as session:
        found = request_to_decide(session, request_id)
        if found.request.state != "waiting":
            return redirect(url_for("manage_requests.all_waiting", done="meanwhile"), code=303)
        people = (
            people_of(session, found.request.organisation_id, now_utc())
            if found.request.organisation_id is not None
            else None
        )
    _put_choices(approve_form, found, people)
    page = render_template(
        "organisation_people/request.html",
        found=found,
        people=people,
        approve_form=approve_form,
        refuse_form=refuse_form,
        same_domain=_same_domain(found),
        stays=_stays(found, people),
    )
    return page, status


def _stays(found: RequestToDecide, people: PeopleOf | None) -> bool:
    """Whether the one in the request is an owner already: then it asks for the end of another one."""
    members = people.members if people else ()
    return any(one.kind == "owner" and one.email == found.request.email for one in members)


def _put_choices(form: ApproveForm, found: RequestToDecide, people: PeopleOf | None) -> None:
    words = {"telephone": _("Telephone"), "email": _("E-mail"), "website": _("Website")}
    form.channel.choices = [(one.code, f"{words[one.channel]}: {one.value}") for one in found.channels]
    owners = [member for member in people.members if member.kind == "owner"] if people else []
    form.owners.choices = [(str(owner.membership_id), f"{owner.title} ({owner.email})") for owner in owners]


def _same_domain(found: RequestToDecide) -> bool:
    """Whether the address in the request is at a host that the listings named before. A hint, and no proof."""
    host = found.request.email.partition("@")[2]
    return bool(host) and any(
        channel.value.lower().partition("@")[2] == host
        if channel.channel == "email"
        else f"//{host}" in channel.value.lower() or f"//www.{host}" in channel.value.lower()
        for channel in found.channels
        if channel.channel != "telephone"
    )
