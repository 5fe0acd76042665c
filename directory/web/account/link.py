"""A link from a mail. Opening it changes nothing, since programs that check mails open links; one tap signs in."""

from __future__ import annotations

from flask import redirect, render_template, request, session, url_for

from directory.actions.sign_in.links import OpenedLink, just_used, open_link, use_link
from directory.queries.sign_ins import signing_in
from directory.reference.hours import now_utc
from directory.security.me import me, token_hash
from directory.security.own_site import OPENED
from directory.security.sign_in_session import half_way
from directory.web.account.blueprint import Answer, bp
from directory.web.account.sign_in import go_on
from directory.web.database import database


@bp.route("/link/<token>", methods=["GET", "POST"])
def link(token: str) -> Answer:
    """Ask for the tap; posted, sign in. A link that was used, or is too old, is answered 410."""
    now, hashed = now_utc(), token_hash(token)
    if request.method != "POST":
        with database().reading() as reading:
            found = open_link(reading, "sign in", hashed, now=now)
            before = just_used(reading, "sign in", hashed, now=now) if found is None else None
        if found is None:
            return _on_again(before)
        if "Sec-Fetch-Site" not in request.headers:
            # An older browser, which will not say where its form comes from: see `own_site`.
            session[OPENED] = True
        return render_template("account/link.html", email=found.email)
    address = ""
    with database().transaction() as opened:
        used = use_link(opened, "sign in", hashed, now=now)
        who = signing_in(opened, account_id=used.account_id) if used else None
        # Somebody may have become staff since the mail was written.
        if used is not None and who is not None and not who.is_staff:
            address = go_on(opened, who, used.next_path)
        before = just_used(opened, "sign in", hashed, now=now) if used is None else None
    if before is not None:
        # A second tap. The first answer's cookie may be there only at the next request: that one leads on, or says no.
        return redirect(url_for("account.link", token=token), code=303)
    return redirect(address, code=303) if address else _gone()


def _on_again(before: OpenedLink | None) -> Answer:
    """Where the first tap led, in the browser that it signed in; nobody else is led anywhere."""
    who, waiting = me(), half_way()
    if before is not None and who is not None and who.account_id == before.account_id:
        return redirect(before.next_path or url_for("account.home"), code=303)
    if before is not None and waiting is not None and waiting.account_id == before.account_id:
        return redirect(url_for("account.second_factor"), code=303)
    return _gone()


def _gone() -> tuple[str, int]:
    return render_template("account/link_gone.html"), 410
