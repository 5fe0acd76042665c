"""The short pages on which a listing is edited: which columns stand on which."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from directory.errors import NotFound


@dataclass(frozen=True, slots=True)
class EditPage:
    """One page. slug: in its address. columns: those of data/services.csv, in the order in which they are asked."""

    slug: str
    title: LazyString
    hint: LazyString
    columns: tuple[str, ...]


EDIT_PAGES: tuple[EditPage, ...] = (
    EditPage(
        "what",
        _l("What it is"),
        _l("Its name, and what it does in a few sentences that anyone understands."),
        (
            "name", "alternate_name", "description", "status", "sector", "free_to_person", "cost_note",
            "organisation_url",
        ),
    ),
    EditPage(
        "who",
        _l("Who it is for"),
        _l("Whom it helps, of which ages, and whether it is only for some."),
        (
            "groups", "minimum_age", "maximum_age", "age_note", "forms_of_abuse", "only_for", "adapted_for",
        ),
    ),
    EditPage(
        "offers",
        _l("What it offers"),
        _l("Tick what people can get from this service itself, not what it sends them to."),
        ("support_types", "modes", "advice_to_professionals"),
    ),
    EditPage(
        "reach",
        _l("How to reach it"),
        _l("Each number, address or page on its own, with its hours."),
        ("contact_routes", "url"),
    ),
    EditPage(
        "where",
        _l("Where it is"),
        _l("Its places, and whether they must stay confidential."),
        ("confidential", "confidential_reason", "locations"),
    ),
    EditPage(
        "residents",
        _l("Whose residents it takes"),
        _l("The council areas, counties, regions or police areas people must live in."),
        ("coverage", "coverage_note"),
    ),
    EditPage(
        "referred",
        _l("How people are referred"),
        _l("Who can get in touch, and what must be in place before."),
        ("referral_routes", "referral_note", "accepting_referrals", "before_you_refer"),
    ),
    EditPage(
        "waiting",
        _l("Waiting and places"),
        _l("How long people wait now, and how many the service can see in a year."),
        ("waiting_list", "waiting_weeks", "waiting_as_at", "waiting_note", "capacity_per_year"),
    ),
    EditPage(
        "access",
        _l("Languages and access"),
        _l("In which languages, and for whom the way in is easier."),
        ("languages", "interpreters", "accessibility"),
    ),
    EditPage(
        "before",
        _l("Before people call"),
        _l("What somebody who is frightened needs to know first."),
        ("before_you_call", "safe_contact", "can_stay_anonymous", "when_they_must_tell"),
    ),
)  # fmt: skip
_BY_SLUG = {page.slug: page for page in EDIT_PAGES}
PAGE_OF = {column: page for page in EDIT_PAGES for column in page.columns}
"""Column → the page on which it is asked."""


def edit_page(slug: str) -> EditPage:
    """Raises NotFound."""
    if slug not in _BY_SLUG:
        raise NotFound("No page has this name.")
    return _BY_SLUG[slug]


def page_after(page: EditPage) -> EditPage | None:
    """The next one; None after the last."""
    place = EDIT_PAGES.index(page) + 1
    return EDIT_PAGES[place] if place < len(EDIT_PAGES) else None
