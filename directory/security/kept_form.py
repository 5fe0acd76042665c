"""What somebody sent, kept on the page that says it could not be taken, so that they can send it again from there."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request
from werkzeug.exceptions import HTTPException

# What nobody should find in a page that they have left open.
NEVER_KEPT = frozenset({"password", "new_password", "new_password_confirm", "code", "csrf_token"})


@dataclass(frozen=True, slots=True)
class KeptForm:
    """action: where to send it again. fields: as they came. files: names of fields whose file must be chosen again.

    secrets: names of fields that are not kept: the form must be filled in again on its own page.
    is_lost: it could not be read, as where no room is left to take a file in: there is nothing to send again.
    """

    action: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    is_lost: bool = False

    @property
    def page(self) -> str:
        """The page that it was sent from, where that has the same address; '' where there is none to lead back to."""
        try:
            current_app.url_map.bind("").match(self.action.partition("?")[0], method="GET")
        except HTTPException:
            return ""
        return self.action

    @property
    def is_whole(self) -> bool:
        """Whether what was written stands on the page."""
        return not self.secrets and not self.is_lost


def kept_form() -> KeptForm:
    """The form of this request. Empty where it could not be read. Never raises."""
    action = request.full_path if request.query_string else request.path
    if _was_cut_short():
        return KeptForm(action, (), is_lost=True)
    try:
        sent = tuple(request.form.items(multi=True))
        files = tuple(dict.fromkeys(request.files.keys()))
    except (HTTPException, OSError):
        return KeptForm(action, (), is_lost=True)
    return KeptForm(
        action,
        tuple((name, value) for name, value in sent if name not in NEVER_KEPT),
        files,
        tuple(dict.fromkeys(name for name, _value in sent if name in NEVER_KEPT - {"csrf_token"})),
    )


def _was_cut_short() -> bool:
    """Whether reading it failed before now: what is left to be read is a part of it, or nothing."""
    read = request.__dict__
    return "stream" in read and "form" not in read
