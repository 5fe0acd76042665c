"""Replies and statements are read as they are written: no way to go stands in them, and one reply stands to each."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from directory.actions.actor import Actor
from directory.actions.replies import ToReply, add_reply
from directory.actions.state_cell import ToState, state_cell
from directory.db import Database
from directory.errors import RuleBroken
from directory.matrix.types import State
from directory.models.reply import Reply
from directory.reference.hours import now_utc, today_in_london
from tests.accounts import make_account
from tests.builders import make_listing

WAYS = [
    "Ring 01632 960999.",
    "Ring 0808/800/5000.",
    "Ring 08\u200b08 80\u200b0 50\u200b00.",
    "text HELP to 85258",
    "Write to help@example.com",
    "See example-site.xyz",
    "Come to 12 High Street, PE1 1QL",
]


def _state(database: Database, what: str) -> None:
    with database.transaction() as session:
        said = ToState(
            "E06000031", "G4.7", State.PARTLY, "commissioner", "commissioning manager",
            today_in_london(), what=what,
        )  # fmt: skip
        state_cell(session, said, today=today_in_london())


def _reply(database: Database, service: int, words: str, account: int) -> int:
    with database.transaction() as session:
        by = Actor(account, "owner of the listing")
        return add_reply(session, ToReply(1, service, words), by=by, now=now_utc())


@pytest.mark.parametrize("words", WAYS)
def test_words_that_lead_somewhere_are_refused_in_both(database: Database, words: str) -> None:
    service, account = make_listing(database), make_account(database)
    with pytest.raises(RuleBroken, match="Leave out|looks as if"):
        _state(database, words)
    _state(database, "There is one evening a week.")
    with pytest.raises(RuleBroken, match="Leave out|looks as if") as broken:
        _reply(database, service, words, account)
    assert broken.value.field == "words"


def test_of_four_replies_at_once_one_stands(either_database: Database) -> None:
    service, account = make_listing(either_database), make_account(either_database)
    _state(either_database, "There is one evening a week.")
    with ThreadPoolExecutor(4) as threads:
        list(
            threads.map(
                lambda n: _reply(either_database, service, f"We run {n} evenings.", account), range(4)
            )
        )
    with either_database.reading() as session:
        standing = session.scalars(select(Reply.id).where(Reply.withdrawn_at.is_(None))).all()
    assert len(standing) == 1
