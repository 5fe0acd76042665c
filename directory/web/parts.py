"""What the shared pieces of a page (templates/parts) are given: nothing is left for them to work out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HelpRoute:
    """One way to reach a help line. `href` is a tel:, sms:, mailto: or https: address, '' for words only.

    note: what to know of this way, such as 'then option 2'.
    """

    label: str
    value: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class HelpLineNow:
    """A help line as it stands at this minute.

    opening: 'Open now', 'Opens at 9am tomorrow' or 'Opening hours not known', already in the page's language.
    is_open: True, False, or None when the hours are not known.
    hours: the whole week in words; '' when not known.
    must_tell: when they must pass on what somebody tells them; '' when not known.
    without_speaking: how to reach it without a voice, in words; '' when not known.
    must_tell_short: `must_tell` in a sentence or two, to be read before the number.
    quiet: a way without a voice to stand beside the first one; None where the first is one, or none is known.
    """

    name: str
    who_for: str
    routes: tuple[HelpRoute, ...]
    opening: str
    is_open: bool | None = None
    hours: str = ""
    must_tell: str = ""
    without_speaking: str = ""
    must_tell_short: str = ""
    quiet: HelpRoute | None = None

    @property
    def other_routes(self) -> tuple[HelpRoute, ...]:
        """The ways that stand behind one more tap."""
        return tuple(route for route in self.routes[1:] if route != self.quiet)


@dataclass(frozen=True, slots=True)
class FilterOption:
    """One box to tick. `count`: services it would leave; None prints no number."""

    value: str
    label: str
    count: int | None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """One facet: boxes under a legend. `field` is the name in the form."""

    field: str
    legend: str
    options: tuple[FilterOption, ...]

    @property
    def chosen_count(self) -> int:
        """How many of its boxes are ticked."""
        return sum(option.chosen for option in self.options)


@dataclass(frozen=True, slots=True)
class ChosenFilter:
    """A filter in force, and the address of the same search without it."""

    label: str
    url_without: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """One number in the row of pages; `number` None stands for the pages left out."""

    number: int | None
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Pages:
    """The row of pages. Addresses are '' where there is no such page."""

    links: tuple[PageLink, ...]
    previous_url: str
    next_url: str


def row_of_pages(current: int, last: int, url_of: Callable[[int], str]) -> Pages:
    """The first, the last and the neighbours of the current page; gaps are marked.

    A gap of one page is printed as that page: 'left out' marks never stand for a single page.
    """
    near = {number for number in (1, last, current - 1, current, current + 1) if 1 <= number <= last}
    links: list[PageLink] = []
    before = 0
    for number in sorted(near):
        if number - before == 2:
            links.append(PageLink(before + 1, url_of(before + 1)))
        elif number - before > 2:
            links.append(PageLink(None))
        links.append(PageLink(number, url_of(number), number == current))
        before = number
    return Pages(
        links=tuple(links),
        previous_url=url_of(current - 1) if current > 1 else "",
        next_url=url_of(current + 1) if current < last else "",
    )
