"""Two requests at the same moment: a code is good once, and staff keep a second step."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.app import create_app
from directory.config import Settings
from directory.migrations.upgrade import upgrade
from directory.models.account import Passkey
from directory.queries.sign_ins import factors
from directory.reference.hours import now_utc
from directory.web.account import authenticator, passkeys, second_factor
from tests.integration.accounts.conftest import browser, person, sign_in
from tests.integration.accounts.test_second_factor import _code, _set_up


@pytest.fixture
def either_site(either_settings: Settings) -> Iterator[Flask]:
    """The site on SQLite, and again on PostgreSQL."""
    made = create_app(replace(either_settings, rate_limits=False, jobs=False))
    upgrade(made.extensions["database"])
    yield made
    made.extensions["database"].dispose()


def _meet(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, which waits for the other thread to come as far; for a second, since a lock keeps it away."""
    barrier = threading.Barrier(2)

    def met(*args: Any) -> Any:
        with suppress(threading.BrokenBarrierError):
            barrier.wait(1)
        return function(*args)

    return met


def _both(*posts: Callable[[], Any]) -> list[int]:
    answers: list[int] = []
    threads = [threading.Thread(target=lambda one=one: answers.append(one().status_code)) for one in posts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(answers)


def _moderator(site: Flask) -> tuple[int, FlaskClient, str, list[str]]:
    number, client = person(site, roles=["moderator"]), browser(site)
    sign_in(client)
    return number, client, *_set_up(site, client)


@pytest.mark.parametrize("way", ["code", "recovery"])
def test_two_browsers_do_not_use_the_same_code(
    either_site: Flask, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    _number, _client, secret, codes = _moderator(either_site)
    pair = [browser(either_site, network) for network in ("192.0.2.7", "198.51.100.7")]
    assert [sign_in(each) for each in pair] == ["/account/second-factor"] * 2
    given = {"way": way, "code": codes[0] if way == "recovery" else _code(either_site, secret, 1)}
    monkeypatch.setattr(second_factor, "_is_right", _meet(second_factor._is_right))
    answers = _both(*(lambda each=each: each.post("/account/second-factor", data=given) for each in pair))  # type: ignore[misc]  # mypy does not infer the default
    assert answers == [303, 400]


def test_staff_do_not_take_both_second_steps_away_at_once(
    either_site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, client, _secret, _codes = _moderator(either_site)
    database = either_site.extensions["database"]
    with database.transaction() as session:
        key = Passkey(
            user_id=number, credential_id=b"x", public_key=b"x", backup_state=False, device_type="x", name="x",
            usage="secondary", create_datetime=now_utc(), lastuse_datetime=now_utc(),
        )  # fmt: skip
        session.add(key)
        session.flush()
        path = f"/account/security/passkey/{key.id}/remove"
    other = browser(either_site)
    kept = client.get_cookie("session")
    assert kept is not None
    other.set_cookie("session", kept.value)
    waits = _meet(lambda refused: refused)
    for module in (authenticator, passkeys):
        real = module.must_keep_one
        monkeypatch.setattr(module, "must_keep_one", lambda *args, real=real: waits(real(*args)))
    answers = _both(lambda: client.post("/account/security/authenticator/remove"), lambda: other.post(path))
    assert answers == [303, 400]
    with database.reading() as session:
        assert factors(session, number).has_second
