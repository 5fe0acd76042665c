"""An organisation that is not listed yet: a moderator names it and invites its first owner."""

from __future__ import annotations

import pytest

from tests.accounts import make_account, signed_in
from tests.integration.people.conftest import Places

PATH = "/moderation/organisations/new"


def test_a_moderator_invites_an_organisation_that_is_not_there_yet(places: Places) -> None:
    staff = signed_in(places.app, make_account(places.database, roles=["moderator"]))
    assert PATH in staff.get("/moderation").text
    asked = {"name": " Example  Charity ", "email": "manager@example.org"}
    answer = staff.post(PATH, data=asked)
    assert answer.status_code == 303
    people = staff.get(answer.location).text
    assert "Example Charity" in people and "manager@example.org" in people
    # Asked again before it lists anything, it is the same organisation, and the newer link counts.
    again = staff.post(PATH, data=asked | {"name": "EXAMPLE CHARITY"})
    assert (again.status_code, again.location) == (303, answer.location)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"name": "", "email": "manager@example.org"}, "Write the organisation"),
        ({"name": "   ", "email": "manager@example.org"}, "Write the organisation"),
        ({"name": "a" * 201, "email": "manager@example.org"}, "Write the organisation"),
        ({"name": "Example Charity", "email": "nobody"}, "e-mail address"),
        ({"name": "Example \u202eytirahC", "email": "manager@example.org"}, "cannot be seen (U+202E)"),
        ({"name": "=1+1", "email": "manager@example.org"}, "as a formula"),
        ({"name": "+44 help", "email": "manager@example.org"}, "as a formula"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    places: Places, asked: dict[str, str], words: str
) -> None:
    staff = signed_in(places.app, make_account(places.database, roles=["moderator"]))
    answer = staff.post(PATH, data=asked)
    assert answer.status_code == 400 and words in answer.text
    assert asked["email"] in answer.text


def test_owners_of_others_invite_no_organisation(places: Places) -> None:
    owner = signed_in(places.app, places.other_account)
    assert owner.post(PATH, data={"name": "Example", "email": "a@example.org"}).status_code == 403
