"""What somebody writes beside a cell or about an area: bounded, about no one person, safe in a spreadsheet."""

from __future__ import annotations

from datetime import date

from directory.actions.cells import unwrapped
from directory.actions.problem import Refused
from directory.errors import RuleBroken
from directory.reference.case_data import case_data_in
from directory.reference.ways_in_words import way_in

ROLE_LENGTH_MAX = 100
TEXT_LENGTH_MAX = 2_000
EARLIEST = date(2000, 1, 1)
ONLY_IN_A_LISTING = "A number or a website stands in the listing of a service alone, where it is checked."


def role_of(field: str, words: str) -> str:
    """The role of a person, on one line. Raises RuleBroken for none, or for what is no role."""
    role = words_of(field, words, ROLE_LENGTH_MAX)
    if not role or "@" in role:
        raise RuleBroken(
            field, "Write the role of the person, like ‘commissioning manager’: no name and no address."
        )
    return role


def words_of(field: str, words: str, most: int = TEXT_LENGTH_MAX) -> str:
    """Words on one line, '' for none. Raises RuleBroken where they are too long or hold a person's case."""
    try:
        text = " ".join(unwrapped(words).split())
    except Refused as refused:
        raise RuleBroken(field, f"{refused.what} {refused.remedy}") from None
    if len(text) > most:
        raise RuleBroken(field, f"This has {len(text):,} characters. Shorten it to {most:,} or fewer.")
    if found := case_data_in(text):
        raise RuleBroken(
            field,
            f"This looks as if it held {found}. Say what is so for the area, and nothing about a person or a case.",
        )
    return text


def without_a_case(field: str, words: str) -> str:
    """The words as they are. Raises RuleBroken where they seem to hold something of one person's case."""
    if found := case_data_in(words):
        raise RuleBroken(
            field, f"This looks as if it held {found}. Write nothing about a person or a case here."
        )
    return words


def public_words_of(field: str, words: str, most: int = TEXT_LENGTH_MAX) -> str:
    """As words_of, of what anyone may read: a child may see a number or a website in it, and nobody checks it there."""
    return without_a_way(field, words_of(field, words, most))


def without_a_way(field: str, words: str) -> str:
    """The words as they are. Raises RuleBroken where they hold a number or an address, which nobody would check."""
    if found := way_in(words):
        raise RuleBroken(field, f"Leave out {found}. {ONLY_IN_A_LISTING}")
    return words


def day_of(field: str, day: date, today: date) -> date:
    """A day that has come, and not so long ago that it must be a slip. Raises RuleBroken."""
    if day > today:
        raise RuleBroken(field, f"{day} is in the future. Write the day on which it was said.")
    if day < EARLIEST:
        raise RuleBroken(field, f"{day} is too long ago. Write a day since {EARLIEST}.")
    return day
