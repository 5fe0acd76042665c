"""A long list cut into pages: which page an address asks for, and the part of the list that is on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from flask import request
from werkzeug.exceptions import NotFound as NoSuchPage

from directory.web.parts import Pages, row_of_pages

_DIGITS_MAX = 6

_One = TypeVar("_One")


def page_asked() -> int:
    """?page=2. Raises werkzeug's NotFound for what is no number of a page."""
    text = request.args.get("page", "1")
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS_MAX and int(text) > 0):
        raise NoSuchPage
    return int(text)


def page_of(
    everything: Sequence[_One], size: int, url_of: Callable[[int], str]
) -> tuple[Sequence[_One], Pages]:
    """The part on the page that is asked for, and the row of pages. Raises werkzeug's NotFound past the last page."""
    page, last = page_asked(), last_page(len(everything), size)
    if page > last:
        raise NoSuchPage
    return everything[(page - 1) * size : page * size], row_of_pages(page, last, url_of)


def last_page(count: int, size: int) -> int:
    """The number of the last page; an empty list has one."""
    return max(1, -(-count // size))
