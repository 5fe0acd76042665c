"""A link in a mail begins with the site's own address, whatever a request says of it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask

from directory.actions.accounts.ask import ask_to_change_email
from directory.app import create_app
from directory.queries.manage_requests import waiting_requests
from tests.accounts import make_account, signed_in
from tests.integration.people.conftest import Places
from tests.integration.people.doing import NOW, Doing, as_role

SITE = "https://support.example.org"


def _site(places: Places, site_url: str) -> Flask:
    return create_app(replace(places.app.config["SETTINGS"], site_url=site_url))


def _addresses(places: Places) -> set[str]:
    bodies = "\n".join(str(mail.body) for mail in Doing(places.database).mails())
    return {found[1] for found in re.finditer(r"(https?://[^/\s]+)", bodies)}


def _ask_for_another_address(places: Places) -> int:
    with places.database.transaction() as session:
        by = as_role(account_id=places.her_account)
        ask_to_change_email(session, "new@example.org", "", by=by, now=NOW)
    with places.database.reading() as session:
        return waiting_requests(session)[0].request_id


def _ask_in(app: Flask, places: Places) -> list[int]:
    """Every page by which a mail with a link is written, asked under another name and port. Returns the answers."""
    admin = signed_in(app, make_account(places.database, roles=["administrator", "moderator"]))
    owner = signed_in(app, places.her_account)
    request = _ask_for_another_address(places)
    checked = {"channel": "telephone 01632 960001", "spoke_to": "centre manager"}
    posts = (
        (owner, f"/organisations/{places.hers}/people", {"email": "e@example.org", "kind": "editor"}),
        (admin, "/account/administration", {"email": "m@example.org", "kind": "moderator"}),
        (admin, "/moderation/organisations/new", {"name": "Example C", "email": "c@example.org"}),
        (admin, f"/moderation/requests/{request}/approve", checked),
    )
    answers = [client.post(path, data=data, base_url="http://localhost:8080") for client, path, data in posts]
    for answer in answers:
        assert answer.status_code == 303 or "SITE_URL" in answer.text
    return [answer.status_code for answer in answers]


def test_links_begin_with_the_sites_address(places: Places) -> None:
    assert _ask_in(_site(places, SITE), places) == [303] * 4
    assert _addresses(places) == {SITE}
    links = [mail for mail in Doing(places.database).mails() if f"{SITE}/" in str(mail.body)]
    assert len(links) == 4


def test_a_site_that_does_not_know_its_address_invites_nobody_and_says_what_to_set(places: Places) -> None:
    assert _ask_in(_site(places, ""), places) == [400] * 4
    assert _addresses(places) == set()
    assert Doing(places.database).people(places.hers, NOW).invitations == ()


@pytest.mark.parametrize(
    ("site_url", "more", "begins"),
    [
        (SITE, (), f"{SITE}/invitations/"),
        (SITE, ("--site", "https://other.example.org/"), "https://other.example.org/invitations/"),
        ("", (), "Set SITE_URL"),
    ],
)
def test_the_command_uses_the_sites_address(
    places: Places, site_url: str, more: tuple[str, ...], begins: str
) -> None:
    runner = _site(places, site_url).test_cli_runner()
    done = runner.invoke(args=["accounts", "invite", "a@example.org", "--as", "administrator", *more])
    assert begins in done.output
    assert (done.exit_code == 0) is bool(site_url)
