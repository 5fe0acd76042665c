"""A link with many listings: its list stands on pages, each with a form of its own, and one tap says yes to all of it.

No form holds more than a page of listings: one of thousands would be larger than what is read of a form, and than
what somebody can look through. What she leaves out on one page goes along in the address of the next, so that the
one tap for all the rest does not say yes to it. Whoever opens the link of the mail again has no such address: then
the page and that tap say that what was left out before is among the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from directory.actions.upkeep.use_link import Said
from directory.queries.confirm_link import LONG, OpenLink

LEFT_MAX = 300
"""More than these do not go into an address: then each page is sent, and no tap for all the rest is offered."""
MANY = "many"
NONE = "none"
FORGOTTEN = "some"
"""Among the numbers in an address: more was left out before the link was opened anew, and nobody knows what."""


@dataclass(frozen=True, slots=True)
class AskedOfLink:
    """What a link still asks. left_out: what she has left out so far; None where that is too much to be known.

    is_all: whether that is all she has left out, also before she opened the link the last time.
    """

    link: OpenLink
    left_out: frozenset[int] | None
    is_all: bool = True

    @property
    def left(self) -> frozenset[int]:
        """Those that are known to be left out."""
        return self.left_out or frozenset()

    @property
    def to_answer(self) -> tuple[int, ...]:
        """The listings that she has not answered, by name."""
        return tuple(number for number in self.link.service_ids if number not in self.left)

    @property
    def offers_all(self) -> bool:
        """Whether one tap may say yes to all the rest."""
        return self.link.is_long and self.left_out is not None and bool(self.to_answer)

    @property
    def left_written(self) -> str | None:
        """As it goes along in an address; None for none before anything was answered."""
        text = written(self.left_out, is_all=self.is_all)
        return None if text == NONE and not self.link.is_begun else text

    def sent_in(self, form: MultiDict[str, str]) -> tuple[int, ...]:
        """The listings that the form was a page of; of a short link all."""
        if not self.link.is_long:
            return self.link.service_ids
        return tuple(number for number in self.to_answer if f"shown_{number}" in form)[:LONG]

    def says_all(self, form: MultiDict[str, str]) -> bool:
        """Whether the tap for all the rest was pressed."""
        return form.get("all") == "yes" and self.offers_all

    def all_right(self) -> dict[int, Said]:
        """All the rest is right."""
        return {number: Said(is_right=True) for number in self.to_answer}

    def and_left_out(self, said: Mapping[int, Said]) -> str | None:
        """What is left out now, for the address of the next page."""
        if self.left_out is None:
            return MANY
        left = self.left | {number for number, one in said.items() if not one.is_right or one.is_closed}
        return written(left, is_all=self.is_all)


def asked_of(link: OpenLink, fields: MultiDict[str, str]) -> AskedOfLink:
    """With what the address or the form says was left out; nothing that the link does not name."""
    text = fields.get("left", "") if link.is_long else ""
    if text == MANY:
        return AskedOfLink(link, None, is_all=False)
    numbers = {int(one) for one in text.split(".") if one.isascii() and one.isdecimal() and len(one) < 10}
    is_all = not link.is_begun or (bool(text) and FORGOTTEN not in text.split("."))
    return AskedOfLink(link, frozenset(numbers & set(link.service_ids)), is_all=is_all)


def written(left: frozenset[int] | None, *, is_all: bool) -> str:
    """'12.13', 'some.12', 'many', or 'none'."""
    if left is None or len(left) > LEFT_MAX:
        return MANY
    return ".".join([*([] if is_all else [FORGOTTEN]), *map(str, sorted(left))]) or NONE
