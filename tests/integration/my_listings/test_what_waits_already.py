"""An edit page says what already waits for each of its fields; a newer change takes its place, or it is taken back."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html

from directory.reference.hours import today_in_london
from directory.reference.working_days import working_days_between
from tests.accounts import make_account, signed_in
from tests.integration.my_listings.people import Place, fields_of, send_page, words_of


def ask(place: Place, number: str) -> None:
    """She asks for another telephone number, up to its being sent."""
    assert (
        send_page(place.owner, place.path("edit/reach"), **{"contact_routes-0-value": number}).status_code
        == 303
    )
    checked = place.owner.get(place.path("check"))
    assert place.owner.post(place.path("check"), data=fields_of(checked.text, "/check")).status_code == 303


def test_the_page_of_a_field_begins_from_what_waits_says_so_and_offers_to_take_it_back(place: Place) -> None:
    assert "waits for a second person" not in place.owner.get(place.path("edit/reach")).text
    ask(place, "01632 960222")
    page, today = place.owner.get(place.path("edit/reach")).text, today_in_london()
    words = words_of(page)
    assert fields_of(page)["contact_routes-0-value"] == ["01632 960222"]
    assert f"You sent this for “Ways to reach it” on {today.day} {today:%B %Y}; it waits" in words
    assert "Until then the listing says: Telephone: 01632 960001" in words
    assert "Leave it, and it goes on waiting." in words
    assert "waits for a second person" not in place.owner.get(place.path("edit/what")).text
    assert "Sent, and waits" in words_of(place.owner.get(place.path("edit")).text)
    tree = html.document_fromstring(page)
    (button,) = tree.cssselect("button[form]")
    (form,) = tree.cssselect(f"#{button.get('form')}")
    assert form.get("action").endswith("/withdraw")
    assert place.owner.post(form.get("action")).status_code == 303
    assert [one.state for one in place.changes("waiting", "withdrawn")] == ["withdrawn"]


def test_the_newer_one_takes_its_place_and_the_page_on_which_answers_are_checked_says_so(
    place: Place,
) -> None:
    ask(place, "01632 960222")
    send_page(place.owner, place.path("edit/reach"), **{"contact_routes-0-value": "01632 960333"})
    assert "It takes the place of your change that waits since" in place.owner.get(place.path("check")).text
    ask(place, "01632 960333")
    (older,), (newer,) = place.changes("withdrawn"), place.changes("waiting")
    assert "960222" in older.cells["contact_routes"] and "960333" in newer.cells["contact_routes"]
    mine = place.owner.get(f"/moderation/changes/{older.id}/mine").text
    assert "A newer change of the same field has taken its place." in mine and "was taken back" not in mine


def test_what_waits_is_built_upon_and_left_as_it_is_stays_the_one_change(place: Place) -> None:
    ask(place, "01632 960222")
    assert send_page(place.owner, place.path("edit/reach")).status_code == 303
    assert place.changes("draft") == []
    send_page(place.owner, place.path("edit/reach"), **{"contact_routes-0-note": "Ask for the team."})
    checked = place.owner.get(place.path("check"))
    place.owner.post(place.path("check"), data=fields_of(checked.text, "/check"))
    (change,) = place.changes("waiting")
    assert change.cells["contact_routes"].startswith("telephone | 01632 960222 |")
    assert change.cells["contact_routes"].endswith("| Ask for the team.")


def test_a_colleague_begins_from_it_too_and_reads_whose_side_sent_it(place: Place) -> None:
    ask(place, "01632 960222")
    account = make_account(place.database, title="administrator", editor_of=[place.organisation_id])
    page = signed_in(place.app, account).get(place.path("edit/reach")).text
    assert fields_of(page)["contact_routes-0-value"] == ["01632 960222"]
    assert "Your side (service manager) sent this" in words_of(page)


def test_what_is_written_since_stands_over_what_waits(place: Place) -> None:
    ask(place, "01632 960222")
    send_page(place.owner, place.path("edit/reach"), **{"contact_routes-0-value": "01632 960333"})
    page = place.owner.get(place.path("edit/reach")).text
    assert fields_of(page)["contact_routes-0-value"] == ["01632 960333"]
    assert "what you have written since and not sent yet" in words_of(page)


def test_written_back_to_what_is_listed_it_takes_back_what_waits(place: Place) -> None:
    ask(place, "01632 960222")
    send_page(place.owner, place.path("edit/reach"), **{"contact_routes-0-value": "01632 960001"})
    checked = place.owner.get(place.path("check"))
    assert "What you sent before waits no longer" in words_of(checked.text)
    sent = place.owner.post(
        place.path("check"), data=fields_of(checked.text, "/check"), follow_redirects=True
    )
    assert "What waited is taken back. The listing stays as it is." in words_of(sent.text)
    (change,) = place.changes("waiting", "withdrawn", "draft")
    assert (change.state, change.decided_words) == ("withdrawn", "")
    assert place.cells()["contact_routes"].startswith("telephone | 01632 960001")


def test_what_fits_only_with_what_waits_can_be_sent(place: Place) -> None:
    send_page(place.owner, place.path("edit/who"), groups=["G1", "G4"])
    place.owner.post(place.path("check"))
    send_page(place.owner, place.path("edit/offers"), support_types=["G4.6", "G1.1"])
    assert "There is a problem" not in words_of(place.owner.get(place.path("check")).text)
    assert place.owner.post(place.path("check")).status_code == 303
    assert sorted(name for one in place.changes("waiting") for name in one.cells) == [
        "groups",
        "support_types",
    ]


def test_the_short_form_of_the_waiting_list_begins_from_what_waits_too(place: Place) -> None:
    send_page(place.owner, place.path("waiting"), waiting_list="open", waiting_weeks="12")
    page = place.owner.get(place.path("waiting")).text
    assert fields_of(page)["waiting_weeks"] == ["12"] and "it waits for a second person" in words_of(page)
    assert send_page(place.owner, place.path("waiting"), waiting_weeks="14").status_code == 303
    asked = {name: cell for change in place.changes("waiting") for name, cell in change.cells.items()}
    assert (asked["waiting_list"], asked["waiting_weeks"]) == ("open", "14")


def test_what_a_moderator_asked_for_is_shown_and_cannot_be_taken_back(place: Place) -> None:
    moderator = make_account(place.database, title="moderator", roles=["moderator"])
    staff = signed_in(place.app, moderator)
    assert (
        send_page(staff, place.path("edit/reach"), **{"contact_routes-0-value": "01632 960444"}).status_code
        == 303
    )
    checked = staff.get(place.path("check"))
    assert staff.post(place.path("check"), data=fields_of(checked.text, "/check")).status_code == 303
    page = place.owner.get(place.path("edit/reach")).text
    assert "It was not sent by your side: moderator." in words_of(page) and 'form="take-back' not in page
    ask(place, "01632 960222")
    assert len(place.changes("waiting")) == 2
    second = signed_in(place.app, make_account(place.database, title="moderator", roles=["moderator"]))
    assert (
        words_of(second.get("/moderation").text).count(
            "Another change of the same field asks for something else"
        )
        == 2
    )
    number = place.changes("waiting")[0].id
    assert "Another change asks for something else" in second.get(f"/moderation/changes/{number}").text


def test_what_another_moderator_sent_has_no_button_that_leads_nowhere_and_stays(place: Place) -> None:
    first, second = (
        signed_in(place.app, make_account(place.database, title="moderator", roles=["moderator"]))
        for _each in range(2)
    )
    send_page(first, place.path("waiting"), waiting_list="open", waiting_weeks="12")
    waits = [one.cells for one in place.changes("waiting")]
    assert waits and 'form="take-back' in first.get(place.path("waiting")).text
    page = second.get(place.path("waiting")).text
    assert "waits for a second person" in words_of(page) and "take-back" not in page
    listed = place.cells()
    send_page(second, place.path("edit/waiting"), waiting_weeks=listed["waiting_weeks"])
    assert "What you sent before waits no longer" not in words_of(second.get(place.path("check")).text)
    second.post(place.path("check"), data=fields_of(second.get(place.path("check")).text, "/check"))
    assert [one.cells for one in place.changes("waiting")] == waits


def test_both_sides_see_how_long_it_has_waited_against_the_aim(place: Place) -> None:
    ask(place, "01632 960222")
    assert "within 2 working days" in words_of(place.owner.get("/my-listings").text)
    moderator = signed_in(place.app, make_account(place.database, roles=["moderator"]))
    assert "We aim to decide within 2 working days." in words_of(moderator.get("/moderation").text)
    assert "since today" in words_of(moderator.get("/moderation").text)


@pytest.mark.parametrize(
    ("since", "today", "days"),
    [
        ("2026-12-24", "2026-12-29", 1),  # Christmas Day, and Boxing Day moved to the Monday.
        ("2026-04-02", "2026-04-07", 1),  # Good Friday and Easter Monday.
        ("2026-05-01", "2026-05-05", 1),  # The first Monday in May.
        (
            "2026-08-28",
            "2026-09-01",
            1,
        ),  # The last Monday in August: a bank holiday here, and not in Scotland.
        ("2026-07-10", "2026-07-13", 1),  # 12 July is a holiday in Northern Ireland alone.
        ("2026-11-27", "2026-12-01", 2),  # 30 November is a holiday in Scotland alone.
    ],
)
def test_bank_holidays_of_england_and_wales_are_no_working_days(since: str, today: str, days: int) -> None:
    assert working_days_between(date.fromisoformat(since), date.fromisoformat(today)) == days
