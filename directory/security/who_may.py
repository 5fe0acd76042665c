"""Who may use which endpoint. Closed until listed: one that is not here is refused."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from directory.queries.accounts import SignedIn
from directory.security.kept_form import kept_form
from directory.security.me import STAFF, is_staff, me
from directory.security.own_site import READING

SIGN_IN_URL = "/account/sign-in"
SECOND_FACTOR_URL = "/account/second-factor"

WHO_MAY = {
    "static": "anyone",
    "find.home": "anyone",
    "find.find": "anyone",
    "doors.door": "anyone",
    "results.results": "anyone",
    "listing.service": "anyone",
    "listing.organisation": "anyone",
    "map.frame": "anyone",
    "map.services": "anyone",
    "matrix.choose": "anyone",
    "matrix.find": "anyone",
    "matrix.rules": "anyone",
    "matrix.area": "anyone",
    "matrix.calls": "anyone",
    "matrix.views": "anyone",
    "matrix.view": "anyone",
    "matrix.cell": "anyone",
    "need.area": "anyone",
    "access.area": "anyone",
    "matrix_files.csv": "anyone",
    "matrix_files.xlsx": "anyone",
    "snapshots.all": "anyone",
    "snapshots.area": "anyone",
    "snapshots.area_csv": "anyone",
    "snapshots.area_xlsx": "anyone",
    "snapshots.changes": "anyone",
    "kept.gaps": "anyone",
    "kept.gaps_csv": "anyone",
    "kept.gaps_xlsx": "anyone",
    "kept.need": "anyone",
    "kept.access": "anyone",
    "kept.compare": "anyone",
    "kept.compare_csv": "anyone",
    "kept.compare_xlsx": "anyone",
    "compare.areas": "anyone",
    "compare.areas_csv": "anyone",
    "compare.areas_xlsx": "anyone",
    "compare.drawn": "anyone",
    "gaps.choose": "anyone",
    "gaps.area": "anyone",
    "gaps.gap": "anyone",
    "gaps.plain": "anyone",
    "gaps.csv": "anyone",
    "gaps.xlsx": "anyone",
    "my_listings_file.csv": "member",
    "my_listings_file.xlsx": "member",
    "my_listings_file.upload": "member",
    "my_listings_file.not_sent": "member",
    "my_listings_file.send": "member",
    "my_listings_file.sent": "member",
    "said.said": "owner",
    "said.reply": "owner",
    "said.withdraw": "owner",
    "said.take_down": "moderator",
    "statements.mine": "commissioner",
    "statements.area": "commissioner",
    "statements.state": "commissioner",
    "statements.check": "commissioner",
    "statements.record": "commissioner",
    "statements.cell": "commissioner",
    "statements.withdraw": "commissioner",
    "statements.decide": "commissioner",
    "statements.check_decision": "commissioner",
    "statements.record_decision": "commissioner",
    "statements.funding": "commissioner",
    "statements.funding_of": "commissioner",
    "statements.check_funding": "commissioner",
    "statements.record_funding": "commissioner",
    "statements.take_back_funding": "commissioner",
    "about.safety": "anyone",
    "about.privacy": "anyone",
    "about.accessibility": "anyone",
    "about.data": "anyone",
    "family.start": "anyone",
    "family.change": "anyone",
    "family.narrow": "anyone",
    "family.results": "anyone",
    "my_list.show": "anyone",
    "my_list.add": "anyone",
    "my_list.remove": "anyone",
    "my_list.empty": "anyone",
    "my_list.keep_list_on": "anyone",
    "my_list.shared": "anyone",
    "sheets.sheet": "anyone",
    "sheets.sheet_file": "anyone",
    "sheets.working": "anyone",
    "sheets.working_file": "anyone",
    "side_by_side.choose": "anyone",
    "side_by_side.show": "anyone",
    "confirm_link.show": "anyone",
    "confirm_link.use": "anyone",
    "confirm_link.done": "anyone",
    "confirm_link.again": "anyone",
    "confirm_link.sent": "anyone",
    "call_list.show": "moderator",
    "call_list.quiet": "moderator",
    "call_list.claim": "moderator",
    "call_list.call": "moderator",
    "call_list.end": "moderator",
    "call_list.back": "moderator",
    "call_list.support": "moderator",
    "checks.show": "moderator",
    "correct.ask": "anyone",
    "correct.send": "anyone",
    "correct.thanks": "anyone",
    # Members for their own listings, moderators for all: the view asks whose it is.
    "holds.choose": "signed-in",
    "holds.place": "signed-in",
    "holds.every": "moderator",
    "holds.lift": "moderator",
    "moderation.queue": "moderator",
    "moderation.mail": "moderator",
    "moderation.steps": "moderator",
    "moderation.acts": "administrator",
    "moderated_changes.change": "moderator",
    "moderated_changes.approve": "moderator",
    "moderated_changes.say_no": "moderator",
    "moderated_changes.mine": "signed-in",
    "moderated_changes.answer": "signed-in",
    "moderated_changes.withdraw": "signed-in",
    "moderated_corrections.of_service": "moderator",
    "moderated_corrections.close": "moderator",
    "moderated_listings.history": "moderator",
    "moderated_listings.restore": "moderator",
    "moderated_listings.close": "moderator",
    "moderated_listings.close_service": "moderator",
    "moderated_merges.ask": "moderator",
    "moderated_merges.merge": "moderator",
    "moderated_merges.undo": "moderator",
    "door.leave": "anyone",
    "door.healthz": "anyone",
    # Whoever signs in is not signed in yet. Each of these asks for what it needs itself.
    "account.sign_in": "anyone",
    "account.sign_in_passkey": "anyone",
    "account.passkey_options": "anyone",
    "account.check_mail": "anyone",
    "account.link": "anyone",
    "account.second_factor": "anyone",
    "account.sign_out": "anyone",
    "account.forgotten": "anyone",
    "account.reset": "anyone",
    "account.home": "signed-in",
    "account.password": "signed-in",
    "account.security": "signed-in",
    "account.authenticator": "signed-in",
    "account.remove_authenticator": "signed-in",
    "account.passkey": "signed-in",
    "account.remove_passkey": "signed-in",
    "account.recovery_codes": "signed-in",
    "account.sessions": "signed-in",
    "account.end_session": "signed-in",
    "account.end_other_sessions": "signed-in",
    "invitation.answer": "anyone",
    "invitation.accepted": "anyone",
    "manage.ask": "anyone",
    "manage.send": "anyone",
    "manage.sent": "anyone",
    "people_of.people": "signed-in",
    "people_of.ask_in": "signed-in",
    "people_of.withdraw": "signed-in",
    "people_of.end": "signed-in",
    "people_of.deputise": "signed-in",
    "people_of.contact": "signed-in",
    "people_of.replace_owner": "member",
    "invite_organisation.ask": "moderator",
    "invite_organisation.send": "moderator",
    "manage_requests.all_waiting": "moderator",
    "manage_requests.one": "moderator",
    "manage_requests.approve": "moderator",
    "manage_requests.refuse": "moderator",
    "own_account.title": "signed-in",
    "own_account.email": "signed-in",
    "administration.everybody": "administrator",
    "administration.ask_in": "administrator",
    "administration.withdraw": "administrator",
    "administration.one": "administrator",
    "administration.areas": "administrator",
    "administration.take_role": "administrator",
    "administration.close": "administrator",
    "administration.open_again": "administrator",
    "administration.second_factor": "administrator",
    "new_mailbox.show": "anyone",
    "new_mailbox.confirm": "anyone",
    "new_mailbox.done": "anyone",
    "my_listings.overview": "member or staff",
    "edit_listing.tasks": "member or staff",
    "edit_listing.page": "member or staff",
    "edit_listing.save": "member or staff",
    "edit_listing.choose": "member or staff",
    "edit_listing.discard": "member or staff",
    "send_listing.check": "member or staff",
    "send_listing.send": "member or staff",
    "send_listing.settled": "member or staff",
    "new_listing.before": "member or staff",
    "new_listing.start": "member or staff",
    "new_listing.evidence": "member or staff",
    "new_listing.save_evidence": "member or staff",
    "listing_acts.confirm": "member or staff",
    "listing_acts.waiting": "member or staff",
    "listing_acts.save_waiting": "member or staff",
    "listing_acts.choose_waiting": "member or staff",
    "listing_acts.closed": "member or staff",
    "listing_acts.save_closed": "member or staff",
    "listing_acts.choose_closed": "member or staff",
    "listing_acts.reopen": "member or staff",
    "listing_acts.withdraw_change": "member or staff",
    "listing_acts.change_again": "member or staff",
    "listing_cells.cells": "member or staff",
    "listing_history.history": "member or staff",
}


# What each word of the table asks for. Whether somebody may touch one certain listing, area or account is asked
# again where that is known: an owner is an owner of some organisation, never of all.
ALLOWS: dict[str, Callable[[SignedIn], bool]] = {
    "signed-in": lambda who: True,
    "member": lambda who: bool(who.owner_of | who.editor_of),
    "member or staff": lambda who: bool(who.owner_of | who.editor_of) or is_staff(who),
    "owner": lambda who: bool(who.owner_of),
    "commissioner": lambda who: "commissioner" in who.roles,
    "moderator": lambda who: bool(who.roles & STAFF),
    "administrator": lambda who: "administrator" in who.roles,
}
NEEDS_SECOND_FACTOR = frozenset({"moderator", "administrator"})


def refuse_unless_allowed() -> BaseResponse | tuple[str, int] | None:
    """Before every request: 403 for an endpoint that says nothing of who may use it, or says somebody else.

    A visitor is asked to sign in first; what a form of theirs held is kept for after that. Staff who have not
    given their second factor are asked for it.
    """
    if request.endpoint is None:
        return None  # An unknown path: let 404 answer.
    needed = WHO_MAY.get(request.endpoint, "nobody")
    if needed == "anyone":
        return None
    if needed not in ALLOWS:
        abort(403)
    who = me()
    if who is None:
        return _sign_in_first()
    if not ALLOWS[needed](who):
        abort(403)
    if needed in NEEDS_SECOND_FACTOR and not who.gave_second_factor:
        return redirect(SECOND_FACTOR_URL, code=303)
    return None


def _sign_in_first() -> BaseResponse | tuple[str, int]:
    if request.method in READING:
        here = request.full_path if request.query_string else request.path
        return redirect(f"{SIGN_IN_URL}?next={quote(here, safe='/')}", code=303)
    return render_template("errors/401.html", kept=kept_form(), sign_in_url=SIGN_IN_URL), 401
