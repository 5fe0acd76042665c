"""Whoever has no account is told all the same where their address stands, and what is not a listing's loses it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from directory.actions.accounts.erase import Erased, erase
from directory.actions.accounts.second_factor import reset_second_factor
from directory.actions.accounts.standing import THE_COMMAND
from directory.actions.actor import Actor
from directory.actions.audit import record
from directory.actions.mail.post import Letter, post_mail
from directory.errors import NotFound, RuleBroken
from directory.models.correction import Correction
from directory.models.import_record import ImportRecord
from directory.models.listing_past import ListingPast
from directory.models.proposed_change import ChannelCheck, ProposedChange
from directory.queries.held_about import held_about
from tests.accounts import make_account
from tests.builders import make_listing
from tests.integration.people.doing import NOW, Doing

HER = "anna.example@example.org"
ROUTES = f"telephone | 01632 960001 | Mo-Fr 09:00-17:00\nemail | {HER}"


def forget(doing: Doing) -> Erased:
    with doing.database.transaction() as session:
        return erase(session, HER, by=THE_COMMAND, now=NOW)


def export(doing: Doing) -> dict[str, object]:
    with doing.database.reading() as session:
        return held_about(session, HER)


def in_the_listing(doing: Doing) -> int:
    return make_listing(doing.database, contact_routes=ROUTES)


def in_its_description(doing: Doing) -> int:
    return make_listing(doing.database, description=f"Counselling. Write to {HER}.")


def in_its_import(doing: Doing) -> int:
    number = make_listing(doing.database)
    with doing.database.transaction() as session:
        session.merge(ImportRecord(service_id=number, cells={"contact_routes": ROUTES}, imported_at=NOW))
    return number


def in_its_past(doing: Doing) -> int:
    number = make_listing(doing.database)
    with doing.database.transaction() as session:
        session.add(
            ListingPast(service_id=number, cells={"contact_routes": ROUTES}, act="edit", role="x", at=NOW)
        )
    return number


def in_a_check(doing: Doing) -> int:
    number = make_listing(doing.database)
    with doing.database.transaction() as session:
        change = ProposedChange(
            service_id=number, kind="edit", source="form", cells={"url": ""}, base={}, state="approved",
            role="manager", made_at=NOW,
        )  # fmt: skip
        session.add(change)
        session.flush()
        session.add(
            ChannelCheck(
                change_id=change.id, column="url", channel="email", held_value=HER.upper(), checked_at=NOW
            )
        )
    return number


@pytest.mark.parametrize(
    "where", [in_the_listing, in_its_description, in_its_import, in_its_past, in_a_check]
)
def test_where_only_a_listing_holds_it_the_listing_is_named(
    doing: Doing, where: Callable[[Doing], int]
) -> None:
    make_listing(doing.database, contact_routes=ROUTES.replace(HER, f"x.{HER}"))
    number = where(doing)
    assert export(doing)["listings_that_name_it"] == [number]
    assert forget(doing) == Erased(None, (), (number,))


def test_what_names_it_and_is_no_listing_loses_it(doing: Doing) -> None:
    number = make_listing(doing.database)
    with doing.database.transaction() as session:
        post_mail(session, Letter("other 1", "other@example.org", "x", f"Hello\n{HER} asked.\nBye"), now=NOW)
        session.add(
            Correction(
                service_id=number, about="other", words=f"Wrong page. {HER}", words_hash="a hash", times=1,
                is_urgent=False, received_at=NOW,
            )
        )  # fmt: skip
    told = json.dumps(export(doing)["texts_that_name_it"])
    assert "Wrong page" in told and f"{HER} asked." in told and "Bye" not in told
    assert "other@example.org" not in json.dumps(export(doing))
    assert forget(doing) == Erased(None, (), (), 2)
    with doing.database.reading() as session:
        correction = session.get_one(Correction, 1)
        assert (correction.words, correction.words_hash) == ("Wrong page. (an address)", "")
    assert [(mail.body, mail.to_address) for mail in doing.mails()] == [(None, "other@example.org")]
    with pytest.raises(NotFound):
        forget(doing)
    with pytest.raises(NotFound):
        export(doing)


def test_an_export_tells_what_others_did_to_the_account_and_what_she_edited(doing: Doing) -> None:
    number = make_listing(doing.database, contact_routes=ROUTES)
    account = make_account(doing.database, email=HER)
    other = make_account(doing.database)
    with doing.database.transaction() as session:
        record(
            session, Actor(other, "administrator"), "end role", "account", account, now=NOW, role="moderator"
        )
        record(session, Actor(other, "administrator"), "end role", "account", other, now=NOW)
        record(session, Actor(other, "moderator"), "hold listing", "service", account, now=NOW)
        session.add(
            ProposedChange(
                service_id=number, kind="edit", source="form", cells={}, base={}, state="waiting",
                role="manager", edited_by=account, made_at=NOW,
            )
        )  # fmt: skip
    held = export(doing)
    (act,) = held["acts_about_it"]  # type: ignore[misc]  # rows, ready for JSON
    assert (act["act"], act["details"]) == ("end role", {"role": "moderator"}) and "account_id" not in act
    assert held["changes_edited"] == [1] and held["listings_that_name_it"] == [number]


@pytest.mark.parametrize(
    "reason", ["Rang her on 01632 960001.", "Wrote to her@example.org", "www.example.org"]
)
def test_why_a_second_factor_was_reset_holds_no_number_and_no_address(doing: Doing, reason: str) -> None:
    account = make_account(doing.database)
    with doing.database.transaction() as session, pytest.raises(RuleBroken):
        reset_second_factor(session, account, reason, by=THE_COMMAND, now=NOW)
    with doing.database.transaction() as session:
        reset_second_factor(session, account, "Rang the number we hold.", by=THE_COMMAND, now=NOW)
