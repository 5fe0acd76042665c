"""First steps: what somebody can do now, what may happen next and who must be told, behind each door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, current_app, render_template

from directory.errors import NotFound
from directory.queries.views import ListingView
from directory.reference.doors import Door, door_sources, doors
from directory.reference.guides import guides_of_door
from directory.search.types import Facet, Section
from directory.web.asked import Asked
from directory.web.facets import FILTERS
from directory.web.forms.find_form import FindForm
from directory.web.help_now import help_now
from directory.web.parts import FilterOption
from directory.web.results import run_search

bp = Blueprint("doors", __name__)

# What a finder behind a door without groups asks for: filters that are ticked, or that can be.
TICKED: Mapping[str, Mapping[Facet, bool]] = {
    "j": {Facet.WITHOUT_SPEAKING: True, Facet.BSL: False},
    "g": {Facet.ADVICE: True},
}
WORK_WITH_FAMILIES = "g"
WITHOUT_A_VOICE = "j"
LISTED_ADVICE_MAX = 6


@dataclass(frozen=True, slots=True)
class Finder:
    """The finder behind a door: the usual form with its groups ticked, and boxes of other filters."""

    form: FindForm
    boxes: tuple[tuple[str, str, tuple[FilterOption, ...]], ...]
    """(field, legend, the one box) of each filter besides the groups."""
    asks_who: bool
    """Whether the groups stand unfolded: the door has not said who needs support."""


@bp.get("/start/<code>")
def door(code: str) -> str:
    """One door's first steps, with the finder set for it. Raises NotFound."""
    found = doors().get(code)
    if found is None:
        raise NotFound("There is no door of that letter.")
    chosen = {Facet.GROUP: found.shown_groups} if found.groups else _ticked(code)
    return render_template(
        f"doors/{code}.html",
        door=found,
        finder=_finder(found),
        guides=guides_of_door(code),
        sources=door_sources(code),
        advice=_advice() if code == WORK_WITH_FAMILIES else (),
        contact_email=current_app.config["SETTINGS"].contact_email,
        help_now=help_now(chosen, lines=found.lines),
    )


def _ticked(code: str) -> dict[Facet, frozenset[str]]:
    return {facet: frozenset({"yes"}) for facet, is_on in TICKED.get(code, {}).items() if is_on}


def _finder(found: Door) -> Finder:
    asked = TICKED.get(found.code, {})
    boxes = tuple(
        (each.field, str(each.legend), (FilterOption("yes", str(each.yes), None, asked[each.facet]),))
        for each in FILTERS
        if each.facet in asked
    )
    form = FindForm(formdata=None, data={"group": sorted(found.shown_groups)})
    return Finder(form, boxes, asks_who=found.code == WITHOUT_A_VOICE)


def _advice() -> tuple[ListingView, ...]:
    """Services known to give advice to professionals: first those for both nations, then those for one."""
    asked = Asked(chosen={Facet.ADVICE: frozenset({"yes"})}, section=Section.ANYWHERE)
    (block,) = run_search(asked).blocks
    found = sorted((entry.listing for entry in block.fits), key=lambda listing: -len(listing.nations))
    return tuple(found[:LISTED_ADVICE_MAX])
