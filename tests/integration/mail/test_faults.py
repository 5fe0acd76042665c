"""What the server does, what becomes of the mail, and how many copies arrive."""

from __future__ import annotations

import pytest

from directory.actions.mail.send import MailSender
from directory.clients.smtp import Smtp
from directory.db import Database
from directory.mail_address import read_mail_url
from tests.mail_faults import Fault
from tests.mail_server import MailServer
from tests.outbox import SENDER, Hands, post, stored
from tests.ports import free_port

YES = None


def sender_to(database: Database, url: str, hands: Hands) -> MailSender:
    client = Smtp(read_mail_url(url), connect_s=2.0, taken_s=2.0)
    return MailSender(database, client, SENDER, clock=hands)


# What the server does at the first attempt, the state then and the copies that have arrived; the state after the
# next attempt, at which all is well, and the copies then.
FAULTS = [
    (YES, "sent", 1, "sent", 1),
    (Fault.SLOW, "sent", 1, "sent", 1),
    (Fault.DROP_AFTER_YES, "sent", 1, "sent", 1),
    (Fault.LATER_AT_GREETING, "waiting", 0, "sent", 1),
    (Fault.DROP_AT_GREETING, "waiting", 0, "sent", 1),
    (Fault.SILENT_AT_GREETING, "waiting", 0, "sent", 1),
    (Fault.LATER_AT_SENDER, "waiting", 0, "sent", 1),
    (Fault.NO_AT_SENDER, "waiting", 0, "sent", 1),
    (Fault.LATER_AT_ADDRESS, "waiting", 0, "sent", 1),
    (Fault.DROP_AT_ADDRESS, "waiting", 0, "sent", 1),
    (Fault.LATER_AT_DATA, "waiting", 0, "sent", 1),
    (Fault.DROP_BEFORE_DATA, "waiting", 0, "sent", 1),
    (Fault.LATER_AFTER_MAIL, "waiting", 0, "sent", 1),
    (Fault.NO_AT_ADDRESS, "failed", 0, "failed", 0),
    (Fault.NO_AT_DATA, "failed", 0, "failed", 0),
    (Fault.NO_AFTER_MAIL, "failed", 0, "failed", 0),
    (Fault.DROP_AFTER_MAIL_NOT_TAKEN, "unsure", 0, "sent", 1),
    (Fault.DROP_AFTER_MAIL_TAKEN, "unsure", 1, "sent", 2),
    (Fault.GARBLED_AFTER_MAIL_TAKEN, "unsure", 1, "sent", 2),
    (Fault.SILENT_AFTER_MAIL_TAKEN, "unsure", 1, "sent", 2),
]


@pytest.mark.parametrize(("fault", "state", "copies", "state_after", "copies_after"), FAULTS)
def test_each_fault_leads_to_its_state_and_no_more_copies_than_it_must(
    database: Database,
    mail_server: MailServer,
    fault: Fault | None,
    state: str,
    copies: int,
    state_after: str,
    copies_after: int,
) -> None:
    hands, number = Hands(), post(database)
    sender = sender_to(database, mail_server.url, hands)
    if fault is not None:
        mail_server.faults.append(fault)
    assert sender.send_due() == {state: 1}
    assert (stored(database, number).state, len(mail_server.messages)) == (state, copies)
    hands.move(minutes=11)
    sender.send_due()
    assert (stored(database, number).state, len(mail_server.messages)) == (state_after, copies_after)
    hands.move(days=30)
    assert sender.send_due() == {}
    assert len(mail_server.messages) == copies_after
    assert len({one.raw for one in mail_server.messages}) == min(copies_after, 1)


def test_a_connection_lost_before_the_line_that_ends_the_mail_is_not_unsure(
    database: Database, mail_server: MailServer
) -> None:
    # More than the network holds on the way, so that the break is met inside it.
    hands, number = Hands(), post(database, body="x" * 60 + "\n" + ("y" * 60 + "\n") * 100_000)
    sender = sender_to(database, mail_server.url, hands)
    mail_server.faults.append(Fault.DROP_IN_DATA)
    sender.send_due()
    assert stored(database, number).state == "waiting" and mail_server.messages == []


def test_an_answer_lost_twice_is_given_up_for_a_person_to_see(
    database: Database, mail_server: MailServer
) -> None:
    hands, number = Hands(), post(database)
    sender = sender_to(database, mail_server.url, hands)
    mail_server.faults.extend([Fault.DROP_AFTER_MAIL_TAKEN] * 5)
    sender.send_due()
    assert stored(database, number).unsure_at == hands.at
    for _day in range(5):
        hands.move(days=1)
        sender.send_due()
    mail = stored(database, number)
    assert mail.state == "given up" and "answer to the whole mail was lost" in mail.last_answer
    first, second = mail_server.messages
    assert first.message_id == second.message_id == mail.message_id
    assert first.raw == second.raw


@pytest.mark.parametrize(
    ("second", "state"),
    [(Fault.LATER_AT_ADDRESS, "unsure"), (Fault.NO_AFTER_MAIL, "given up"), (YES, "sent")],
)
def test_the_second_time_of_an_unsure_mail(
    database: Database, mail_server: MailServer, second: Fault | None, state: str
) -> None:
    hands, number = Hands(), post(database)
    sender = sender_to(database, mail_server.url, hands)
    mail_server.faults.extend([Fault.DROP_AFTER_MAIL_TAKEN] + ([second] if second else []))
    sender.send_due()
    hands.move(minutes=6)
    sender.send_due()
    assert stored(database, number).state == state
    hands.move(days=1)
    sender.send_due()
    # Not now is no second time: it was not handed over, and may still be.
    assert len(mail_server.messages) == (1 if state == "given up" else 2)


def test_where_nobody_listens_no_mail_is_lost_and_one_attempt_is_enough_to_know(database: Database) -> None:
    hands = Hands()
    numbers = [post(database) for _ in range(3)]
    sender = sender_to(database, f"smtp://127.0.0.1:{free_port()}", hands)
    assert sender.send_due() == {"waiting": 1}
    assert [stored(database, number).attempts for number in numbers] == [1, 0, 0]
    assert "refused" in stored(database, numbers[0]).last_answer


def test_the_waits_grow_and_end_with_a_person(database: Database, mail_server: MailServer) -> None:
    hands, number = Hands(), post(database)
    sender = sender_to(database, mail_server.url, hands)
    mail_server.faults.extend([Fault.LATER_AT_ADDRESS] * 40)
    waits = []
    while stored(database, number).state == "waiting":
        sender.send_due()
        mail = stored(database, number)
        waits.append((mail.not_before - hands.at).total_seconds() / 60)
        hands.at = max(hands.at, mail.not_before)
    assert waits[:10] == [1, 2, 4, 8, 16, 32, 64, 128, 240, 240]
    assert (mail.state, mail.attempts) == ("given up", 30)
    assert 3 <= (hands.at - mail.made_at).days <= 4
