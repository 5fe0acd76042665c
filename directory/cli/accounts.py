"""`flask accounts invite | list | end | reset-second-factor | export | erase`: for whoever runs the site."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from directory.actions.accounts.email_address import email_of
from directory.actions.accounts.erase import erase
from directory.actions.accounts.invite import ToInvite, invite
from directory.actions.accounts.own import deactivate
from directory.actions.accounts.second_factor import reset_second_factor
from directory.actions.accounts.standing import THE_COMMAND
from directory.actions.audit import record
from directory.cli.writing import database, writing
from directory.errors import NotFound, RuleBroken
from directory.queries.held_about import held_about
from directory.queries.people import AccountView, accounts, organisation_name
from directory.reference.hours import now_utc

accounts_cli = AppGroup("accounts", help="Who may sign in, and what is held about them.")

KINDS = ("administrator", "moderator", "commissioner", "owner", "editor")


@accounts_cli.command("invite")
@click.argument("email")
@click.option("--as", "kind", type=click.Choice(KINDS), required=True, help="What this person will be.")
@click.option("--organisation", type=click.IntRange(min=1), help="The organisation's number, for its people.")
@click.option(
    "--area", "areas", multiple=True, help="A code such as E06000031, for a commissioner; repeat it."
)
@click.option(
    "--site",
    help="Under which address the site is reached, in place of SITE_URL.",
)
def invite_command(
    email: str, kind: str, organisation: int | None, areas: tuple[str, ...], site: str | None
) -> None:
    """Invite EMAIL. The link is in the mail, and printed: it works once, for 14 days."""
    known = site or current_app.config["SETTINGS"].site_url
    if not known:
        raise click.UsageError(
            "Set SITE_URL, like https://support.example.org, or say --site: the link begins with it."
        )
    begins = known.rstrip("/")

    def link(token: str) -> str:
        return f"{begins}/invitations/{token}"

    with writing({"email"}) as (session, _today):
        if organisation is not None:
            organisation_name(session, organisation)
        asked = ToInvite(email, kind, organisation, areas)
        invited = invite(session, asked, link, by=THE_COMMAND, now=now_utc())
    click.echo(f"Invited {invited.email} as {kind}. Until it is accepted nothing is open to anybody.")
    click.echo(link(invited.token))


@accounts_cli.command("list")
def list_command() -> None:
    """Every account: what it may do, and whether it is open."""
    with database().reading() as session:
        found = accounts(session)
    for account in found:
        click.echo(_told(account))
    if not found:
        click.echo(
            "There is no account yet. `flask accounts invite EMAIL --as administrator` asks the first in."
        )


@accounts_cli.command("end")
@click.argument("email")
def end_command(email: str) -> None:
    """Close the account of EMAIL: it is signed out everywhere, and nobody signs in with it."""
    with writing({"email"}) as (session, _today):
        found = _of(accounts(session), email)
        try:
            deactivate(session, found.account_id, by=THE_COMMAND, now=now_utc())
        except RuleBroken as broken:
            raise RuleBroken("email", broken.message) from None
    click.echo(f"Account {found.account_id} is closed.")


@accounts_cli.command("reset-second-factor")
@click.argument("email")
@click.option("--reason", required=True, help="Why, and how you made sure who asks. No name; it is kept.")
def reset_second_factor_command(email: str, reason: str) -> None:
    """Take the second factor of EMAIL away: for when the only administrator is the one who is locked out."""
    with writing({"email", "reason"}) as (session, _today):
        found = _of(accounts(session), email)
        reset_second_factor(session, found.account_id, reason, by=THE_COMMAND, now=now_utc())
    click.echo(f"Account {found.account_id} is signed out everywhere, and has no second factor.")


@accounts_cli.command("export")
@click.argument("email")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
def export_command(email: str, file: Path | None) -> None:
    """Everything that is held about EMAIL, as JSON, into a new FILE or onto the screen."""
    with writing({"email", "file"}) as (session, _today):
        address = email_of("email", email)
        held = held_about(session, address)
        number = held["account"][0]["id"] if held["account"] else None
        record(session, THE_COMMAND.actor, "export account", "account", number, now=now_utc())
        text = json.dumps(held, ensure_ascii=False, indent=2)
        if file is not None:
            _write_new(file, text + "\n")
    click.echo(text if file is None else f"Written to {file}.")


def _write_new(file: Path, text: str) -> None:
    """Into a file that only its owner can read, from its first byte on. Raises RuleBroken('file')."""
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise RuleBroken("file", f"{file} is there already. Name a file that is not there yet.") from None
    except OSError as problem:
        raise RuleBroken("file", f"{file} cannot be written: {problem.strerror}.") from None
    with os.fdopen(opened, "w", encoding="utf-8") as written:
        written.write(text)


@accounts_cli.command("erase")
@click.argument("email")
@click.option("--even-last", is_flag=True, help="Also when nobody is left who could look after the site.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase_command(email: str, even_last: bool, yes: bool) -> None:
    """Erase EMAIL: the account and everything personal. What was done stays, with the role alone."""
    if not yes:
        click.confirm("This cannot be undone. Erase the account and everything personal?", abort=True)
    with writing({"email"}) as (session, _today):
        try:
            erased = erase(
                session, email_of("email", email), by=THE_COMMAND, now=now_utc(), even_last=even_last
            )
        except RuleBroken as broken:
            if broken.field != "role":
                raise
            message = f"{broken.message} `--even-last` erases nevertheless."
            raise RuleBroken("email", message) from None
    if erased.account_id or erased.rows:
        click.echo("Erased." if erased.account_id else "Erased. There was no account of that address.")
    else:
        click.echo("No account, invitation, request or mail holds that address.")
    for organisation_id in erased.without_owner:
        click.echo(f"Organisation {organisation_id} has no owner now: invite one.", err=True)
    if erased.in_listings:
        numbers = ", ".join(map(str, erased.in_listings))
        click.echo(
            f"The address stands in listings {numbers}, or in their history, as a contact that the organisation gave."
            " That is kept; take it out of the listing of today there. See docs/record_of_processing.md.",
            err=True,
        )
    click.echo("Copies made by `flask backup` before now still hold it until they are deleted.", err=True)


def _of(found: Iterable[AccountView], email: str) -> AccountView:
    """The account of an address as typed. Raises NotFound, RuleBroken('email')."""
    address = email_of("email", email)
    for one in found:
        if one.email == address:
            return one
    raise NotFound("No account has that address.")


def _told(account: AccountView) -> str:
    """'3 info@example.org, service manager: owner of Example Organisation; moderator.'"""
    parts = [*account.roles, *(f"{kind} of {name}" for kind, name in account.organisations)]
    if account.areas:
        parts.append(f"areas {' '.join(account.areas)}")
    closed = "" if account.is_open else " Closed."
    title = account.title or "no role"
    return f"{account.account_id} {account.email}, {title}: {'; '.join(parts) or 'nothing'}.{closed}"
