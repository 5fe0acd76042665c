"""A commissioner's areas are what an administrator gave: nothing that she sends with a form makes them wider."""

from __future__ import annotations

from sqlalchemy import select

from directory.db import Database
from directory.models.account import Account
from directory.models.membership import AreaGrant
from directory.reference.hours import now_utc
from tests.accounts import make_account, signed_in
from tests.integration.people.doing import Doing
from tests.integration.security.records import HERE
from tests.integration.security.roles import World, rules, world

__all__ = ["world"]

ELSEWHERE = "E08000035"
SLIPPED_IN = {
    "areas": ELSEWHERE, "area_codes": ELSEWHERE, "area_code": ELSEWHERE, "area": ELSEWHERE, "role": "administrator",
    "roles": "administrator", "kind": "administrator", "account_id": "1", "is_command": "1",
    "title": "commissioning manager", "email": "c@example.org", "state": "partly",
}  # fmt: skip


def grants(database: Database) -> list[tuple[int, str]]:
    with database.reading() as session:
        found = session.execute(select(AreaGrant.account_id, AreaGrant.area_code)).all()
        return sorted((number, code) for number, code in found)


def test_no_form_of_the_site_makes_her_areas_wider(world: World) -> None:
    world.anew()
    database: Database = world.app.extensions["database"]
    before, sent = grants(database), 0
    assert HERE in {code for _number, code in before}
    for rule in rules(world.app, "POST"):
        answer = world.browser("commissioner").post(world.address(rule), data=SLIPPED_IN)
        assert answer.status_code < 500, rule.endpoint
        assert grants(database) == before, rule.endpoint
        sent += 1
    assert sent > 50


def test_her_statement_is_for_the_area_in_the_address_and_no_other(world: World) -> None:
    world.anew()
    browser = world.browser("commissioner")
    for path in (f"/statements/{ELSEWHERE}", f"/statements/{ELSEWHERE}/G4.6"):
        assert browser.get(path).status_code in {403, 404}
        assert browser.post(path, data=SLIPPED_IN).status_code in {403, 404, 405}


def test_an_invitation_gives_the_areas_it_was_made_for(world: World) -> None:
    world.anew()
    database: Database = world.app.extensions["database"]
    doing = Doing(database)
    token = doing.invite("plans@example.org", "commissioner", None, HERE, now=now_utc()).token
    client = world.browser("visitor")
    answer = client.post(f"/invitations/{token}", data=SLIPPED_IN)
    assert answer.status_code == 303
    with database.reading() as session:
        account = session.scalars(select(Account).where(Account.email == "plans@example.org")).one()
        assert [role.name for role in account.roles] == ["commissioner"]
        assert [code for number, code in grants(database) if number == account.id] == [HERE]
    own = signed_in(world.app, make_account(database, roles=["commissioner"], areas=[HERE]))
    assert own.post("/account/administration/1/areas", data={"areas": ELSEWHERE}).status_code == 403
