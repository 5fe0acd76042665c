"""The kinds of support of the groups that a listing is for stand first; the others are folded, and nothing is lost."""

from __future__ import annotations

from lxml import html

from tests.integration.my_listings.people import Place, fields_of, held, send_page


def folded(page: str) -> set[str]:
    """The kinds of support that stand behind a closed heading."""
    return {
        box.get("value")
        for box in html.document_fromstring(page).cssselect("details:not([open]) input[name=support_types]")
    }


def all_kinds(page: str) -> set[str]:
    return {box.get("value") for box in html.document_fromstring(page).cssselect("input[name=support_types]")}


def test_only_those_of_its_groups_are_open_and_no_kind_is_missing(place: Place) -> None:
    page = place.owner.get(place.path("edit/offers")).text
    assert len(all_kinds(page)) == 75
    assert {code.split(".")[0] for code in all_kinds(page) - folded(page)} == {"G4"}
    assert "Support for other groups" in page


def test_a_group_added_on_the_other_page_is_open_at_once(place: Place) -> None:
    send_page(place.owner, place.path("edit/who"), groups=["G1", "G4"])
    page = place.owner.get(place.path("edit/offers")).text
    assert {code.split(".")[0] for code in all_kinds(page) - folded(page)} == {"G1", "G4"}


def test_what_is_chosen_is_never_folded_and_what_is_folded_can_be_chosen(place: Place) -> None:
    answer = send_page(place.owner, place.path("edit/offers"), support_types=["G4.6", "G9.1"])
    assert answer.status_code == 303 and held(place)["support_types"] == "G4.6;G9.1"
    page = place.owner.get(place.path("edit/offers")).text
    assert {code.split(".")[0] for code in all_kinds(page) - folded(page)} == {"G4", "G9"}
    assert fields_of(page)["support_types"] == ["G4.6", "G9.1"]


def test_with_nobody_named_yet_nothing_is_folded(place: Place) -> None:
    at = place.owner.post(f"/my-listings/{place.organisation_id}/new").location
    page = place.owner.get(f"{at}/offers").text
    assert len(all_kinds(page)) == 75 and not folded(page)
