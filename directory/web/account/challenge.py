"""What a passkey has to sign: kept in the browser's session cookie for ten minutes at most.

That an answer is taken once is kept on the server (`actions/sign_in/challenges.py`): a cookie can be copied.
"""

from __future__ import annotations

import time

from flask import session

from directory.security.sign_in_passkeys import new_challenge

CHALLENGE = "challenge"
KEPT_S = 10 * 60


def keep_challenge(purpose: str) -> str:
    """A new one, for 'ask' or 'add'."""
    made = new_challenge()
    session[CHALLENGE] = {"for": purpose, "is": made, "at": int(time.time())}
    return made


def take_challenge(purpose: str) -> str:
    """The one that was kept, which is then gone; '' where there is none, or it is too old."""
    kept = session.pop(CHALLENGE, None)
    if not isinstance(kept, dict) or kept.get("for") != purpose:
        return ""
    return str(kept["is"]) if 0 <= time.time() - kept["at"] <= KEPT_S else ""
