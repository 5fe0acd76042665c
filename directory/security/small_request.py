"""A request as the site reads one."""

from __future__ import annotations

from flask import Request

from directory.config import BODY_BYTES_MAX


class SmallRequest(Request):
    """A form of ours has few fields and short ones; more is refused before it is read."""

    max_form_parts = 500
    max_form_memory_size = BODY_BYTES_MAX

    @property
    def is_json(self) -> bool:
        """Never: no page of ours takes JSON, and the library of forms would read it, however deep it is nested."""
        return False
