"""Another organisation's listing is answered as if it were not there, on every page and to every button."""

from __future__ import annotations

import pytest

from tests.accounts import make_account, make_organisation, signed_in
from tests.integration.my_listings.people import Place, held, send_page

GETS = ("edit", "edit/what", "edit/reach", "check", "waiting", "closed", "cells", "history")
POSTS = (
    "edit/what",
    "edit/what/choose",
    "edit/throw-away",
    "check",
    "check/choose",
    "waiting",
    "closed",
    "open-again",
)


@pytest.fixture
def stranger(place: Place) -> int:
    return make_account(place.database, owner_of=[make_organisation(place.database, "Example Other")])


def test_a_member_of_another_organisation_gets_404_everywhere(place: Place, stranger: int) -> None:
    client = signed_in(place.app, stranger)
    send_page(place.owner, place.path("edit/waiting"), waiting_note="About a month.")
    place.owner.post(place.path("check"))
    (change,) = place.changes("waiting")
    place.owner.post(f"/my-listings/{place.organisation_id}/new")
    (draft,) = place.changes("draft")
    before = place.cells()
    found = {path: client.get(place.path(path)).status_code for path in GETS}
    found |= {f"post {path}": client.post(place.path(path)).status_code for path in POSTS}
    for path in (
        "new",
        f"new/{draft.id}",
        f"new/{draft.id}/what",
        f"new/{draft.id}/check",
        f"new/{draft.id}/evidence",
    ):
        at = f"/my-listings/{place.organisation_id}/new" if path == "new" else f"/my-listings/{path}"
        found[path] = client.get(at).status_code
        found[f"post {path}"] = client.post(at, data={"organisation": place.organisation_id}).status_code
    for act in ("withdraw", "again"):
        found[act] = client.post(f"/my-listings/changes/{change.id}/{act}").status_code
    found["confirm"] = client.post("/my-listings/confirm", data={"id": place.service_id}).status_code
    found["of it"] = client.get(f"/my-listings?organisation={place.organisation_id}").status_code
    assert {path: code for path, code in found.items() if code != 404} == {f"post new/{draft.id}": 405}
    assert place.cells() == before
    assert [one.state for one in place.changes()] == ["waiting", "draft"]


def test_a_listing_of_theirs_does_not_open_another_ones_beside_it(place: Place, stranger: int) -> None:
    client = signed_in(place.app, stranger)
    answer = client.post("/my-listings/confirm", data={"id": [place.service_id, "²", "-1"]})
    assert answer.status_code == 404
    assert place.cells()["last_confirmed"] == ""


@pytest.mark.parametrize(("roles", "second_factor", "code"), [
    (["commissioner"], True, 403), (["moderator"], False, 403), (["moderator"], True, 200),
    (["administrator"], True, 200),
])  # fmt: skip
def test_staff_may_open_any_and_a_commissioner_none(
    place: Place, roles: list[str], second_factor: bool, code: int
) -> None:
    who = make_account(place.database, roles=roles)
    client = signed_in(place.app, who, second_factor=second_factor)
    assert {client.get(place.path(path)).status_code for path in GETS if path != "check"} == {code}


def test_what_staff_write_stays_apart_from_what_the_organisation_writes(place: Place) -> None:
    staff = signed_in(place.app, make_account(place.database, roles=["moderator"]))
    send_page(staff, place.path("edit/waiting"), waiting_note="Theirs.")
    assert "Theirs." not in place.owner.get(place.path("edit/waiting")).text
    send_page(place.owner, place.path("edit/waiting"), waiting_note="Ours.")
    assert {one.source: one.cells for one in place.changes("draft")} == {
        "moderator": {"waiting_note": "Theirs."},
        "form": {"waiting_note": "Ours."},
    }


def test_somebody_who_has_left_sees_it_no_more(place: Place) -> None:
    from sqlalchemy import update

    from directory.models.membership import Membership
    from directory.reference.hours import now_utc

    with place.database.transaction() as session:
        session.execute(update(Membership).values(ended_at=now_utc()))
    assert place.owner.get(place.path("edit")).status_code == 403
    assert held(place) == {}
