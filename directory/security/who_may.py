"""Who may use which endpoint. Closed until listed: one that is not here is refused."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from directory.queries.accounts import SignedIn
from directory.security.me import STAFF, me
from directory.security.own_site import READING

SIGN_IN_URL = "/account/sign-in"
SECOND_FACTOR_URL = "/account/second-factor"
# What nobody should find in a page that they have left open.
NEVER_KEPT = frozenset({"password", "new_password", "new_password_confirm", "code", "csrf_token"})

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
    "door.leave": "anyone",
    "door.healthz": "anyone",
}


# What each word of the table asks for. Whether somebody may touch one certain listing, area or account is asked
# again where that is known: an owner is an owner of some organisation, never of all.
ALLOWS: dict[str, Callable[[SignedIn], bool]] = {
    "signed-in": lambda who: True,
    "member": lambda who: bool(who.owner_of | who.editor_of),
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
    kept = [(name, value) for name, value in request.form.items(multi=True) if name not in NEVER_KEPT]
    return render_template("errors/401.html", kept=kept, action=request.path, sign_in_url=SIGN_IN_URL), 401
