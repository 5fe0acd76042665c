"""Opening hours are typed in plain words, stored in the notation, and read back in words before they are sent."""

from __future__ import annotations

import pytest
from lxml import html

from tests.integration.my_listings.people import Place, fields_of, held, send_page, words_of

BOX = "contact_routes-0-hours"


def test_the_box_holds_words_and_left_as_it_is_changes_nothing(place: Place) -> None:
    page = place.owner.get(place.path("edit/reach")).text
    assert fields_of(page)[BOX] == ["Monday to Friday 9am to 5pm"]
    assert send_page(place.owner, place.path("edit/reach")).status_code == 303
    assert held(place) == {}


def test_words_are_stored_in_the_notation_and_read_back_on_the_page_before_sending(place: Place) -> None:
    answer = send_page(
        place.owner, place.path("edit/reach"), **{BOX: "Mon–Thurs 9-5, Fri 9-4; shut bank holidays"}
    )
    assert answer.status_code == 303
    assert held(place)["contact_routes"].endswith("| Mo-Th 09:00-17:00; Fr 09:00-16:00; PH off")
    told = words_of(place.owner.get(place.path("check")).text)
    assert "Monday to Thursday 9am to 5pm; Friday 9am to 4pm; bank holidays closed" in told
    assert "as we understood them" in told


def test_the_notation_itself_is_still_taken(place: Place) -> None:
    send_page(place.owner, place.path("edit/reach"), **{BOX: "Mo[1] 10:00-12:00"})
    assert held(place)["contact_routes"].endswith("| Mo[1] 10:00-12:00")


def test_a_note_that_changes_says_nothing_of_hours(place: Place) -> None:
    send_page(place.owner, place.path("edit/reach"), **{"contact_routes-0-note": "Ask for the team."})
    assert "as we understood them" not in words_of(place.owner.get(place.path("check")).text)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("9-5", "Say on which days."),
        ("Mondays", "Say from when to when"),
        ("Monday 7-9", "We cannot tell morning from evening in ‘7 to 9’. Write am or pm."),
        ("by appointment", "We do not understand ‘by’ as hours."),
        ("Monday 9am to teatime", "We do not understand these hours."),
        ("Monday to Friday to Sunday 9-5", "We do not understand these hours."),
        ("<b>Monday</b>", "We do not understand ‘<’ as hours."),
    ],
)
def test_what_is_not_understood_is_told_by_the_box_with_an_example_and_kept(
    place: Place, typed: str, says: str
) -> None:
    answer = send_page(place.owner, place.path("edit/reach"), **{BOX: typed})
    assert answer.status_code == 400 and held(place) == {}
    (box,) = html.document_fromstring(answer.text).cssselect(f"[name={BOX}]")
    assert box.get("value") == typed
    (error,) = html.document_fromstring(answer.text).cssselect(f"#{box.get('id')}-error")
    assert says in error.text_content() and "For example: Monday to Friday 9am to 5pm" in error.text_content()
