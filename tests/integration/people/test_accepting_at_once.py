"""Two invitations of one address that are accepted at the same moment; and a log that holds no address."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError, OperationalError

from directory.actions.accounts import accept as accepting
from directory.actions.accounts.accept import SignInFirst
from tests.accounts import make_organisation
from tests.integration.people.doing import Doing

EMAIL = "new@example.org"


def test_of_two_at_once_one_makes_the_account_and_the_other_signs_in_first(
    doing: Doing, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = [
        doing.invite(EMAIL, "editor", make_organisation(doing.database, name)).token
        for name in ("Example Organisation", "Example Organisation B")
    ]
    barrier, real, answers = threading.Barrier(2), accepting.account_by_email, []

    def met(*args: Any) -> Any:
        found = real(*args)
        with suppress(threading.BrokenBarrierError):
            barrier.wait(1)
        return found

    monkeypatch.setattr(accepting, "account_by_email", met)

    def say_yes(token: str) -> None:
        try:
            doing.accept(token)
            answers.append("accepted")
        except SignInFirst:
            answers.append("sign in first")

    threads = [threading.Thread(target=say_yes, args=[token]) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers) == ["accepted", "sign in first"]
    account = doing.account(EMAIL)
    assert account is not None
    monkeypatch.undo()
    left = tokens[0] if answers and len(doing.people(1).members) == 0 else tokens[1]
    assert not doing.accept(left, signed_in_as=account.id).is_new, "the other link still works"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (IntegrityError("INSERT", {}, Exception(f"Key (email)=({EMAIL}) already exists.")), ""),
        (OperationalError("SELECT", {}, Exception("no such table: service")), "no such table: service"),
        (ValueError(f"{EMAIL} is no address."), ""),
    ],
)
def test_the_log_names_what_broke_and_no_address(
    app: Flask,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    words: str,
) -> None:
    def broken() -> str:
        raise error

    monkeypatch.setitem(app.view_functions, "about.safety", broken)
    answer = app.test_client().get("/safety")
    assert answer.status_code in {500, 503}
    assert type(error).__name__ in caplog.text and EMAIL not in caplog.text
    assert "in broken" in caplog.text and words in caplog.text
