"""Writes come from our own pages: another site cannot make a visitor's browser change anything here."""

from __future__ import annotations

from flask import abort, request, session

from directory.security.me import TOKEN

READING = frozenset({"GET", "HEAD", "OPTIONS"})
# Asking where support is changes nothing, so a partner's page may hold a form that leads there.
CHANGES_NOTHING = frozenset({"find.find"})

# Pages whose address holds a secret from a mail. They send no referrer, so that an older browser says 'Origin: null'
# for their forms; whoever knows the secret may send them from anywhere, and nobody else can.
BY_SECRET_LINK = frozenset(
    {
        "account.link",
        "account.reset",
        "confirm_link.show",
        "confirm_link.use",
        "confirm_link.again",
        "invitation.answer",
        "invitation.accepted",
        "new_mailbox.show",
        "new_mailbox.confirm",
    }
)
OPENED = "opened_link"
"""Of the session: this browser has opened a link that signs in. Another site's form comes without this cookie."""


def refuse_cross_site_writes() -> None:
    """Before every request: 403 for a write that another site sent.

    Browsers say where a request comes from in Sec-Fetch-Site, and older ones in Origin; no page can
    change either. Who sends neither is no browser, and holds nobody's cookie; if there is a session
    nevertheless, it is refused.
    """
    if request.method in READING or request.endpoint in CHANGES_NOTHING:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        if site not in {"same-origin", "none"}:
            abort(403)
    elif origin == "null" and request.endpoint in BY_SECRET_LINK:
        if request.endpoint == "account.link" and not session.get(OPENED):
            # With a link of their own, another site could sign somebody in as them.
            abort(403)
    elif origin is not None:
        if origin != request.host_url.rstrip("/"):
            abort(403)
    elif session.get(TOKEN):
        abort(403)
