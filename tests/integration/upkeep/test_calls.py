"""The call list: who is on it, who rings, what follows from a call; never two moderators on one."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from directory.actions.actor import Actor
from directory.actions.changes.apply import stored_cells
from directory.actions.upkeep.calls import (
    CLAIM_LASTS,
    Outcome,
    claim_call,
    end_call,
    give_back,
    next_working_day,
)
from directory.config import ROOT, UpkeepTimes
from directory.db import Database
from directory.errors import Clash, RuleBroken
from directory.matrix.types import Rules
from directory.models.confirmation import Confirmation
from directory.models.proposed_change import ProposedChange
from directory.models.upkeep import Call
from directory.queries.call_list import call_list
from directory.queries.current_matrix import matrix_world
from tests.accounts import make_account
from tests.builders import TablePlaces, make_listing
from tests.integration.upkeep.lives import BEGAN, after, an_organisation, confirm, day


def moderator(database: Database) -> Actor:
    number = make_account(database, title="duty officer", roles=["moderator"])
    return Actor(number, "duty officer", is_moderator=True)


def on_the_list(database: Database, days: int = 0, now: datetime | None = None) -> list[int]:
    with database.reading() as session:
        world = matrix_world(session, Rules(day(days)), (0, 0))
        lines = call_list(session, world, today=day(days), times=UpkeepTimes(), now=now or after(days))
    return [line.to_call.service_id for line in lines]


def claim(database: Database, number: int, by: Actor, now: datetime = BEGAN) -> int:
    with database.transaction() as session:
        return claim_call(session, number, by=by, now=now)


def end(database: Database, number: int, outcome: Outcome, by: Actor, days: int = 0) -> None:
    with database.transaction() as session:
        end_call(session, number, outcome, TablePlaces(), by=by, today=day(days), now=after(days))


def rung(database: Database, number: int, outcome: Outcome, days: int = 0) -> None:
    by = moderator(database)
    claim(database, number, by, after(days))
    end(database, number, outcome, by, days)


def test_listings_without_an_owner_are_on_it_from_the_first_day_the_most_harmful_first(
    either_database: Database,
) -> None:
    quiet = make_listing(either_database, contact_routes="", support_types="G4.6")
    loud = make_listing(either_database, support_types="G4.6")
    alone = make_listing(either_database, groups="G2", support_types="G2.1", coverage="Cardiff")
    _organisation, (owned,) = an_organisation(either_database, name="Example Organisation B")
    assert on_the_list(either_database) == [alone, loud, quiet]
    assert owned in on_the_list(either_database, 365) and owned not in on_the_list(either_database, 364)


def test_one_moderator_has_a_call_until_half_an_hour_is_over(either_database: Database) -> None:
    number = make_listing(either_database)
    first, second = moderator(either_database), moderator(either_database)
    mine = claim(either_database, number, first)
    assert claim(either_database, number, first, BEGAN + timedelta(minutes=29)) == mine
    with pytest.raises(Clash):
        claim(either_database, number, second, BEGAN + timedelta(minutes=58))
    theirs = claim(either_database, number, second, BEGAN + timedelta(minutes=29) + CLAIM_LASTS)
    assert theirs != mine
    with pytest.raises(Clash):
        end(either_database, number, Outcome("confirmed"), first)
    with either_database.reading() as session:
        assert session.get_one(Call, mine).result == "given back"


def test_a_call_that_is_given_back_can_be_taken_at_once(database: Database) -> None:
    number = make_listing(database)
    first, second = moderator(database), moderator(database)
    claim(database, number, first)
    for by in (second, first, first):
        with database.transaction() as session:
            give_back(session, number, by=by, now=BEGAN)
    assert claim(database, number, second) and number in on_the_list(database)


def test_everything_right_is_a_confirmation_by_a_moderator_and_ends_the_call(database: Database) -> None:
    number = make_listing(database)
    rung(database, number, Outcome("confirmed"))
    with database.reading() as session:
        assert session.execute(select(Confirmation.role, Confirmation.confirmed_on)).all() == [
            ("moderator", day(0))
        ]
    assert on_the_list(database, 149) == [] and on_the_list(database, 150) == [number]


def test_what_has_changed_goes_to_a_second_person_with_the_old_number_in_place(database: Database) -> None:
    number = make_listing(database)
    cells = {"waiting_weeks": "6", "url": "https://www.example.org"}
    rung(database, number, Outcome("changed", "New line.", None, "01632 960222", "01632 960001", cells=cells))
    with database.reading() as session:
        (change,) = session.scalars(select(ProposedChange))
        assert (change.state, change.source, change.words) == ("waiting", "moderator", "New line.")
        assert change.cells == {
            "contact_routes": "telephone | 01632 960222 | Mo-Fr 09:00-17:00",
            "waiting_weeks": "6",
            "waiting_as_at": day(0).isoformat(),
        }
        assert "960001" in stored_cells(session, number)["contact_routes"]
    assert on_the_list(database, 30) == []  # It waits for a decision, and for no call.


def test_a_number_that_the_page_did_not_show_is_left_as_it_is(database: Database) -> None:
    held = "telephone | 01632 960001\ntelephone | 01632 960002 | 24/7"
    number = make_listing(database, contact_routes=held)
    rung(database, number, Outcome("changed", "", None, "01632 960003", "01632 960002"))
    with database.reading() as session:
        (cells,) = session.scalars(select(ProposedChange.cells))
    assert cells == {"contact_routes": "telephone | 01632 960001\ntelephone | 01632 960003 | 24/7"}


def test_a_service_that_is_said_to_be_closed_stays_until_somebody_has_decided(database: Database) -> None:
    number = make_listing(database)
    rung(database, number, Outcome("closed"))
    with database.reading() as session:
        (change,) = session.scalars(select(ProposedChange))
        assert (change.state, change.cells) == ("waiting", {"status": "defunct"})
        assert stored_cells(session, number)["status"] == "active"


def test_no_answer_comes_back_on_the_next_working_day_and_a_date_on_that_day(database: Database) -> None:
    number, other = make_listing(database), make_listing(database)
    rung(database, number, Outcome("no answer"))
    rung(database, other, Outcome("call again", call_again_on=day(9)))
    assert [on_the_list(database, days) for days in (0, 1, 8, 9)] == [[], [number], [number], [number, other]]
    assert next_working_day(date(2026, 12, 24)) == date(
        2026, 12, 29
    )  # Christmas, a weekend, a day in its stead.


def test_a_wrong_number_stands_first_until_somebody_has_confirmed_the_listing(database: Database) -> None:
    first, wrong = make_listing(database), make_listing(database)
    _organisation, (owned,) = an_organisation(database, name="Example Organisation B")
    confirm(database, [wrong, owned], 0)
    assert on_the_list(database, 1) == [first]
    rung(database, wrong, Outcome("wrong number", rung="01632 960001"), 1)
    rung(database, owned, Outcome("wrong number", rung="01632 960001"), 1)
    assert on_the_list(database, 1) == [wrong, owned, first]
    confirm(database, [wrong, owned], 2)
    assert on_the_list(database, 2) == [first]


@pytest.mark.parametrize(
    ("outcome", "field"),
    [
        (Outcome(""), "result"),
        (Outcome("given back"), "result"),
        (Outcome("wrong number"), "rung"),
        (Outcome("wrong number", rung="01632 960999"), "rung"),
        (Outcome("call again"), "call_again_on"),
        (Outcome("call again", call_again_on=day(0)), "call_again_on"),
        (Outcome("call again", call_again_on=day(400)), "call_again_on"),
        (Outcome("no answer", call_again_on=date(2207, 1, 1)), "call_again_on"),
        (Outcome("no answer", call_again_on=day(91)), "call_again_on"),
        (Outcome("no answer", call_again_on=day(0)), "call_again_on"),
        (Outcome("changed"), "changed"),
        (Outcome("changed", cells={"waiting_weeks": "6"}, base={"waiting_weeks": "6"}), "changed"),
        (Outcome("changed", telephone="01632 960001", telephone_was="01632 960001"), "changed"),
        (Outcome("changed", telephone="01632 960222 | 24/7"), "telephone"),
        (Outcome("changed", telephone="01632 960222\nemail | a@example.org"), "telephone"),
        (Outcome("changed", telephone="ring the bell"), "telephone"),
        (Outcome("confirmed", note="x" * 501), "note"),
        (Outcome("confirmed", note="She was born on 3 May"), "note"),
        (Outcome("confirmed", note="943 476 5919"), "note"),
    ],
)
def test_what_cannot_be_written_down_is_refused_and_the_call_stays_theirs(
    database: Database, outcome: Outcome, field: str
) -> None:
    number, by = make_listing(database), moderator(database)
    claim(database, number, by)
    with pytest.raises(RuleBroken) as broken:
        end(database, number, outcome, by)
    assert broken.value.field == field
    end(database, number, Outcome("confirmed"), by)


_RUN = """
import sys
from datetime import datetime
from directory.actions.actor import Actor
from directory.actions.upkeep.calls import claim_call
from directory.db import Database
from directory.errors import Clash
database, by = Database(sys.argv[1]), Actor(int(sys.argv[2]), "moderator", True)
sys.stdin.readline()
won = 0
for number in range(1, 11):
    try:
        with database.transaction() as session:
            claim_call(session, number, by=by, now=datetime.fromisoformat(sys.argv[3]))
        won += 1
    except Clash:
        pass
print(won)
"""


def test_four_moderators_in_four_processes_never_have_one_call_twice(either_database: Database) -> None:
    for _listing in range(10):
        make_listing(either_database)
    url = either_database.engine.url.render_as_string(hide_password=False)
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", _RUN, url, str(moderator(either_database).account_id), BEGAN.isoformat()],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _worker in range(4)
    ]
    won = [int(run.communicate("go\n", timeout=120)[0]) for run in runs]
    assert [run.returncode for run in runs] == [0] * 4 and sum(won) == 10
    with either_database.reading() as session:
        assert sorted(session.scalars(select(Call.service_id))) == list(range(1, 11))
