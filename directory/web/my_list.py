"""My list: what a visitor chose, for whom, kept on their own device; and a list of services to share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from directory.errors import RuleBroken
from directory.queries.listings import get_listings
from directory.queries.views import ListingView
from directory.search.family import Person, Venue, who_would_meet
from directory.search.my_list import (
    ENTRIES_MAX,
    FOR_NOBODY,
    NUMBER_MAX,
    Entry,
    MyList,
    read_numbers,
    write_numbers,
)
from directory.search.sheet_rules import says_much
from directory.security.list_cookie import keep, keep_on, kept_list
from directory.web.family_answers import venue_of
from directory.web.help_now import FIRST_BESIDE_RESULTS, help_now
from directory.web.listing import NOT_A_SEARCH
from directory.web.people import PersonShown, named, people_shown
from directory.web.side_by_side import COMPARED_MAX
from directory.web.where_from import where_from

bp = Blueprint("my_list", __name__)

Answer = BaseResponse | str | tuple[str, int]


@dataclass(frozen=True, slots=True)
class ChosenService:
    """One service on the list. name_says_much: its own name tells what it is about. meets: by relation; '' for none."""

    listing: ListingView
    name_says_much: bool
    meets: str


@dataclass(frozen=True, slots=True)
class ChosenFor:
    """What was chosen for one person, or for no one person (then `person` is None and number is 0)."""

    number: int
    person: PersonShown | None
    services: tuple[ChosenService, ...]
    gone: tuple[int, ...]

    @property
    def for_sheet(self) -> tuple[ChosenService, ...]:
        """Those that may stand on a sheet: a sheet must say how to reach each."""
        return tuple(each for each in self.services if each.listing.is_reachable)

    @property
    def not_for_sheet(self) -> tuple[ChosenService, ...]:
        """Those that nobody can yet say how to reach."""
        return tuple(each for each in self.services if not each.listing.is_reachable)


@bp.get("/my-list")
def show() -> Answer:
    """Everything on the list, person by person, with what can be done with it."""
    return _page(keep_on())


@bp.post("/my-list/add")
def add() -> Answer:
    """One more service. Back to the page it was chosen on; a full list says so."""
    my_list = kept_list().my_list
    entry = _entry(request.form, my_list)
    with current_app.extensions["database"].reading() as session:
        if not get_listings(session, (entry.listing_id,)):
            raise RuleBroken("service", "That service is not listed any more.")
    was_emptied = kept_list().was_emptied
    try:
        keep(my_list.with_entry(entry))
    except RuleBroken as broken:
        return _page(my_list, _(broken.message)), 400
    if was_emptied:
        # What was on it is gone, and whoever adds to it has to hear of that.
        return _page(kept_list().my_list, was_emptied=True)
    number = request.form.get("entry", "")
    spot = f"#entry-{number}" if number.isascii() and number.isdecimal() and len(number) < 10 else ""
    return redirect(where_from(url_for("my_list.show")) + spot, code=303)


@bp.post("/my-list/remove")
def remove() -> Answer:
    """One service fewer."""
    keep(kept_list().my_list.without_entry(_entry(request.form, None)))
    return redirect(where_from(url_for("my_list.show")), code=303)


@bp.post("/my-list/empty")
def empty() -> Answer:
    """People and services gone, and the cookie with them."""
    keep(MyList())
    return redirect(url_for("my_list.show"), code=303)


@bp.post("/my-list/keep")
def keep_list_on() -> Answer:
    """Thirty more minutes. A script is told by the status alone whether there was a list to keep."""
    is_kept = bool(keep_on())
    if request.accept_mimetypes.best == "application/json":
        return "", 204 if is_kept else 410
    return redirect(where_from(url_for("my_list.show")), code=303)


@bp.get("/list/<numbers>")
def shared(numbers: str) -> str:
    """Services that somebody shared: their numbers and nothing else. No person, no place."""
    ids = read_numbers(numbers, ENTRIES_MAX)
    with current_app.extensions["database"].reading() as session:
        listings = get_listings(session, ids)
    return render_template(
        "my_list/shared.html",
        listings=[listings[number] for number in ids if number in listings],
        gone=[number for number in ids if number not in listings],
        compare_url=_compare_url([number for number in ids if number in listings]),
        no_hit=NOT_A_SEARCH,
        address=address_of(ids),
        help_now=help_now(first=FIRST_BESIDE_RESULTS),
    )


def address_of(ids: Sequence[int]) -> str:
    """The whole address that shares these services; '' for none."""
    path = url_for("my_list.shared", numbers=write_numbers(ids)) if ids else ""
    return request.host_url.rstrip("/") + path if path else ""


def _compare_url(ids: Sequence[int]) -> str:
    """The comparison of these services; '' where there is nothing to compare, or too much for one table."""
    fits = 2 <= len(ids) <= COMPARED_MAX
    return url_for("side_by_side.show", numbers=write_numbers(ids)) if fits else ""


def chosen_for_everyone(my_list: MyList) -> tuple[ChosenFor, ...]:
    """What was chosen, person by person in order; last what was chosen for no one person, if anything was."""
    with current_app.extensions["database"].reading() as session:
        listings = get_listings(session, my_list.listing_ids)
    shown = people_shown(my_list.people)
    venues = [
        [venue_of(listings[each]) for each in my_list.chosen_for(person.number) if each in listings]
        for person in shown
    ]
    numbers = [*range(1, len(shown) + 1), FOR_NOBODY]
    found = []
    for number in numbers:
        ids = my_list.chosen_for(number)
        if number == FOR_NOBODY and not ids:
            continue
        services = tuple(
            ChosenService(
                listings[each],
                says_much(f"{listings[each].name} {listings[each].organisation}"),
                _meets(my_list.people, venues, listings, each, number, shown),
            )
            for each in ids
            if each in listings
        )
        gone = tuple(each for each in ids if each not in listings)
        found.append(ChosenFor(number, shown[number - 1] if number else None, services, gone))
    return tuple(found)


def _meets(
    people: Sequence[Person],
    venues: Sequence[Sequence[Venue]],
    listings: Mapping[int, ListingView],
    listing_id: int,
    number: int,
    shown: Sequence[PersonShown],
) -> str:
    if number == FOR_NOBODY:
        return ""
    return named(who_would_meet(people, venues, venue_of(listings[listing_id]), number), shown)


def _entry(fields: Mapping[str, str], my_list: MyList | None) -> Entry:
    """The entry in a posted form. Raises RuleBroken. `my_list`: whose people `person` must be one of."""
    service, _dash, person = fields.get("service", "").partition("-")
    person = person or fields.get("person", "") or "0"
    if not (service.isascii() and service.isdecimal() and len(service) <= 10):
        raise RuleBroken("service", "Choose a service to add to your list, or to take off it.")
    if not 1 <= int(service) <= NUMBER_MAX:
        raise RuleBroken("service", "That service is not listed any more.")
    if len(person) != 1 or person not in "012345678":
        raise RuleBroken("person", "That person is not on your list any more.")
    entry = Entry(int(service), int(person))
    if my_list is not None and entry.person != FOR_NOBODY:
        my_list.person(entry.person)
    return entry


def _results_they_came_from() -> str:
    """The results that the visitor came from, where the place they typed still is; else ''."""
    came_from = where_from("")
    ours = {url_for("family.results"), url_for("results.results")}
    return came_from if urlsplit(came_from).path in ours else ""


def _page(my_list: MyList, problem: str = "", *, was_emptied: bool = False) -> str:
    return render_template(
        "my_list/show.html",
        chosen=chosen_for_everyone(my_list),
        has_people=bool(my_list.people),
        total=len(my_list.entries),
        most=ENTRIES_MAX,
        problem=problem,
        back_url=_results_they_came_from(),
        was_emptied=was_emptied or kept_list().was_emptied,
        address=address_of(my_list.listing_ids),
        help_now=help_now(first=FIRST_BESIDE_RESULTS),
    )
