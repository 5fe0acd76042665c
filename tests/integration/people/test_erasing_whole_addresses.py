"""Erasing takes the whole address wherever it stands, and nothing that only looks like it."""

from __future__ import annotations

import pytest

from directory.actions.accounts.ask import ask_to_change_email
from directory.actions.accounts.decide_request import HowChecked, Links, approve_request
from directory.actions.accounts.erase import erase
from directory.actions.accounts.retention import ADDRESSES, forget_old
from directory.actions.accounts.standing import THE_COMMAND
from directory.actions.mail.post import Letter, post_mail
from directory.db import Database
from directory.models.listing_past import ListingPast
from directory.models.membership import ManageRequest
from directory.models.proposed_change import ProposedChange
from directory.queries.mentions import names_address
from tests.accounts import make_account
from tests.builders import make_listing
from tests.integration.people.doing import NOW, Doing, as_role, link

INFO = "info@example.org"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Write to info@example.org.", True),
        ("<INFO@Example.org>", True),
        ("mailto:info@example.org?subject=x", True),
        ("'info@example.org', twice", True),
        ("moreinfo@example.org", False),
        ("more.info@example.org", False),
        ("more-info@example.org", False),
        ("info@example.org.uk", False),
        ("info@example.organic", False),
        ("info@example.org-x.net", False),
        ("", False),
    ],
)
def test_an_address_is_named_by_the_whole_of_it(text: str, names: bool) -> None:
    assert names_address(text, INFO) is names


def test_an_address_is_found_as_the_network_writes_it() -> None:
    assert names_address("550 <info@xn--strae-oqa.de> unknown", "info@straße.de")


def test_a_longer_address_loses_no_mail(doing: Doing) -> None:
    make_account(doing.database, email=INFO)
    with doing.database.transaction() as session:
        for key, words in (("longer", "Ask moreinfo@example.org."), ("whole", f"Ask {INFO}.")):
            post_mail(session, Letter(key, "other@example.net", "Your listings", words), now=NOW)
    with doing.database.transaction() as session:
        erase(session, INFO, by=THE_COMMAND, now=NOW)
    found = {mail.key: (mail.state, mail.body) for mail in doing.mails()}
    assert found == {
        "longer": ("waiting", "Ask moreinfo@example.org."),
        # Sent without its text it would frighten whoever gets it.
        "whole": ("given up", None),
    }


def _changed_address(doing: Doing) -> None:
    """Somebody whose change of address was approved, asked at the address so far."""
    account = make_account(doing.database, email="old@example.org", roles=["commissioner"])
    with doing.database.transaction() as session:
        ask_to_change_email(session, INFO, "", by=as_role("commissioner", account_id=account), now=NOW)
    with doing.database.transaction() as session:
        checked = HowChecked("email old@example.org", "commissioning manager")
        approve_request(session, 1, checked, Links(link, link), by=as_role("moderator"), now=NOW)


def _checked_through(database: Database) -> str:
    with database.reading() as session:
        return session.get_one(ManageRequest, 1).checked_through


def test_the_address_before_a_change_goes_with_the_person(doing: Doing) -> None:
    _changed_address(doing)
    assert "old@example.org" in _checked_through(doing.database)
    with doing.database.transaction() as session:
        erase(session, "old@example.org", by=THE_COMMAND, now=NOW)
    assert _checked_through(doing.database) == ""


def test_the_channel_of_a_request_goes_in_its_time_also_where_the_address_is_gone(doing: Doing) -> None:
    _changed_address(doing)
    with doing.database.transaction() as session:
        session.get_one(ManageRequest, 1).email = ""
    later = NOW + ADDRESSES * 2
    with doing.database.transaction() as session:
        assert forget_old(session, later).addresses == 1
    assert _checked_through(doing.database) == ""
    with doing.database.transaction() as session:
        assert forget_old(session, later).addresses == 0


def test_erasing_says_in_which_listings_an_organisation_has_given_the_address(doing: Doing) -> None:
    make_account(doing.database, email=INFO)
    service, other = make_listing(doing.database), make_listing(doing.database)
    with doing.database.transaction() as session:
        past = {"contact_routes": "email|info@example.org|everyone"}
        session.add(ListingPast(service_id=service, cells=past, act="edit", role="manager", at=NOW))
        session.add(
            ProposedChange(
                service_id=other, kind="edit", source="form", cells={"summary": "moreinfo@example.org"}, base={},
                state="published", role="manager", made_at=NOW,
            )
        )  # fmt: skip
    with doing.database.transaction() as session:
        assert erase(session, INFO, by=THE_COMMAND, now=NOW).in_listings == (service,)
