"""Everything held of a person is told to them; and erased, their address is nowhere any more."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from directory.actions.accounts.ask import ToManage, ask_to_change_email, ask_to_manage
from directory.actions.accounts.decide_request import HowChecked, Links, approve_request
from directory.actions.accounts.email_address import email_of
from directory.actions.accounts.erase import erase
from directory.actions.accounts.standing import THE_COMMAND, NotAllowed
from directory.actions.mail.post import Letter, post_mail
from directory.app import create_app
from directory.config import Settings
from directory.db import Database
from directory.errors import NotFound, RuleBroken
from directory.migrations.upgrade import upgrade
from directory.models.account import Account
from directory.models.audit import AuditEntry
from directory.models.outbox import OutboxMail
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.models.tables import METADATA
from directory.queries.held_about import held_about
from tests.accounts import make_account
from tests.builders import make_listing
from tests.integration.people.doing import NOW, Doing, as_role, link
from tests.integration.people.sign_ins import sign_in

HER = "anna.example@example.org"


def _a_life(doing: Doing) -> int:
    """A person in every table that may hold one. Returns the account's number."""
    database = doing.database
    service = make_listing(database)
    with database.reading() as session:
        organisation = session.scalars(select(Service.organisation_id)).one()
    with database.transaction() as session:
        ask_to_manage(session, ToManage(service, "manager", HER.upper(), "Ask reception."), now=NOW)
        checked = HowChecked("telephone 01632 960001", "receptionist")
        approve_request(session, 1, checked, Links(link, link), by=as_role("moderator"), now=NOW)
    invited = doing.invite(HER, "owner", organisation)
    account = doing.accept(invited.token).account_id
    sign_in(database, account)
    own = as_role(account_id=account, owner_of=(organisation,))
    doing.invite("colleague@example.org", "editor", organisation, by=own)
    with database.transaction() as session:
        ask_to_change_email(session, "anna@example.com", "", by=own, now=NOW)
        session.add(
            ProposedChange(
                service_id=service, organisation_id=organisation, kind="edit", source="form",
                cells={"waiting_list": "open"}, base={"waiting_list": ""}, state="waiting", proposed_by=account,
                role="service manager", made_at=NOW,
            )
        )  # fmt: skip
        post_mail(session, Letter("confirm 1", HER, "Your listings", f"Hello {HER}", account), now=NOW)
        post_mail(session, Letter("other 1", "other@example.org", "x", f"{HER.upper()} wrote"), now=NOW)
        mail = session.scalars(select(OutboxMail).where(OutboxMail.key == "other 1")).one()
        mail.state, mail.last_answer = "failed", f"550 <{HER}> unknown"
    return account


def _dump(database: Database) -> str:
    """Every cell of every table."""
    with database.reading() as session:
        rows = [row for table in METADATA.sorted_tables for row in session.execute(select(table))]
    return "\n".join(str(tuple(row)) for row in rows).casefold()


def test_an_export_holds_everything_and_nothing_that_opens_something(doing: Doing) -> None:
    account = _a_life(doing)
    with doing.database.transaction() as session:
        session.get_one(Account, account).tf_totp_secret = "a secret of the authenticator"
    with doing.database.reading() as session:
        held = held_about(session, HER)
    text = json.dumps(held)
    assert held["account"][0]["email"] == HER
    filled = {kind for kind, rows in held.items() if rows}
    assert filled >= {
        "account", "invitations", "requests", "mails", "memberships", "sign_ins", "invitations_sent",
        "changes_proposed", "acts",
    }  # fmt: skip
    assert held["changes_proposed"][0]["cells"] == {"waiting_list": "open"}
    assert "a secret of the authenticator" not in text and "held, and not shown" in text
    assert "colleague@example.org" not in text and "other@example.org" not in text


def test_erasing_leaves_no_trace_of_the_address_and_keeps_what_was_done(doing: Doing) -> None:
    account = _a_life(doing)
    with doing.database.reading() as session:
        acts = session.scalars(select(AuditEntry.act).where(AuditEntry.account_id == account)).all()
    assert acts and HER in _dump(doing.database)
    with doing.database.transaction() as session:
        erased = erase(session, HER, by=THE_COMMAND, now=NOW)
    assert erased.account_id == account and len(erased.without_owner) == 1
    dump = _dump(doing.database)
    assert HER not in dump and "anna@example.com" not in dump
    assert "colleague@example.org" not in dump or "invitation" in dump
    with doing.database.reading() as session:
        assert set(acts) <= set(session.scalars(select(AuditEntry.act)))
        assert (
            session.scalars(select(AuditEntry.account_id).where(AuditEntry.account_id == account)).all() == []
        )
        change = session.scalars(select(ProposedChange)).one()
        assert (change.proposed_by, change.role, change.cells) == (
            None,
            "service manager",
            {"waiting_list": "open"},
        )
        waiting = session.scalars(select(OutboxMail.to_address).where(OutboxMail.state == "waiting")).all()
    assert HER not in waiting and "" not in waiting
    assert doing.acts()[-1] == "erase account"
    with doing.database.transaction() as session, pytest.raises(NotFound):
        erase(session, HER, by=THE_COMMAND, now=NOW)


def test_erasing_one_person_leaves_everybody_else_as_they_were(doing: Doing) -> None:
    _a_life(doing)
    other = make_account(doing.database, email="other@example.com")
    with doing.database.transaction() as session:
        for number, to in enumerate(("other@example.com", "visitor@example.com")):
            post_mail(
                session,
                Letter(f"kept {number}", to, "Your listings", "Hello", other if not number else None),
                now=NOW,
            )
    with doing.database.transaction() as session:
        erase(session, HER, by=THE_COMMAND, now=NOW)
    kept = [mail for mail in doing.mails() if mail.key.startswith("kept")]
    assert [(mail.to_address, mail.body, mail.state) for mail in kept] == [
        ("other@example.com", "Hello", "waiting"),
        ("visitor@example.com", "Hello", "waiting"),
    ]
    assert doing.account("other@example.com") is not None


def test_whoever_was_only_invited_is_erased_too(doing: Doing) -> None:
    invited = doing.invite(HER, "moderator")
    with doing.database.transaction() as session:
        assert erase(session, HER, by=THE_COMMAND, now=NOW).account_id is None
    assert HER not in _dump(doing.database)
    with pytest.raises(NotFound):
        doing.accept(invited.token, password_hash="a hash")


def test_erasing_warns_before_it_leaves_nobody_to_look_after_the_site(doing: Doing) -> None:
    make_account(doing.database, email=HER, roles=["administrator"])
    with doing.database.transaction() as session:
        with pytest.raises(NotAllowed):
            erase(session, HER, by=as_role("moderator"), now=NOW)
        with pytest.raises(RuleBroken):
            erase(session, HER, by=THE_COMMAND, now=NOW)
    with doing.database.transaction() as session:
        erase(session, HER, by=THE_COMMAND, now=NOW, even_last=True)
    assert doing.account(HER) is None


@pytest.fixture
def command_site(empty_settings: Settings) -> Flask:
    app = create_app(replace(empty_settings, rate_limits=False))
    upgrade(app.extensions["database"])
    return app


def test_a_newcomer_begins_with_a_command_and_takes_everything_away_again(
    command_site: Flask, tmp_path: Path
) -> None:
    run = command_site.test_cli_runner()
    database = command_site.extensions["database"]
    assert "no account yet" in run.invoke(args=["accounts", "list"]).output
    invited = run.invoke(
        args=["accounts", "invite", HER, "--as", "administrator", "--site", "https://d.example.org/"]
    )
    assert invited.exit_code == 0, invited.output
    path = invited.output.strip().splitlines()[-1].removeprefix("https://d.example.org")
    data = {"title": "data officer", "password": "four words of lunch"}
    assert command_site.test_client().post(path, data=data).status_code == 303
    listed = run.invoke(args=["accounts", "list"]).output
    assert HER in listed and "administrator" in listed
    refused = run.invoke(args=["accounts", "end", HER])
    assert refused.exit_code == 2 and "Nobody else is an administrator" in refused.output
    file = tmp_path / "held.json"
    assert run.invoke(args=["accounts", "export", HER, str(file)]).exit_code == 0
    assert json.loads(file.read_text())["account"][0]["email"] == email_of("email", HER)
    assert file.stat().st_mode & 0o077 == 0
    assert path not in file.read_text() and "(a link, not shown)" in file.read_text()
    refused = run.invoke(args=["accounts", "erase", HER, "--yes"])
    assert refused.exit_code == 2 and "--even-last" in refused.output
    assert run.invoke(args=["accounts", "erase", HER, "--yes", "--even-last"]).exit_code == 0
    assert HER not in _dump(database)
    assert run.invoke(args=["accounts", "export", HER]).exit_code == 1


def test_an_export_is_written_into_no_file_that_is_there(command_site: Flask, tmp_path: Path) -> None:
    run = command_site.test_cli_runner()
    make_account(command_site.extensions["database"], email=HER)
    file = tmp_path / "held.json"
    file.write_text("somebody else's")
    for name in (file, tmp_path / "no such folder" / "held.json"):
        refused = run.invoke(args=["accounts", "export", HER, str(name)])
        assert refused.exit_code == 2 and "FILE" in refused.output and "Traceback" not in refused.output
    assert file.read_text() == "somebody else's"
    assert "export account" not in Doing(command_site.extensions["database"]).acts()


@pytest.mark.parametrize(
    "arguments",
    [
        ["not an address", "--as", "moderator"],
        ["a@example.org", "--as", "owner"],
        ["a@example.org", "--as", "owner", "--organisation", "77"],
        ["a@example.org", "--as", "commissioner"],
        ["a@example.org", "--as", "commissioner", "--area", "nowhere"],
        ["a@example.org", "--as", "king"],
    ],
)
def test_an_invitation_that_cannot_be_is_refused_in_words(command_site: Flask, arguments: list[str]) -> None:
    result = command_site.test_cli_runner().invoke(args=["accounts", "invite", *arguments])
    assert result.exit_code in {1, 2} and "Traceback" not in result.output
    assert Doing(command_site.extensions["database"]).mails() == []
