"""gunicorn's log, without anything a visitor typed.

A path may hold what somebody pasted behind our name, and gunicorn's own messages
quote the request. Only paths of pages that exist are written; all others are '-'.
"""

from __future__ import annotations

import re
from typing import Any

from gunicorn.glogging import Logger

# The addresses of our pages, as they may stand in a log. Those of the doors are left out on purpose: they say
# what has happened to whoever opened one.
KNOWN_PATHS = re.compile(
    r"/|/find|/find/results|/exit|/healthz|/map|/map/services\.geojson|/safety|/privacy|/accessibility|/about/data"
    r"|/family|/family/(filters|results)|/my-list|/my-list/(add|remove|empty|keep)"
    r"|/(services|organisations)/\d{1,9}|/static/built/[\w.-]{1,80}"
)
# How gunicorn's messages begin that quote the request line, an address, a header, or an error with its words.
QUOTING = (
    "Error handling request",
    "Invalid request",
    "Socket error processing request",
    "Error processing",
    "Exception during worker exit",
)


class QuietLog(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """Writes that something was asked for and how it went, never what was typed."""

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        """The parts of an access line."""
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        if not KNOWN_PATHS.fullmatch(str(atoms.get("U", ""))):
            atoms["U"] = "-"
        if not str(atoms.get("m", "")).isalpha():
            atoms["m"] = "-"
        return atoms

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """A warning, without the request it quotes."""
        quiet = _quiet(msg)
        super().warning(quiet or msg, *(() if quiet else args), **kwargs)

    def error(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """An error, without the request it quotes."""
        quiet = _quiet(msg)
        super().error(quiet or msg, *(() if quiet else args), **kwargs)

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """An error with its traceback, without the request it quotes."""
        quiet = _quiet(msg)
        super().exception(quiet or msg, *(() if quiet else args), **kwargs)

    def debug(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """gunicorn's debug lines quote requests: none is written."""


def _quiet(message: object) -> str:
    """The beginning of a message that quotes a request; '' for one that does not."""
    return next((start for start in QUOTING if str(message).startswith(start)), "")
