"""What somebody sent, kept on the page that says it could not be taken, so that they can send it again from there."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from werkzeug.exceptions import HTTPException

# What nobody should find in a page that they have left open.
NEVER_KEPT = frozenset({"password", "new_password", "new_password_confirm", "code", "csrf_token"})


@dataclass(frozen=True, slots=True)
class KeptForm:
    """action: where to send it again. fields: as they came. files: names of fields whose file must be chosen again.

    secrets: names of fields that are not kept: the form must be filled in again on its own page.
    """

    action: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()


def kept_form() -> KeptForm:
    """The form of this request. Empty where it could not be read. Never raises."""
    action = request.full_path if request.query_string else request.path
    try:
        sent = tuple(request.form.items(multi=True))
        files = tuple(dict.fromkeys(request.files.keys()))
    except (HTTPException, OSError):
        return KeptForm(action, ())
    return KeptForm(
        action,
        tuple((name, value) for name, value in sent if name not in NEVER_KEPT),
        files,
        tuple(dict.fromkeys(name for name, _value in sent if name in NEVER_KEPT - {"csrf_token"})),
    )
