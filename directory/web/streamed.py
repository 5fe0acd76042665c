"""A page that is sent while the work on it goes on, so that whoever waits sees how far it is. It needs no script.

The work is done in steps, each with its own short transaction: nothing is held while the page travels. Whoever stops
the page stops the work after its step, and can start it again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from flask import Response, current_app, stream_template

TOGETHER_S = 0.3
TOGETHER_LETTERS = 32_768
STOPPED = -1
"""Instead of a number: the work broke off."""


def streamed(template: str, steps: Callable[[], Iterator[int]], **context: Any) -> Response:
    """The page. steps: does the work, and yields how much is done after each step; the template loops over it."""
    pieces = stream_template(template, steps=_to_the_end(steps), **context)
    answer = Response(_together(pieces), mimetype="text/html")
    answer.headers["X-Accel-Buffering"] = "no"  # A proxy would hold the page back until it is whole.
    return answer


def _to_the_end(steps: Callable[[], Iterator[int]]) -> Iterator[int]:
    try:
        yield from steps()
    except Exception as broken:  # The page is half sent: it can only say so, and what to do.
        current_app.logger.error("Work that a page shows broke off: %s", type(broken).__name__)
        yield STOPPED


def _together(pieces: Iterator[str]) -> Iterator[str]:
    """Small pieces in one, but none kept back for long."""
    held: list[str] = []
    letters, since = 0, time.monotonic()
    for piece in pieces:
        held.append(piece)
        letters += len(piece)
        if letters > TOGETHER_LETTERS or time.monotonic() - since > TOGETHER_S:
            yield "".join(held)
            held, letters, since = [], 0, time.monotonic()
    yield "".join(held)
