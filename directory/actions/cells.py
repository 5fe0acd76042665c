"""Single cells: text → value and back. A reader raises Refused; '' (not known) never reaches one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from directory.actions.problem import Refused
from directory.actions.vocabulary import code_of

CELL_LENGTH_MAX = 8_000
NAME_LENGTH_MAX = 200
URL_LENGTH_MAX = 1_000
WHOLE_NUMBER_MAX = 2_147_483_647

# A spreadsheet runs a cell that begins with one of these (the wide forms too) as a formula.
_FORMULA = re.compile(r"[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r]")
_QUOTED_FORMULA = re.compile(r"'+[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r]")
# Marks that reverse the direction of text can make an address look like another one.
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_NOT_IN_URL = re.compile(r"[\s<>\"'`\\]")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Tag:
    """A code on a service; is_certain False stands in a file as a question mark after it."""

    code: str
    is_certain: bool = True


def unwrapped(cell: str) -> str:
    """The text of a cell as a file holds it. Raises Refused for what no cell may hold.

    A cell that a spreadsheet would run as a formula is refused, unless an
    apostrophe stands before it; `wrapped` writes that apostrophe back.
    """
    text = cell.strip(" \t\r\n\u00a0")
    if not text:
        return ""
    if len(text) > CELL_LENGTH_MAX:
        raise Refused(
            f"The cell holds {len(text):,} characters.",
            f"Shorten it to {CELL_LENGTH_MAX:,} characters or fewer.",
        )
    if hidden := _HIDDEN.search(text):
        raise Refused(
            f"The cell holds a character that cannot be seen (U+{ord(hidden[0]):04X}).",
            "Type the text anew instead of pasting it.",
        )
    if _FORMULA.match(text):
        raise Refused(
            f"A spreadsheet would run this cell as a formula, because it begins with {text[0]}",
            "Begin with a letter or number, or put an apostrophe (') in front if it is meant as text.",
        )
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return text[1:] if _QUOTED_FORMULA.match(text) else text


def wrapped(text: str) -> str:
    """A text as it is written into a file: safe to open in a spreadsheet, and the same when read back."""
    if _FORMULA.match(text) or _QUOTED_FORMULA.match(text):
        return "'" + text
    return text


def defused(cell: str) -> str:
    """A cell as it came, but safe to open in a spreadsheet; for handing a refused row back."""
    return "'" + cell if _FORMULA.match(cell) else cell


def text(cell: str) -> str:
    """Words on one line: any run of spaces and line ends becomes one space."""
    return " ".join(cell.split())


def name(cell: str) -> str:
    """A name, short enough for a heading."""
    read = text(cell)
    if len(read) > NAME_LENGTH_MAX:
        raise Refused(
            f"The name has {len(read)} characters.",
            f"Shorten it to {NAME_LENGTH_MAX}; other names go into alternate_name.",
        )
    return read


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers between two bounds, both allowed."""

    def read(cell: str) -> int:
        if not (cell.isascii() and cell.isdigit() and len(cell) <= 10 and least <= int(cell) <= most):
            raise Refused("This is not a number we can use.", f"Write a whole number from {least} to {most}.")
        return int(cell)

    return read


def yes_no(cell: str) -> bool:
    """'yes' or 'no'; not known is a blank cell."""
    if cell.casefold() in {"yes", "no"}:
        return cell.casefold() == "yes"
    raise Refused(
        "This is neither yes nor no.", "Write yes or no, or leave the cell blank if it is not known."
    )


def one_of(vocabulary: str) -> Callable[[str], str]:
    """A reader of one code."""
    return lambda cell: code_of(vocabulary, cell)


def some_of(vocabulary: str) -> Callable[[str], tuple[str, ...]]:
    """A reader of codes with ; between them, each once, in the order of the cell."""

    def read(cell: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code_of(vocabulary, part) for part in _parts(cell)))

    return read


def tags(vocabulary: str) -> Callable[[str], tuple[Tag, ...]]:
    """A reader of codes that may be *possible* ('G2.7?')."""

    def read(cell: str) -> tuple[Tag, ...]:
        found: dict[str, bool] = {}
        for part in _parts(cell):
            code = code_of(vocabulary, part.removesuffix("?"))
            if code in found:
                raise Refused(
                    f"{code} stands in the cell twice.", "Write it once, with or without the question mark."
                )
            found[code] = not part.endswith("?")
        return tuple(Tag(code, is_certain) for code, is_certain in found.items())

    return read


def names(cell: str) -> tuple[str, ...]:
    """Names with ; between them."""
    return tuple(dict.fromkeys(text(part) for part in _parts(cell)))


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


@lru_cache(maxsize=20_000)
def url(cell: str) -> str:
    """A web address that may be followed. Raises Refused for any scheme but https and http."""
    wrong = Refused(
        "This is not a web address we can link to.", "Write it in full, like https://www.example.org."
    )
    if len(cell) > URL_LENGTH_MAX or _NOT_IN_URL.search(cell):
        raise wrong
    try:
        parts = urlsplit(cell)
        host = parts.hostname or ""
        wrong_port = parts.port is not None and not 0 < parts.port < 65536
    except ValueError:
        raise wrong from None
    if parts.scheme not in {"https", "http"} or "." not in host or parts.username is not None or wrong_port:
        raise wrong
    return cell


def urls(cell: str) -> tuple[str, ...]:
    """Web addresses with spaces or ' ; ' between them."""
    return tuple(dict.fromkeys(url(part.rstrip(";")) for part in cell.split() if part != ";"))


def loose_date(cell: str) -> str:
    """A date as exact as it is known: YYYY, YYYY-MM or YYYY-MM-DD."""
    match = _DATE.fullmatch(cell)
    wrong = Refused(
        "This is not a date.", "Write it like 2025, 2025-11 or 2025-11-21, as exactly as it is known."
    )
    if match is None:
        raise wrong
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        found = date(year, month, day)
    except ValueError:
        raise wrong from None
    if not 1970 <= found.year <= 2100:
        raise wrong
    return cell


def day(cell: str) -> date:
    """A whole date, YYYY-MM-DD."""
    if len(cell) != 10:
        raise Refused("This is not a whole date.", "Write it like 2025-11-21: year, month, day.")
    return date.fromisoformat(loose_date(cell))
