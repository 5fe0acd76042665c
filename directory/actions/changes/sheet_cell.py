"""One cell of a file that comes back from a spreadsheet: what it says in the site's own writing, or what to mend.

A spreadsheet turns words into numbers, days and truths. What can mean one thing alone is understood; the rest is
pointed out, and never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from directory.actions import cells
from directory.actions.cells import unwrapped
from directory.actions.changes.rules import EDITABLE
from directory.actions.changes.sheet_day import LOOKS_LIKE_A_DAY, same_day, understood_day
from directory.actions.listing_row import COLUMNS
from directory.actions.problem import Refused


@dataclass(frozen=True, slots=True)
class SheetCell:
    """kind: 'text', or what a workbook says it is: 'number', 'day', 'time', 'truth', 'formula' or 'error'.

    text: a number without a needless '.0'; a day as YYYY-MM-DD, YYYY-MM or YYYY, as exactly as it is shown.
    """

    text: str
    kind: str = "text"


# Whose a listing is decides who may change it, and no file does. Files that say it are read, and it must be the same.
SHEET_COLUMNS: tuple[str, ...] = ("id", *(name for name in EDITABLE if name != "organisation"))
READ_COLUMNS: tuple[str, ...] = (*SHEET_COLUMNS, "organisation")
DAYS = frozenset(column.name for column in COLUMNS if column.read in (cells.loose_date, cells.day))
TRUTHS = frozenset(column.name for column in COLUMNS if column.read is cells.yes_no)
NUMBERS = frozenset(column.name for column in COLUMNS if column.blank is None) - TRUTHS - DAYS

_TRUTH = {"true": "yes", "false": "no", "yes": "yes", "no": "no"}
_WHOLE = re.compile(r"(\d+)\.0+|(\d{1,3}(?:,\d{3})+)")
_SHORTENED = re.compile(r"[+-]?\d+(?:[.,]\d+)?E[+-]?\d+", re.IGNORECASE)
_NO_NOUGHT = re.compile(r"[1-9](?:[ ()-]*\d){8,9}")
# UTF-8 that was read as Windows-1252: an apostrophe becomes 'â€™', a pound sign 'Â£', an accent 'Ã©'.
_GARBLED = re.compile("\ufffd|â€|Ã[\u0080-\u00bf\u0152-\u2122]|Â[\u00a0-\u00bf]")
_AS_TEXT = "Format the cell as text, and write it again as it stood in the file you downloaded."


def understood(column: str, cell: SheetCell, told: str) -> str:
    """What the cell says, in the site's writing; `told` itself where it says nothing new.

    told: the same cell as it stood in the file that was downloaded. Raises Refused for what its writer must mend.
    """
    text = cell.text.replace("\r\n", "\n").replace("\r", "\n")
    if cell.kind == "formula":
        raise Refused("The cell holds a formula.", "Write its result in its place.")
    if cell.kind == "error":
        raise Refused("The cell holds an error of the spreadsheet.", "Write what the cell shall say.")
    if column in DAYS:
        return told if same_day(text, told) else understood_day(unwrapped(text))
    if column in TRUTHS:
        text = _TRUTH.get(text.strip().casefold(), text)
    elif column in NUMBERS:
        text = whole_number(text)
    if _plain(text) == _plain(told):
        return told
    _not_changed_by_itself(column, cell.kind, text)
    text = unwrapped(text)
    return told if _plain(text) == _plain(told) else text


def whole_number(text: str) -> str:
    """'6.0' → '6'; '1,200' → '1200'; anything else as it is."""
    found = _WHOLE.fullmatch(text.strip())
    return (found[1] or found[2].replace(",", "")) if found else text


def _not_changed_by_itself(column: str, kind: str, text: str) -> None:
    """Raises Refused for what nobody has typed: the spreadsheet has made it of something else."""
    bare = text.strip()
    if kind in {"day", "time"} or (kind == "text" and LOOKS_LIKE_A_DAY.fullmatch(bare)):
        made = "time" if kind == "time" else "date"
        raise Refused(f"The spreadsheet has made a {made} of what was written here.", _AS_TEXT)
    if kind == "truth" and column not in TRUTHS:
        raise Refused("The spreadsheet has made TRUE or FALSE of what was written here.", _AS_TEXT)
    if _SHORTENED.fullmatch(bare):
        raise Refused("The spreadsheet has shortened a long number, and its last digits are lost.", _AS_TEXT)
    if _GARBLED.search(text):
        raise Refused(
            "Some letters were changed when the file was saved.",
            "Save it as a workbook (XLSX) or as ‘CSV UTF-8’, or type these letters again.",
        )
    if column == "contact_routes":
        _noughts(kind, text)


def _noughts(kind: str, text: str) -> None:
    for line in text.split("\n"):
        parts = [part.strip() for part in line.split("|")]
        number = parts[0] if len(parts) == 1 else parts[1]
        if (kind == "number" and len(parts) == 1) or _NO_NOUGHT.fullmatch(number):
            raise Refused(
                "The spreadsheet has made a number of this telephone number: the 0 before it is lost.",
                "Write it as text, like: telephone | 01632 960001",
            )


def _plain(text: str) -> str:
    """The text without what a spreadsheet may add or take away: spaces, and empty lines."""
    lines = [" ".join(one.split()) for one in text.strip().split("\n")]
    return "\n".join(one for one in lines if one)
