"""What the form catches, in words by the field; nothing typed is lost, and nothing is ever a 500."""

from __future__ import annotations

import json

import pytest
from lxml import html

from tests.integration.my_listings.people import Place, fields_of, held, send_page, words_of

ON_NO_LIST = {"pigeon", "gone", "G99", "<b>"}
ROUTE, AT = "contact_routes-0-", "waiting_as_at-"


@pytest.mark.parametrize(
    ("page", "changed", "field"),
    [
        ("reach", {ROUTE + "value": "01632"}, ROUTE + "value"),
        ("reach", {ROUTE + "value": "09011 123456 7890123"}, ROUTE + "value"),
        ("reach", {ROUTE + "value": "+33 1 42 68 53 00"}, ROUTE + "value"),
        ("reach", {ROUTE + "value": "0901 123 4567"}, ROUTE + "value"),
        ("reach", {ROUTE + "value": "09011 123456"}, ROUTE + "value"),
        ("reach", {"url": "https://nonsense.notatld"}, "url"),
        ("reach", {"url": "https://co.uk/"}, "url"),
        ("reach", {ROUTE + "hours": "Mo-Fr 25:00-26:00"}, ROUTE + "hours"),
        ("reach", {ROUTE + "hours": "nine to five"}, ROUTE + "hours"),
        ("reach", {ROUTE + "note": "a | b"}, ROUTE + "note"),
        ("reach", {ROUTE + "note": "her NHS number is 943 476 5919"}, ROUTE + "note"),
        ("reach", {ROUTE + "kind": "pigeon"}, ROUTE + "kind"),
        ("reach", {ROUTE + "kind": "email"}, ROUTE + "value"),
        ("reach", {ROUTE + "kind": "web chat", ROUTE + "value": "javascript:alert(1)"}, ROUTE + "value"),
        ("reach", {ROUTE + "value": ""}, ROUTE + "value"),
        ("reach", {"url": "http://www.example.com"}, "url"),
        ("reach", {"url": "https://localhost/"}, "url"),
        ("reach", {"url": "https://10.0.0.1/"}, "url"),
        ("reach", {"url": "https://ехample.org/"}, "url"),
        ("reach", {"url": "https://xn--80akjoef.org/"}, "url"),
        ("reach", {"url": "https://a:b@example.org/"}, "url"),
        ("reach", {"url": "example"}, "url"),
        ("where", {"locations-0-precision": "exact", "locations-0-town": "Leeds"}, "locations-0-postcode"),
        (
            "where",
            {"locations-0-precision": "exact", "locations-0-town": "X", "locations-0-postcode": "ZZ99 9ZZ"},
            "locations-0-postcode",
        ),
        ("where", {"locations-0-precision": "town", "locations-0-town": "Newport"}, "locations-0-town"),
        ("where", {"locations-0-precision": "town", "locations-0-town": "Atlantis"}, "locations-0-town"),
        ("where", {"locations-0-town": "Leeds"}, "locations-0-precision"),
        (
            "where",
            {"locations-0-precision": "confidential", "locations-0-town": "X", "locations-0-postcode": "PE1 1QL"},
            "locations-0-postcode",
        ),
        (
            "where",
            {
                "locations-0-precision": "town", "locations-0-town": "Leeds",
                "locations-0-note": "Emily, NHS number 943 476 5919, date of birth 3 May 2014",
            },
            "locations-0-note",
        ),
        (
            "where",
            {"locations-0-precision": "confidential", "locations-0-town": "born on 3 May 2014"},
            "locations-0-town",
        ),
        ("reach", {ROUTE + "kind": "walk-in", ROUTE + "value": "Ask for 943/476/5919"}, ROUTE + "value"),
        ("what", {"alternate_name": "Emily, b. 3.4.2011"}, "alternate_name"),
        ("residents", {"coverage": "Atlantis"}, "coverage"),
        ("who", {"minimum_age": "18", "maximum_age": "4"}, "minimum_age"),
        ("who", {"minimum_age": "²"}, "minimum_age"),
        ("who", {"groups": ["G99"]}, "groups"),
        ("offers", {"support_types": ["G4.6", "<b>"]}, "support_types"),
        ("what", {"name": ""}, "name"),
        ("what", {"name": "x" * 300}, "name"),
        ("what", {"description": "=HYPERLINK(1)"}, "description"),
        ("what", {"description": "For a boy born on 3 May 2014."}, "description"),
        ("what", {"description": "Write to jo@example.org"}, "description"),
        ("what", {"description": "a\u202eb"}, "description"),
        ("what", {"status": "gone"}, "status"),
        ("waiting", {"waiting_weeks": "-1"}, "waiting_weeks"),
        ("waiting", {AT + "day": "31", AT + "month": "2", AT + "year": "2026"}, AT + "day"),
        ("waiting", {AT + "day": "3", AT + "year": "2026"}, AT + "day"),
        ("waiting", {AT + "year": "soon"}, AT + "day"),
    ],
)  # fmt: skip
def test_an_impossible_answer_is_told_by_its_field_and_kept(
    place: Place, page: str, changed: dict[str, object], field: str
) -> None:
    answer = send_page(place.owner, place.path(f"edit/{page}"), **changed)
    assert answer.status_code == 400
    shown = html.document_fromstring(answer.text)
    links = [link.get("href")[1:] for link in shown.cssselect(".govuk-error-summary a")]
    assert links == [field]
    assert shown.cssselect(f"[id='{field}']") != []
    kept = fields_of(answer.text)
    for name, value in changed.items():
        # What is on none of our lists cannot be shown as chosen.
        typed = {one for one in (value if isinstance(value, list) else [value]) if one not in ON_NO_LIST}
        assert typed <= set(kept.get(name, []))
    assert held(place) == {}


@pytest.mark.parametrize(
    "fields",
    [
        {"contact_routes-²-kind": "telephone"},
        {"contact_routes-99999999999999999999-kind": "telephone", "contact_routes-99999999999999999999-value": "999"},
        {"contact_routes": "telephone | 01632 960009"},
        {"unsure-G1": "yes", "listing": "listed", "inclusion": "included", "id": "7", "last_confirmed": "2026-11-01"},
        {"was": '{"contact_routes": "a | b | c | d | e | f"}'},
        {"add": "id"},
        {"\x00": "\x00"},
    ],
)  # fmt: skip
def test_fields_that_no_form_of_ours_has_change_nothing_and_break_nothing(
    place: Place, fields: dict[str, str]
) -> None:
    before = place.cells()
    answer = send_page(place.owner, place.path("edit/reach"), **fields)
    assert answer.status_code in {303, 400, 409}
    assert set(held(place)) <= {"contact_routes"}
    assert place.cells() == before


@pytest.mark.parametrize("key", ["mine", "theirs", "was"])
@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"id": "7", "listing": "listed"}', '{"url": 3}', "{" * 3000]
)
def test_the_page_of_two_answers_takes_no_other_columns(place: Place, key: str, text: str) -> None:
    fields = {"mine": "{}", "theirs": "{}", "was": "{}"} | {key: text}
    assert place.owner.post(place.path("edit/reach/choose"), data=fields).status_code in {303, 400}
    assert place.owner.post(place.path("check/choose"), data=fields).status_code in {303, 400}
    assert place.changes() == []


def test_words_the_field_avoids_are_pointed_out_and_never_changed(place: Place) -> None:
    send_page(place.owner, place.path("edit/what"), description="For victims. We never disclose.")
    assert held(place) == {"description": "For victims. We never disclose."}
    words = words_of(place.owner.get(place.path("check")).text)
    assert "Instead of “victims” you could write “victim/survivor”." in words


def test_notes_of_ways_and_places_are_pointed_out_too(place: Place) -> None:
    send_page(place.owner, place.path("edit/reach"), **{ROUTE + "note": "For victims."})
    where = {
        "locations-0-precision": "town",
        "locations-0-town": "Leeds",
        "locations-0-note": "We never disclose it.",
    }
    send_page(place.owner, place.path("edit/where"), **where)
    words = words_of(place.owner.get(place.path("check")).text)
    for found in ("victims", "disclose"):
        assert f"Instead of “{found}” you could write" in words
    for page, found in (("reach", "victims"), ("where", "disclose")):
        assert f"Instead of “{found}”" in words_of(place.owner.get(place.path(f"edit/{page}")).text)


def test_what_may_be_of_one_child_is_pointed_out_and_never_changed(place: Place) -> None:
    send_page(place.owner, place.path("edit/what"), description="We helped her daughter Emily, aged 9.")
    send_page(place.owner, place.path("edit/reach"), **{ROUTE + "note": "Quote case ref AB12345."})
    assert held(place)["description"] == "We helped her daughter Emily, aged 9."
    words = words_of(place.owner.get(place.path("check")).text)
    for found in ("her daughter Emily", "aged 9", "case ref AB12345"):
        assert f"Is “{found}” about one child or one case? Then take it out." in words or found == "aged 9"


def test_the_page_of_two_answers_brings_no_case_into_a_change(place: Place) -> None:
    mine = json.dumps({"waiting_note": "Emily, born on 3 May 2014, waits."})
    fields = {"mine": mine, "theirs": "{}", "was": "{}"}
    place.owner.post(place.path("edit/waiting/choose"), data=fields)
    place.owner.post(place.path("check"))
    assert place.changes("waiting", "published") == []


def test_what_several_pages_say_against_each_other_is_told_before_it_is_sent(place: Place) -> None:
    send_page(place.owner, place.path("edit/who"), groups=["G1"])
    page = place.owner.get(place.path("check"))
    assert "for people you do not name" in words_of(page.text)
    assert place.owner.post(place.path("check")).status_code == 400
    assert place.changes("waiting") == [] and held(place) != {}


def test_hours_past_midnight_and_numbers_with_letters_round_them_are_read(place: Place) -> None:
    send_page(
        place.owner,
        place.path("edit/reach"),
        **{ROUTE + "hours": "Fr-Sa 18:00-02:00", ROUTE + "value": "(01632) 960 002"},
    )
    assert held(place)["contact_routes"] == "telephone | (01632) 960 002 | Fr-Sa 18:00-02:00"
