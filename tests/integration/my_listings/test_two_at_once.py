"""Two people of one organisation at once: the second sees what both have written, and chooses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import delete

from directory.models.proposed_change import ProposedChange
from directory.reference.hours import today_in_london
from tests.accounts import make_account, signed_in
from tests.integration.my_listings.people import Place, fields_of, send_page, words_of

Fields = dict[str, list[str]]


@pytest.fixture
def other(place: Place) -> FlaskClient:
    """A second person of the organisation."""
    return signed_in(place.app, make_account(place.database, editor_of=[place.organisation_id]))


def opened(client: FlaskClient, place: Place, page: str) -> Fields:
    """What the form of a page holds as it is opened."""
    return fields_of(client.get(place.path(page)).text, f"/{page}")


def in_days(days: int) -> tuple[dict[str, str], str]:
    """(a day as it is typed, how the listing says it)."""
    day = today_in_london() + timedelta(days=days)
    typed = {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
    return typed, f"Closed until {day.day} {day:%B} {day.year}."


def waiting_list(place: Place) -> tuple[str, str]:
    cells = place.cells()
    return cells["waiting_list"], cells["waiting_weeks"]


def test_two_who_change_the_waiting_list_at_once_see_both_answers_and_the_second_chooses(
    place: Place, other: FlaskClient
) -> None:
    place.give_standing()
    form = opened(other, place, "waiting")
    send_page(place.owner, place.path("waiting"), waiting_list="open", waiting_weeks="12")
    clash = other.post(place.path("waiting"), data={**form, "waiting_list": "closed", "waiting_weeks": "30"})
    assert clash.status_code == 409
    said = words_of(clash.text)
    assert "Theirs: 12" in said and "Yours: 30" in said
    assert waiting_list(place) == ("open", "12")
    unsaid = other.post(place.path("waiting/choose"), data=fields_of(clash.text, "/choose"))
    assert unsaid.status_code == 400 and "Yours: 30" in words_of(unsaid.text)
    chosen = fields_of(unsaid.text, "/choose")
    answer = other.post(
        place.path("waiting/choose"),
        data={**chosen, "choose-waiting_list": "theirs", "choose-waiting_weeks": "mine"},
    )
    assert answer.status_code == 303
    assert waiting_list(place) == ("open", "30")
    assert place.cells()["waiting_as_at"] == today_in_london().isoformat()


def test_who_lets_the_other_answer_stand_sends_nothing(place: Place, other: FlaskClient) -> None:
    place.give_standing()
    form = opened(other, place, "waiting")
    send_page(place.owner, place.path("waiting"), waiting_list="open", waiting_weeks="12")
    clash = other.post(place.path("waiting"), data={**form, "waiting_list": "closed"})
    chosen = fields_of(clash.text, "/choose")
    chosen |= {"choose-waiting_list": ["theirs"], "choose-waiting_weeks": ["theirs"]}
    assert other.post(place.path("waiting/choose"), data=chosen).status_code == 303
    assert waiting_list(place) == ("open", "12") and len(place.changes("published")) == 1


def test_a_third_answer_meanwhile_is_shown_too(place: Place, other: FlaskClient) -> None:
    place.give_standing()
    form = opened(other, place, "waiting")
    send_page(place.owner, place.path("waiting"), waiting_weeks="12")
    clash = other.post(place.path("waiting"), data={**form, "waiting_weeks": "30"})
    send_page(place.owner, place.path("waiting"), waiting_weeks="20")
    chosen = {**fields_of(clash.text, "/choose"), "choose-waiting_weeks": "mine"}
    again = other.post(place.path("waiting/choose"), data=chosen)
    assert again.status_code == 409 and "Theirs: 20" in words_of(again.text)
    assert "Yours: 30" in words_of(again.text) and waiting_list(place)[1] == "20"


def test_what_a_colleague_has_just_sent_and_still_waits_is_shown_before_it_is_replaced(
    place: Place, other: FlaskClient
) -> None:
    form = opened(other, place, "waiting")
    send_page(place.owner, place.path("waiting"), waiting_list="open", waiting_weeks="12")
    clash = other.post(place.path("waiting"), data={**form, "waiting_list": "closed", "waiting_weeks": "30"})
    assert clash.status_code == 409 and "Theirs: 12" in words_of(clash.text)
    (waiting,) = place.changes("waiting")
    assert waiting.cells["waiting_weeks"] == "12"
    chosen = fields_of(clash.text, "/choose")
    answer = other.post(
        place.path("waiting/choose"),
        data={**chosen, "choose-waiting_list": "mine", "choose-waiting_weeks": "mine"},
    )
    assert answer.status_code == 303
    weeks = [one.cells["waiting_weeks"] for one in place.changes("waiting") if "waiting_weeks" in one.cells]
    assert weeks == ["30"]


def test_what_waited_when_the_page_was_opened_is_shown_there_and_gives_way_at_once(
    place: Place, other: FlaskClient
) -> None:
    send_page(place.owner, place.path("waiting"), waiting_list="open", waiting_weeks="12")
    assert "it waits for a second person" in words_of(other.get(place.path("waiting")).text)
    assert send_page(other, place.path("waiting"), waiting_weeks="30").status_code == 303
    weeks = [one.cells["waiting_weeks"] for one in place.changes("waiting") if "waiting_weeks" in one.cells]
    assert weeks == ["30"]


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_two_who_close_it_up_to_different_days_see_both_and_the_second_chooses(
    place: Place, other: FlaskClient, choice: str
) -> None:
    place.give_standing()
    first, second = opened(place.owner, place, "closed"), opened(other, place, "closed")
    (later, until_later), (sooner, until_sooner) = in_days(40), in_days(10)
    assert place.owner.post(place.path("closed"), data={**first, **later}).status_code == 303
    clash = other.post(place.path("closed"), data={**second, **sooner})
    assert clash.status_code == 409
    said = words_of(clash.text)
    assert f"Theirs: {until_later}" in said and f"Yours: {until_sooner}" in said
    assert place.cells()["waiting_note"] == until_later
    chosen = {**fields_of(clash.text, "/choose"), "choose-waiting_note": choice}
    assert other.post(place.path("closed/choose"), data=chosen).status_code == 303
    cells = place.cells()
    assert cells["status"] == "temporarily closed"
    assert cells["waiting_note"] == (until_sooner if choice == "mine" else until_later)


def test_who_opens_it_again_while_a_colleague_moves_the_day_sees_the_new_day_first(
    place: Place, other: FlaskClient
) -> None:
    place.give_standing()
    place.owner.post(place.path("closed"), data=in_days(10)[0])
    form = fields_of(other.get(place.path("closed")).text, "/open-again")
    later, until_later = in_days(40)
    assert send_page(place.owner, place.path("closed"), **later).status_code == 303
    shown = other.post(place.path("open-again"), data=form)
    assert shown.status_code == 409 and until_later in words_of(shown.text)
    assert place.cells()["status"] == "temporarily closed"
    assert other.post(place.path("open-again"), data=fields_of(shown.text, "/open-again")).status_code == 303
    assert place.cells()["status"] == "active"


def closed_already(place: Place) -> str:
    """Closed for now, by an organisation whose changes wait from now on; returns the words of the day."""
    typed, until = in_days(20)
    place.give_standing()
    place.owner.post(place.path("closed"), data=typed)
    with place.database.transaction() as session:
        session.execute(delete(ProposedChange))
    return until


def test_a_day_of_a_colleague_that_waits_is_shown_on_the_page_and_replaced_knowingly(
    place: Place, other: FlaskClient
) -> None:
    until = closed_already(place)
    later, until_later = in_days(40)
    assert place.owner.post(place.path("closed"), data=later).status_code == 303
    assert place.cells()["waiting_note"] == until
    page = other.get(place.path("closed")).text
    said = words_of(page)
    assert until_later in said and until in said and "takes the place of this" in said
    (button,) = html.document_fromstring(page).cssselect("button[form^=take-back]")
    assert html.document_fromstring(page).cssselect(f"form#{button.get('form')}")
    sooner, until_sooner = in_days(5)
    assert send_page(other, place.path("closed"), **sooner).status_code == 303
    assert [one.cells["waiting_note"] for one in place.changes("waiting")] == [until_sooner]


def test_who_opens_it_again_not_knowing_of_a_day_that_waits_is_shown_it_first(
    place: Place, other: FlaskClient
) -> None:
    closed_already(place)
    form = fields_of(other.get(place.path("closed")).text, "/open-again")
    later, until_later = in_days(40)
    place.owner.post(place.path("closed"), data=later)
    shown = other.post(place.path("open-again"), data=form)
    assert shown.status_code == 409
    as_it_is = html.document_fromstring(shown.text).get_element_by_id("as-it-is")
    assert until_later in as_it_is.text_content()


def test_words_of_a_colleague_that_wait_are_shown_before_a_day_takes_their_place(
    place: Place, other: FlaskClient
) -> None:
    form = opened(other, place, "closed")
    send_page(place.owner, place.path("edit/waiting"), waiting_note="Ask us.")
    place.owner.post(place.path("check"))
    typed, until = in_days(10)
    clash = other.post(place.path("closed"), data={**form, **typed})
    assert clash.status_code == 409
    assert "Theirs: Ask us." in words_of(clash.text) and f"Yours: {until}" in words_of(clash.text)
    assert [one.cells for one in place.changes("waiting")] == [{"waiting_note": "Ask us."}]


def test_words_beside_the_day_that_somebody_else_changed_are_kept(place: Place, other: FlaskClient) -> None:
    place.give_standing()
    form = opened(other, place, "closed")
    send_page(place.owner, place.path("edit/waiting"), waiting_note="Ask us.")
    place.owner.post(place.path("check"))
    typed, until = in_days(10)
    assert other.post(place.path("closed"), data={**form, **typed}).status_code == 303
    assert place.cells()["waiting_note"] == f"{until} Ask us."


def test_what_a_colleague_wrote_after_the_answers_were_checked_is_shown_before_it_is_sent(
    place: Place, other: FlaskClient
) -> None:
    send_page(place.owner, place.path("edit/what"), description="Talking, for adults.")
    checked = opened(place.owner, place, "check")
    send_page(other, place.path("edit/reach"), url="https://www.example.net")
    shown = place.owner.post(place.path("check"), data=checked)
    assert shown.status_code == 409 and place.changes("waiting") == []
    said = words_of(shown.text)
    assert "somebody else has written" in said and "New since you looked" in said
    assert said.count("New since you looked") == 1 and "https://www.example.net" in said
    for _press in range(2):
        sent = place.owner.post(place.path("check"), data=fields_of(shown.text, "/check"))
        assert sent.status_code == 303
    (waiting,) = place.changes("waiting", "draft")
    assert set(waiting.cells) == {"description", "url"}


def test_an_answer_that_a_colleague_took_out_is_named_before_the_rest_is_sent(
    place: Place, other: FlaskClient
) -> None:
    send_page(place.owner, place.path("edit/waiting"), waiting_note="Ask us.", capacity_per_year="50")
    checked = opened(place.owner, place, "check")
    send_page(other, place.path("edit/waiting"), waiting_note="")
    shown = place.owner.post(place.path("check"), data=checked)
    assert shown.status_code == 409 and "Not in it any more" in words_of(shown.text)


@pytest.mark.parametrize("seen", ["nonsense", "[]", "{}", '{"url": "\\u0000"}', "[" * 5000])
def test_a_page_that_says_nonsense_of_what_it_showed_is_shown_again(place: Place, seen: str) -> None:
    send_page(place.owner, place.path("edit/waiting"), waiting_note="Ask us.")
    assert place.owner.post(place.path("check"), data={"shown": seen}).status_code == 409
    assert place.changes("waiting") == []


@pytest.mark.parametrize("what", ["waiting", "closed"])
@pytest.mark.parametrize(
    "mine", ["", "nonsense", '{"waiting_note": "Born on 3 May 2014", "waiting_weeks": "many"}']
)
def test_a_choice_that_is_not_whole_is_answered_clearly_and_nothing_is_written(
    place: Place, what: str, mine: str
) -> None:
    before = place.cells()
    assert place.owner.post(
        place.path(f"{what}/choose"), data={"mine": mine, "theirs": "{}", "was": "{}"}
    ).status_code in {303, 400}
    assert place.cells() == before and place.changes("waiting") == []
