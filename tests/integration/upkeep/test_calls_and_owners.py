"""A call while somebody else is at the same listing: neither loses what the other has said."""

from __future__ import annotations

import re
import threading
import time
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from directory.actions.changes.apply import apply_cells, stored_cells
from directory.actions.changes.refused import ChangedMeanwhile
from directory.actions.upkeep.calls import CLAIM_LASTS, Outcome, claim_call, end_call
from directory.db import Database
from directory.models.proposed_change import ProposedChange
from directory.models.upkeep import Call
from directory.reference.hours import now_utc
from tests.accounts import make_account, signed_in
from tests.builders import TablePlaces, make_listing
from tests.integration.my_listings.people import fields_of
from tests.integration.upkeep.lives import BEGAN, day
from tests.integration.upkeep.test_calls import claim, end, moderator


def changed_by_the_owner(database: Database, number: int, **cells: str) -> None:
    with database.transaction() as session:
        apply_cells(session, number, cells, TablePlaces(), act="t", role="service manager", now=now_utc())


def test_what_the_owner_wrote_during_the_call_is_not_overwritten(database: Database) -> None:
    number, by = make_listing(database, waiting_weeks="4"), moderator(database)
    claim(database, number, by)
    changed_by_the_owner(database, number, waiting_weeks="9", accepting_referrals="no")
    base = {"waiting_list": "", "waiting_weeks": "4", "accepting_referrals": ""}
    with pytest.raises(ChangedMeanwhile) as clash:
        end(database, number, Outcome("changed", cells=base | {"waiting_weeks": "6"}, base=base), by)
    (two,) = clash.value.columns.values()
    assert (two.was, two.is_now, two.yours) == ("4", "9", "6")
    end(database, number, Outcome("changed", cells=base | {"waiting_list": "open"}, base=base), by)
    with database.reading() as session:
        (cells,) = session.scalars(select(ProposedChange.cells))
    assert set(cells) == {"waiting_list", "waiting_as_at"}


def test_a_number_that_the_owner_has_replaced_is_a_clash_and_no_further_number(database: Database) -> None:
    number, by = make_listing(database), moderator(database)
    claim(database, number, by)
    changed_by_the_owner(database, number, contact_routes="telephone | 01632 960005")
    with pytest.raises(ChangedMeanwhile):
        end(database, number, Outcome("changed", "", None, "01632 960006", "01632 960001"), by)


def test_both_answers_stand_on_the_page_and_it_can_be_sent_again(
    new_app: Flask, new_database: Database
) -> None:
    number = make_listing(new_database, waiting_weeks="4")
    staff = signed_in(new_app, make_account(new_database, roles=["moderator"]))
    address = f"/moderation/calls/{number}"
    staff.post(f"{address}/claim")
    form = {**fields_of(staff.get(address).text, address), "result": "changed", "waiting_weeks": "6"}
    changed_by_the_owner(new_database, number, waiting_weeks="9", accepting_referrals="no")
    answer = staff.post(address, data=form)
    told = re.sub(r"\s+", " ", answer.text)
    assert answer.status_code == 400 and re.search("it is ‘9[^’]*’ now, and you wrote ‘6", told)
    again = fields_of(answer.text, address)
    assert (again["waiting_weeks"], again["accepting_referrals"]) == (["6"], ["no"])
    assert staff.post(address, data=again).status_code == 303
    with new_database.reading() as session:
        (cells,) = session.scalars(select(ProposedChange.cells))
        assert cells.keys() == {"waiting_weeks", "waiting_as_at"} and cells["waiting_weeks"] == "6"
        assert stored_cells(session, number)["waiting_weeks"] == "9"


def test_a_call_that_ends_while_somebody_else_takes_it_keeps_its_result(either_database: Database) -> None:
    number, first, second = (
        make_listing(either_database),
        moderator(either_database),
        moderator(either_database),
    )
    mine = claim(either_database, number, first)
    late = BEGAN + CLAIM_LASTS + timedelta(minutes=1)

    def take() -> None:
        with either_database.transaction() as session:
            claim_call(session, number, by=second, now=late)

    other = threading.Thread(target=take)
    with either_database.transaction() as session:
        end_call(session, number, Outcome("confirmed"), TablePlaces(), by=first, today=day(0), now=late)
        session.flush()
        other.start()
        time.sleep(0.5)  # Long enough for the other one to wait for this transaction.
    other.join(60)
    with either_database.reading() as session:
        assert session.get_one(Call, mine).result == "confirmed"
        assert len(session.scalars(select(Call.id)).all()) == 2
