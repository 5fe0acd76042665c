"""A page that is opened and sent as it is changes nothing, whatever stands in its columns."""

from __future__ import annotations

import csv

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from directory.actions.changes.rules import EDITABLE
from directory.actions.listing_row import ListingRow, read_row, write_row
from directory.config import DATA
from directory.web.my_listings.cells_of_forms import cell_of, data_of
from directory.web.my_listings.edit_pages import EDIT_PAGES, PAGE_OF, EditPage
from directory.web.my_listings.questions import QUESTIONS
from tests.integration.my_listings.people import fields_of, held, make_place

FULL = {
    "alternate_name": "Example A;The Example",
    "sector": "voluntary",
    "organisation_url": "https://example.org",
    "groups": "G4;G3?;G1",
    "support_types": "G4.6;G4.5?;G3.2?;G1.1",
    "forms_of_abuse": "online;familial",
    "only_for": "boys-men",
    "adapted_for": "deaf;disabled",
    "minimum_age": "0",
    "maximum_age": "99",
    "age_note": 'ages differ <by> area & "place"',
    "modes": "remote;in-person",
    "coverage": "Peterborough;England and Wales",
    "coverage_note": "others if paid for",
    "locations": "exact | Peterborough | PE1 1QL | 1 Example Street\ntown | Huntingdon",
    "confidential": "no",
    "confidential_reason": "none",
    "contact_routes": (
        "telephone | 01632 960001 | Mo-Fr 09:00-17:00; PH off | ask for us\n"
        "email | hello@example.org\nwalk-in\nweb chat | http://example.org/chat | 24/7\n"
        "telephone | 01632 960002"
    ),
    "url": "http://www.example.org/a?b=1&c=2",
    "referral_routes": "professional;self",
    "referral_note": "Write to hello@example.org first.",
    "free_to_person": "yes",
    "cost_note": "paid by the council",
    "languages": "cy;en",
    "interpreters": "no",
    "accessibility": "step-free",
    "accepting_referrals": "yes",
    "waiting_list": "open",
    "waiting_weeks": "0",
    "waiting_as_at": "2025-11",
    "waiting_note": "about a month; longer for children",
    "capacity_per_year": "120",
    "advice_to_professionals": "yes",
    "can_stay_anonymous": "no",
    "when_they_must_tell": "If a life is in danger.",
    "safe_contact": "No number is shown.",
    "before_you_call": "A person answers.",
    "before_you_refer": "Nothing.",
}


def test_every_column_of_an_organisation_has_a_question_and_all_but_its_name_a_page() -> None:
    assert set(QUESTIONS) == set(EDITABLE)
    assert set(EDITABLE) - set(PAGE_OF) == {"organisation"}


@pytest.mark.parametrize("page", EDIT_PAGES, ids=lambda page: str(page.slug))
@pytest.mark.parametrize("what", [FULL, {}, {"waiting_as_at": "2025"}, {"waiting_as_at": "2025-11-06"}])
def test_a_page_sent_as_it_was_opened_gives_the_same_cells_and_no_draft(
    own_app: Flask, page: EditPage, what: dict[str, str]
) -> None:
    place = make_place(own_app, **what)
    path = place.path(f"edit/{page.slug}")
    before = place.cells()
    opened = place.owner.get(path)
    assert opened.status_code == 200
    for dropped in ((), ("was",)):
        fields = {name: value for name, value in fields_of(opened.text).items() if name not in dropped}
        answer = place.owner.post(path, data=fields)
        assert answer.status_code == 303, answer.text
        assert (held(place), place.cells()) == ({}, before)


def test_every_cell_of_the_listings_that_ship_comes_back() -> None:
    with (DATA / "services.csv").open(encoding="utf-8", newline="") as file:
        rows = [read_row(row, 2) for row in csv.DictReader(file)]
    cells = [write_row(row) for row in rows if isinstance(row, ListingRow)]
    assert len(cells) == len(rows) > 300
    assert [
        (name, one[name])
        for one in cells
        for name in QUESTIONS
        if cell_of(name, data_of(name, one[name]), one[name]) != one[name]
    ] == []


@given(st.sampled_from(sorted(QUESTIONS)), st.text(max_size=200), st.text(max_size=200))
def test_no_cell_and_no_answer_makes_a_form_fail(name: str, cell: str, other: str) -> None:
    assert isinstance(cell_of(name, data_of(name, cell), other), str)
