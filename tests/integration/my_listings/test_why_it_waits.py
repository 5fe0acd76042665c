"""The page before sending says of each answer why it waits, and never a reason that is not so."""

from __future__ import annotations

from directory.actions.changes.rules import EDITABLE
from directory.web.my_listings.why_it_waits import Changed, why_it_waits
from tests.accounts import make_account, signed_in
from tests.integration.my_listings.people import Place, send_page, words_of

FIRST = "Your first changes are looked at before they are published."


def told(place: Place) -> str:
    return words_of(place.owner.get(place.path("check")).text)


def test_first_changes_are_called_so_only_until_one_was_approved(place: Place) -> None:
    send_page(place.owner, place.path("edit/referred"), referral_note="Write to us.")
    assert FIRST in told(place)
    place.give_standing()
    assert FIRST not in told(place) and "Published at once" in told(place)


def test_a_small_fact_that_fits_only_with_the_rest_says_that_it_waits_with_it(place: Place) -> None:
    place.give_standing()
    with place.app.test_request_context():
        changed = Changed({"cost_note": "x", "name": "y"}, {}, frozenset(), standing=True, is_own=True)
        assert "only together with the rest" in why_it_waits("cost_note", changed)
        assert why_it_waits("name", changed) == "A second person looks at it before anybody else sees it."


def test_the_end_of_a_service_and_a_number_among_words_have_reasons_of_their_own(place: Place) -> None:
    place.give_standing()
    send_page(place.owner, place.path("edit/what"), status="defunct")
    send_page(place.owner, place.path("edit/referred"), referral_note="Ring 01632 960999.")
    words = told(place)
    assert "Whether a service runs is looked at by a second person first." in words
    assert "It holds a number or an address" in words and FIRST not in words


def test_staff_are_not_told_of_their_own_first_changes(place: Place) -> None:
    staff = signed_in(place.app, make_account(place.database, roles=["moderator"]))
    send_page(staff, place.path("edit/referred"), referral_note="Write to us.")
    words = words_of(staff.get(place.path("check")).text)
    assert FIRST not in words and "No change that this organisation sent has been approved yet" in words


def test_every_column_that_waits_has_a_reason(place: Place) -> None:
    with place.app.test_request_context():
        for standing in (True, False):
            changed = Changed(dict.fromkeys(EDITABLE, "x"), {}, frozenset(), standing=standing, is_own=True)
            assert all(why_it_waits(name, changed) for name in EDITABLE)
