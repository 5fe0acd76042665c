"""The pages: what a link's reader sees, another organisation's owner, and fields that nobody asked for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from directory.actions.accounts.invite import ToInvite, invite
from directory.actions.accounts.members import end_membership
from directory.actions.accounts.standing import THE_COMMAND
from directory.actions.sign_in.links import TWO_TAPS
from directory.models.membership import Invitation
from directory.queries.manage_requests import waiting_requests
from directory.reference.hours import now_utc
from tests.accounts import make_account, signed_in
from tests.integration.people.conftest import Places
from tests.integration.people.doing import Doing, link, newest_token


def _invite(places: Places, email: str, kind: str, organisation_id: int | None = None) -> str:
    with places.database.transaction() as session:
        asked = ToInvite(email, kind, organisation_id, ())
        return invite(session, asked, link, by=THE_COMMAND, now=now_utc()).token


def test_opening_a_link_changes_nothing_and_accepting_leads_to_signing_in(places: Places) -> None:
    token = _invite(places, "new@example.org", "editor", places.hers)
    visitor, doing = places.app.test_client(), Doing(places.database)
    for _ in range(3):
        shown = visitor.get(f"/invitations/{token}")
        assert shown.status_code == 200 and "Set-Cookie" not in shown.headers
        assert visitor.head(f"/invitations/{token}").status_code == 200
    assert doing.account("new@example.org") is None
    answer = visitor.post(f"/invitations/{token}", data={"title": "service manager"})
    assert (answer.status_code, answer.location) == (303, f"/account/sign-in?next=/invitations/{token}")
    assert doing.account("new@example.org") is not None
    assert visitor.get(f"/invitations/{token}").status_code == 410


def test_a_second_tap_on_an_invitation_is_answered_as_the_first(places: Places) -> None:
    visitor = places.app.test_client()
    token = _invite(places, "new@example.org", "editor", places.hers)
    assert 'data-prevent-double-click="true"' in visitor.get(f"/invitations/{token}").text
    answers = [visitor.post(f"/invitations/{token}", data={"title": "manager"}) for _tap in range(2)]
    assert [(each.status_code, each.location) for each in answers] == [
        (303, f"/account/sign-in?next=/invitations/{token}")
    ] * 2
    with places.database.transaction() as session:
        session.execute(update(Invitation).values(used_at=now_utc() - TWO_TAPS))
    assert visitor.post(f"/invitations/{token}", data={"title": "manager"}).status_code == 410


def test_accepting_answers_alike_for_an_address_that_has_an_account(places: Places) -> None:
    make_account(places.database, email="known@example.org")
    answers = []
    for email in ("known@example.org", "unknown@example.org"):
        token = _invite(places, email, "editor", places.hers)
        shown = places.app.test_client().get(f"/invitations/{token}").text.replace(email, "")
        answer = places.app.test_client().post(f"/invitations/{token}", data={"title": "manager"})
        text = answer.text.replace(token, "")
        answers.append((shown.split("<main")[1].replace(token, ""), answer.status_code, text))
    assert answers[0] == answers[1]


def test_the_holder_of_an_account_accepts_when_signed_in_and_nobody_else_does(places: Places) -> None:
    known = make_account(places.database, email="known@example.org")
    token = _invite(places, "known@example.org", "editor", places.hers)
    other = signed_in(places.app, places.other_account)
    assert "another address" in other.get(f"/invitations/{token}").text
    assert other.post(f"/invitations/{token}").status_code == 403
    hers = signed_in(places.app, known)
    answer = hers.post(f"/invitations/{token}")
    assert (answer.status_code, answer.location) == (303, "/my-listings")
    assert hers.get(f"/invitations/{token}").location == "/my-listings"
    assert hers.post(f"/invitations/{token}").location == "/my-listings"
    assert other.get(f"/invitations/{token}").status_code == 410


@pytest.mark.parametrize("token", ["x", "..", "%00", "a" * 3000, "%F0%9F%98%80"])
def test_any_other_link_gets_one_page(places: Places, token: str) -> None:
    visitor = places.app.test_client()
    for answer in (visitor.get(f"/invitations/{token}"), visitor.post(f"/invitations/{token}")):
        assert answer.status_code in {404, 410}
        assert "<h1" in answer.text


def test_fields_that_the_form_does_not_have_change_nothing(places: Places) -> None:
    token = _invite(places, "new@example.org", "editor", places.hers)
    extra = {
        "title": "service manager", "kind": "owner", "email": "else@example.org", "roles": "administrator",
        "organisation_id": str(places.other), "is_contact": "1", "active": "0", "account_id": "1",
    }  # fmt: skip
    places.app.test_client().post(f"/invitations/{token}", data=extra)
    doing = Doing(places.database)
    assert doing.account("else@example.org") is None
    account = doing.account("new@example.org")
    assert account is not None and account.active and account.roles == []
    (member,) = [one for one in doing.people(places.hers).members if one.email == "new@example.org"]
    assert (member.kind, member.is_contact) == ("editor", False)
    owner = signed_in(places.app, places.her_account)
    path = f"/organisations/{places.hers}/people"
    owner.post(path, data={"email": "b@example.org", "kind": "editor", "organisation_id": str(places.other)})
    assert doing.people(places.other, now_utc()).invitations == ()
    assert len(doing.people(places.hers, now_utc()).invitations) == 1
    assert owner.post(path, data={"email": "c@example.org", "kind": "moderator"}).status_code == 400


def test_staff_show_a_problem_by_the_password_and_nothing_typed_is_lost(places: Places) -> None:
    token = _invite(places, "new@example.org", "moderator")
    answer = places.app.test_client().post(f"/invitations/{token}", data={"title": "data officer"})
    assert answer.status_code == 400
    assert "Choose a password" in answer.text and 'value="data officer"' in answer.text
    long = {"title": "data officer", "password": "four words of lunch"}
    assert places.app.test_client().post(f"/invitations/{token}", data=long).status_code == 303


def _paths(places: Places, member: int) -> list[tuple[str, str]]:
    base = f"/organisations/{places.hers}/people"
    return [
        ("GET", base),
        ("POST", base),
        ("GET", f"{base}/{member}/end"),
        ("POST", f"{base}/{member}/end"),
        ("POST", f"{base}/{member}/make-owner"),
        ("POST", f"{base}/contact"),
        ("POST", f"{base}/invitations/1/withdraw"),
        ("GET", f"{base}/replace-owner"),
        ("POST", f"{base}/replace-owner"),
    ]


def test_another_organisations_owner_is_refused_everywhere(places: Places) -> None:
    doing = Doing(places.database)
    before = doing.people(places.hers)
    stranger = signed_in(places.app, places.other_account)
    number = doing.membership(places.her_account, places.hers)
    for method, path in _paths(places, number):
        answer = stranger.open(
            path, method=method, data={"email": "x@example.org", "kind": "owner", "contact": "0"}
        )
        assert answer.status_code in {403, 404}, path
    base = f"/organisations/{places.other}/people"
    for path in (f"{base}/{number}/end", f"{base}/{number}/make-owner"):
        assert stranger.post(path).status_code == 404
    assert doing.people(places.hers) == before


def test_an_editor_sees_no_addresses_and_changes_nobody(places: Places) -> None:
    editor_account = make_account(places.database, email="editor@example.org", editor_of=[places.hers])
    doing, editor = Doing(places.database), signed_in(places.app, editor_account)
    page = editor.get(f"/organisations/{places.hers}/people")
    assert page.status_code == 200
    assert "editor@example.org" in page.text and "info@example.org" not in page.text
    owner = doing.membership(places.her_account, places.hers)
    base = f"/organisations/{places.hers}/people"
    for path in (base, f"{base}/{owner}/end", f"{base}/{owner}/make-owner", f"{base}/contact"):
        assert editor.post(path, data={"email": "x@example.org", "kind": "owner"}).status_code == 403
    own = doing.membership(editor_account, places.hers)
    assert "Leave" in editor.get(f"{base}/{own}/end").text
    assert editor.post(f"{base}/{own}/end").status_code == 303
    assert editor.get(base).status_code == 403


def test_an_owner_invites_warns_herself_kindly_takes_back_and_deputises(places: Places) -> None:
    editor_account = make_account(places.database, email="editor@example.org", editor_of=[places.hers])
    doing, owner = Doing(places.database), signed_in(places.app, places.her_account)
    base = f"/organisations/{places.hers}/people"
    answer = owner.post(base, data={"email": "Anna.Example@example.org", "kind": "editor"})
    assert answer.location.endswith("done=invited-personal")
    assert "one person’s own address" in owner.get(answer.location).text
    (invitation,) = doing.people(places.hers, now_utc()).invitations
    owner.post(f"{base}/invitations/{invitation.invitation_id}/withdraw")
    assert doing.people(places.hers, now_utc()).invitations == ()
    number = doing.membership(editor_account, places.hers)
    assert owner.post(f"{base}/{number}/make-owner").status_code == 303
    number = doing.membership(editor_account, places.hers)
    assert owner.post(f"{base}/contact", data={"contact": str(number)}).status_code == 303
    assert owner.post(f"{base}/contact", data={"contact": "no"}).status_code == 400
    assert [member.is_contact for member in doing.people(places.hers).members] == [False, True]
    asked = owner.post(f"{base}/{number}/end")
    assert asked.status_code == 303 and asked.location.endswith("done=asked")
    with places.database.transaction() as session:
        end_membership(session, number, places.hers, by=THE_COMMAND, now=now_utc())
    own = doing.membership(places.her_account, places.hers)
    refused = owner.post(f"{base}/{own}/end")
    assert refused.status_code == 400 and "needs an owner" in refused.text


def test_a_visitor_asks_to_manage_and_a_moderator_decides(places: Places) -> None:
    visitor = places.app.test_client()
    path = f"/services/{places.her_listing}/manage"
    assert path in visitor.get(f"/services/{places.her_listing}").text
    shown = visitor.get(path)
    assert "Don’t tell us about a child or yourself here" in shown.text and "999" in shown.text
    wrong = visitor.post(path, data={"title": "", "email": "nothing", "words": "Ask reception."})
    assert wrong.status_code == 400 and "Ask reception." in wrong.text
    sent = visitor.post(
        path, data={"title": "manager", "email": "new@example.org", "words": "", "state": "approved"}
    )
    assert sent.status_code == 303 and "Thank you" in visitor.get(sent.location).text
    moderator = signed_in(places.app, make_account(places.database, roles=["moderator"]))
    with places.database.reading() as session:
        (request,) = waiting_requests(session)
    assert "1 request" in moderator.get("/moderation/requests").text
    page = moderator.get(f"/moderation/requests/{request.request_id}")
    assert "01632 960001" in page.text and "new@example.org" in page.text
    approve = f"/moderation/requests/{request.request_id}/approve"
    assert moderator.post(approve, data={"spoke_to": "centre manager"}).status_code == 400
    done = moderator.post(approve, data={"channel": "telephone 01632 960001", "spoke_to": "centre manager"})
    assert (done.status_code, done.location) == (303, "/moderation/requests?done=approved")
    token = newest_token(places.database)
    assert (
        places.app.test_client().post(f"/invitations/{token}", data={"title": "manager"}).status_code == 303
    )
    assert len(Doing(places.database).people(places.hers).members) == 2
    assert places.app.test_client().get("/services/999999/manage").status_code == 404


def test_a_refusal_needs_its_reason(places: Places) -> None:
    visitor = places.app.test_client()
    visitor.post(
        f"/services/{places.her_listing}/manage", data={"title": "manager", "email": "new@example.org"}
    )
    moderator = signed_in(places.app, make_account(places.database, roles=["moderator"]))
    assert moderator.post("/moderation/requests/1/refuse", data={"reason": ""}).status_code == 400
    done = moderator.post("/moderation/requests/1/refuse", data={"reason": "Nobody there knows of it."})
    assert done.status_code == 303
    assert moderator.get("/moderation/requests/1").status_code == 303
    assert moderator.get("/moderation/requests/77").status_code == 404


def test_an_administrator_looks_after_accounts(places: Places) -> None:
    number = make_account(places.database, email="admin@example.org", roles=["administrator"])
    speaks = make_account(places.database, email="c@example.org", roles=["commissioner"], areas=["E06000031"])
    admin = signed_in(places.app, number)
    base = "/account/administration"
    assert "c@example.org" in admin.get(base).text
    asked = {"email": "m@example.org", "kind": "commissioner", "areas": "E06000031 nowhere"}
    assert admin.post(base, data=asked).status_code == 400
    assert admin.post(base, data=asked | {"areas": "E06000031, E10000003"}).status_code == 303
    assert admin.post(f"{base}/invitations/1/withdraw").status_code == 303
    assert admin.post(f"{base}/{speaks}/areas", data={"areas": ""}).status_code == 400
    assert admin.post(f"{base}/{speaks}/areas", data={"areas": "E10000003"}).status_code == 303
    assert 'value="E10000003"' in admin.get(f"{base}/{speaks}").text
    assert admin.post(f"{base}/{speaks}/end-role", data={"role": "commissioner"}).status_code == 303
    assert admin.post(f"{base}/{speaks}/close").status_code == 303
    assert "Open the account" in admin.get(f"{base}/{speaks}").text
    assert admin.post(f"{base}/{speaks}/open").status_code == 303
    for path, data in (("close", {}), ("end-role", {"role": "administrator"})):
        refused = admin.post(f"{base}/{number}/{path}", data=data)
        assert refused.status_code == 400 and "Nobody else is an administrator" in refused.text
    assert admin.get(f"{base}/9999").status_code == 404


@pytest.mark.parametrize(
    "path", ["/account/administration", "/account/administration/1", "/moderation/requests"]
)
def test_others_do_not_reach_the_pages_of_staff(places: Places, path: str) -> None:
    assert signed_in(places.app, places.her_account).get(path).status_code == 403
    moderator = make_account(places.database, roles=["moderator"])
    without = signed_in(places.app, moderator, second_factor=False).get(path)
    assert without.status_code == (303 if "moderation" in path else 403)
    assert places.app.test_client().get(path).status_code == 303


def test_staff_who_gave_no_second_factor_see_no_organisations_people(places: Places) -> None:
    moderator = make_account(places.database, roles=["moderator"])
    path = f"/organisations/{places.hers}/people"
    assert signed_in(places.app, moderator, second_factor=False).get(path).status_code == 403
    assert signed_in(places.app, moderator).get(path).status_code == 200


def test_people_say_what_they_are_and_ask_for_another_address(places: Places) -> None:
    owner: FlaskClient = signed_in(places.app, places.her_account)
    assert owner.post("/account/title", data={"title": "me@example.org"}).status_code == 400
    assert owner.post("/account/title", data={"title": "centre manager", "roles": "x"}).status_code == 303
    assert 'value="centre manager"' in owner.get("/account/title").text
    for email in ("new@example.org", "office@example.com"):
        answer = owner.post("/account/email", data={"email": email})
        assert (answer.status_code, answer.location) == (303, "/account/email?done=asked")
    assert owner.post("/account/email", data={"email": "info@example.org"}).status_code == 400
    account = Doing(places.database).account("info@example.org")
    assert account is not None and now_utc() - account.made_at < timedelta(minutes=5)
