"""`flask mail send | list | retry | test`: what waits in the outbox, for whoever runs the site."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.errors import MessageError
from types import FrameType

import click
from flask import current_app
from flask.cli import AppGroup
from tqdm import tqdm

from directory.actions.actor import THE_SITE
from directory.actions.mail.compose import compose
from directory.actions.mail.post import new_message_id
from directory.actions.mail.retry import retry_mail
from directory.actions.mail.send import MailSender
from directory.cli.writing import database, writing
from directory.clients.by_url import mail_client
from directory.clients.mail import NotSent
from directory.config import Settings
from directory.queries.mail import STATES, count_due, list_mail, mail_health
from directory.reference.hours import now_utc

mail_cli = AppGroup("mail", help="Send the mail that waits; look at what became of it.")


@mail_cli.command("send")
def send_command() -> None:
    """Send all mail that is due now. Ctrl+C ends it after the mail being handed over; run it again for the rest."""
    settings: Settings = current_app.config["SETTINGS"]
    sender = MailSender(database(), mail_client(settings.mail_url), settings.mail_from)
    with database().reading() as session:
        due = count_due(session, now_utc())
    with stopped_by_signals() as stop, tqdm(total=due, unit="mail", desc="Sending mail", leave=False) as bar:
        done = sender.send_due(stop=stop, told=lambda _state: bar.update())
    if not done:
        click.echo("No mail was due.")
    for state, count in done.items():
        click.echo(f"{count:,} {state}")
    if stop.is_set():
        click.echo("It was stopped. Run it again for the rest.", err=True)
    if set(done) - {"sent"}:
        click.echo("See why with: flask mail list", err=True)


@contextmanager
def stopped_by_signals() -> Iterator[threading.Event]:
    """An event that is set by Ctrl+C or a request to end; a second one ends the program at once."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def asked(number: int, _frame: FrameType | None) -> None:
        stop.set()
        signal.signal(number, before[signal.Signals(number)])

    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    for one in before:
        signal.signal(one, asked)
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


@mail_cli.command("list")
@click.option("--state", type=click.Choice(STATES), help="Only mail in this state.")
@click.option("--most", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many.")
def list_command(state: str | None, most: int) -> None:
    """List mail, the newest first: number, state, to whom (shortened), what for, when, and what the server said."""
    with database().reading() as session:
        found = list_mail(session, state=state or "", most=most)
        health = mail_health(session, now_utc())
    for mail in found:
        at = mail.sent_at or mail.made_at
        parts = (
            str(mail.id),
            mail.state,
            mail.to_shortened,
            mail.key,
            f"{at:%Y-%m-%d %H:%M}",
            mail.last_answer,
        )
        click.echo("\t".join(parts).rstrip())
    click.echo(
        ", ".join(f"{count:,} {name}" for name, count in health.counts.items() if count)
        or "There is no mail."
    )
    if health.oldest_waiting is not None:
        click.echo(f"The one that waits longest was written at {health.oldest_waiting:%Y-%m-%d %H:%M} UTC.")


@mail_cli.command("retry")
@click.argument("number", type=click.IntRange(min=1), metavar="ID")
def retry_command(number: int) -> None:
    """Let mail ID be sent again, with the same Message-ID: one that failed, or that was given up."""
    with writing({"id"}) as (session, _today):
        retry_mail(session, number, by=THE_SITE, now=now_utc())
    click.echo(f"Mail {number} waits to be sent.")


@mail_cli.command("test")
@click.argument("address")
def test_command(address: str) -> None:
    """Send a test mail to ADDRESS at once, past the outbox, and say what the server answered."""
    settings: Settings = current_app.config["SETTINGS"]
    try:
        message = compose(
            sender=settings.mail_from,
            to_address=address,
            subject="A test",
            body="This mail was sent to see whether mail arrives. There is nothing to do.",
            message_id=new_message_id(),
            made_at=now_utc(),
        )
    except (ValueError, MessageError) as problem:
        raise click.BadParameter(f"It cannot be sent: {problem}.", param_hint="ADDRESS") from None
    try:
        mail_client(settings.mail_url).send(message)
    except NotSent as problem:
        raise click.ClickException(f"{type(problem).__name__}: {problem.answer}") from None
    click.echo("It was taken.")
