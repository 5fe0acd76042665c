"""Too many wrong passwords: counted over all workers, and no way to keep somebody else out."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

from flask import Flask
from sqlalchemy import select, update

from directory.actions.sign_in.attempts import LIMITS, Attempt, count_attempt, forget_attempts
from directory.app import create_app
from directory.db import Database
from directory.models.sign_in import SignInAttempt
from directory.reference.hours import now_utc
from tests.integration.accounts.conftest import EMAIL, PASSWORD, browser, link_in, mails, sign_in

PAIR = LIMITS["password"].pair


def _fails(site: Flask, network: str, email: str = EMAIL) -> int:
    answer = browser(site, network).post("/account/sign-in", data={"email": email, "password": "guess"})
    return answer.status_code


def test_attempts_are_counted_over_two_workers(site: Flask, owner: int) -> None:
    other = create_app(site.config["SETTINGS"])
    answers = [_fails((site, other)[turn % 2], "192.0.2.9") for turn in range(PAIR + 2)]
    assert answers == [400] * PAIR + [429, 429]
    right = browser(other, "192.0.2.9").post("/account/sign-in", data={"email": EMAIL, "password": PASSWORD})
    assert right.status_code == 429, "the right password tells nothing once there were too many"


def test_an_unknown_address_is_counted_and_answered_in_the_same_way(site: Flask) -> None:
    answers = [_fails(site, "192.0.2.9", "nobody@example.org") for _turn in range(PAIR + 1)]
    assert answers == [400] * PAIR + [429]


def test_a_stranger_cannot_lock_the_owner_out_of_her_own_browser(
    site: Flask, owner: int, database: Database
) -> None:
    hers = browser(site, "192.0.2.1")
    assert sign_in(hers) == "/account"
    hers.post("/account/sign-out")
    for turn in range(LIMITS["password"].address + 3):
        _fails(site, f"198.51.100.{turn}")
    assert _fails(site, "203.0.113.5") == 429, "from a browser that nobody knows it has to wait"
    assert sign_in(hers) == "/account"
    new = browser(site, "203.0.113.6")
    asked = new.post("/account/sign-in", data={"email": EMAIL, "link": "1"})
    assert asked.status_code == 303
    assert new.post(link_in(mails(database)[0])).headers["Location"] == "/account"


def test_a_known_browser_has_a_count_of_its_own_and_its_cookie_cannot_be_made_up(
    site: Flask, owner: int
) -> None:
    hers = browser(site)
    sign_in(hers)
    hers.post("/account/sign-out")
    assert [sign_in(hers, password="wrong") for _turn in range(PAIR)] == [""] * PAIR
    assert sign_in(hers) == "", "five wrong ones in it are too many, too"
    for value in ("x", "a.b.c", "é", "a" * 5000):
        forger = browser(site, "198.51.100.1")
        forger.set_cookie("known", value)
        assert forger.get("/account/sign-in").status_code == 200
        assert _fails(site, "198.51.100.1") in {400, 429}


def test_whoever_waits_may_try_again(site: Flask, owner: int, database: Database) -> None:
    for _turn in range(PAIR + 1):
        _fails(site, "192.0.2.9")
    with database.transaction() as session:
        earlier = now_utc() - timedelta(minutes=LIMITS["password"].minutes, seconds=1)
        session.execute(update(SignInAttempt).values(tried_at=earlier))
    assert sign_in(browser(site, "192.0.2.9")) == "/account"


def test_nothing_in_the_table_says_who_tried_or_from_where(
    site: Flask, owner: int, database: Database
) -> None:
    _fails(site, "192.0.2.9")
    with database.reading() as session:
        row = session.execute(select(SignInAttempt.email_hash, SignInAttempt.network_hash)).one()
    assert all(re.fullmatch("[0-9a-f]{40}", each) for each in row) and row[0] != row[1]


def test_many_at_once_get_no_more_answers_than_one_by_one(either_database: Database) -> None:
    tried = Attempt("password", "an address", "a network", is_own_browser=False)
    now, let_through, start = now_utc(), [], threading.Barrier(8)

    def one() -> None:
        start.wait()
        for _turn in range(3):
            with either_database.transaction() as session:
                let_through.append(count_attempt(session, tried, now=now))

    threads = [threading.Thread(target=one) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (let_through.count(True), len(let_through)) == (PAIR, 24)
    with either_database.transaction() as session:
        forget_attempts(session, tried)
    with either_database.transaction() as session:
        assert count_attempt(session, tried, now=now)
