"""A mail as it arrives: plain text, whole links, and no header that anybody's words have made."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from directory.actions.mail.compose import HEADERS, compose, flowed
from directory.actions.mail.send import MailSender
from directory.clients.smtp import Smtp
from directory.db import Database
from directory.errors import RuleBroken
from directory.mail_address import read_mail_url
from directory.models.outbox import OutboxMail
from tests.mail_server import MailServer
from tests.outbox import NOW, SENDER, Hands, post, stored

LINK = "https://example.org/confirm/" + "Ab1-_" * 30 + "?next=%2F&x=1"


def send(database: Database, mail_server: MailServer) -> None:
    MailSender(database, Smtp(read_mail_url(mail_server.url)), SENDER, clock=Hands()).send_due()


def test_a_mail_says_what_it_must_and_no_more(database: Database, mail_server: MailServer) -> None:
    number = post(database, to_address="manager@example.org", body=f"Dear manager,\n\nPlease look:\n{LINK}\n")
    send(database, mail_server)
    (mail,) = mail_server.messages_to("manager@example.org")
    head = mail.message
    assert sorted(head.keys()) == sorted([*HEADERS, "Content-Type", "Content-Transfer-Encoding"])
    assert (head["From"], head["To"]) == (SENDER, "manager@example.org")
    assert head["Auto-Submitted"] == "auto-generated"
    assert head["Message-ID"] == stored(database, number).message_id
    assert head["Date"].datetime == NOW
    assert head.get_content_type() == "text/plain" and head.get_content_charset() == "utf-8"
    assert mail.from_address == "listings@example.org"
    assert mail.links == [LINK]
    assert max(len(line) for line in mail.raw.splitlines()) <= 78


@pytest.mark.parametrize(
    "body",
    [
        "Été, Llŷn, ‘quoted’ – 😀",
        ".\n..\n.leading full stops\nQUIT\n.",
        "> looks quoted\nFrom the start\n indented\n   more",
        "one very long paragraph " * 60,
        "a" * 3000,
        f"{LINK} {LINK}\n{LINK}",
        "the last line has no end",
        "a signature\n-- \nSupport Directory",
        "old Mac\rWindows\r\nUnix\n",
    ],
)
def test_a_text_arrives_as_it_was_written(database: Database, mail_server: MailServer, body: str) -> None:
    post(database, to_address="manager@example.org", body=body)
    send(database, mail_server)
    arrived = mail_server.wait_for("manager@example.org").text
    assert arrived.rstrip("\n") == "\n".join(
        line.rstrip(" ") if line != "-- " else line for line in body.splitlines()
    )


HOSTILE_SUBJECTS = [
    "Hello =?utf-8?q?x=0d=0aBcc:victim@example.org=0d=0a=0d=0aFalse_text?=",
    "=?utf-8?b?DQpCY2M6IHZpY3RpbUBleGFtcGxlLm9yZw==?=",
    "=?unknown?q?x?= é =?utf-8?q?=0aBcc:_a?=",
    "é" * 500,
    "long " * 100,
    'nothing:odd; "here" <a@example.org>, b',
]


@pytest.mark.parametrize("subject", HOSTILE_SUBJECTS)
def test_a_subject_stays_a_subject(database: Database, mail_server: MailServer, subject: str) -> None:
    post(database, to_address="manager@example.org", subject=subject)
    send(database, mail_server)
    (mail,) = mail_server.messages
    assert sorted(mail.message.keys()) == sorted([*HEADERS, "Content-Type", "Content-Transfer-Encoding"])
    assert mail.subject.replace("= ?", "=?").split() == subject.split()
    assert mail.text.startswith("Please look")


BROKEN_LINES = [
    "a\r\nBcc: b@example.org",
    "a\nb",
    "a\rb",
    "a\x00b",
    "a\x85b",
    "a\u2028b",
    "a\x0bb",
    "a\x1bb",
    "",
]


@pytest.mark.parametrize("line", BROKEN_LINES)
def test_a_subject_of_more_than_one_line_is_not_stored(database: Database, line: str) -> None:
    with pytest.raises(RuleBroken, match="subject"):
        post(database, subject=line)


@pytest.mark.parametrize(
    "address",
    [
        *BROKEN_LINES,
        "a@example.org, b@example.org",
        "a@example.org>\r\nRCPT TO:<b@example.org",
        "a@example.org b@example.org",
        "<a@example.org>",
        "A Person <a@example.org>",
        '"a b"@example.org',
        "a(comment)@example.org",
        "a@example.org;b@example.org",
        "a@b@example.org",
        "a@[127.0.0.1]",
        "a",
        "@example.org",
        "a@",
        "a@example.org\u2028",
        "a" * 250 + "@example.org",
    ],
)
def test_what_is_not_one_address_is_not_stored(database: Database, address: str) -> None:
    with pytest.raises(RuleBroken, match="to"):
        post(database, to_address=address)


@pytest.mark.parametrize(
    "what",
    [
        {"subject": "a\r\nBcc: b@example.org"},
        {"to_address": "a@example.org\r\nBcc: b@example.org"},
        {"to_address": "été@example.org"},
        {"to_address": "a@" + "b" * 70 + ".example.org"},
    ],
)
def test_what_got_into_the_table_all_the_same_fails_and_holds_up_no_other(
    database: Database, mail_server: MailServer, what: dict[str, str]
) -> None:
    bad, good = post(database, now=NOW - timedelta(hours=1)), post(database)
    with database.transaction() as session:
        session.execute(update(OutboxMail).where(OutboxMail.id == bad).values(**what))
    send(database, mail_server)
    assert (stored(database, bad).state, stored(database, good).state) == ("failed", "sent")
    assert len(mail_server.messages) == 1


def test_an_address_with_a_domain_in_other_letters_is_written_as_the_network_does(
    database: Database, mail_server: MailServer
) -> None:
    post(database, to_address="manager@llŷn.example.org")
    send(database, mail_server)
    (mail,) = mail_server.messages
    assert mail.to_address == mail.message["To"] == "manager@xn--lln-k2a.example.org"


def test_lines_are_short_and_only_spaces_join_them() -> None:
    lines = flowed("word " * 100 + "\n\nnext").splitlines()
    assert max(map(len, lines)) <= 73
    assert [line.endswith(" ") for line in lines[:-3]] == [True] * (len(lines) - 3)


def test_the_same_mail_is_the_same_to_the_letter() -> None:
    def made() -> bytes:
        return compose(
            sender=SENDER,
            to_address="a@example.org",
            subject="Été",
            body="é" * 200,
            message_id="<1@support-directory.invalid>",
            made_at=NOW,
        ).as_bytes()

    assert made() == made()


@pytest.mark.parametrize(
    ("typed", "sent_to"),
    [
        # By the rule of 2003 this would be strasse.de, which is somebody else's.
        ("info@straße.de", "info@xn--strae-oqa.de"),
        ("info@faß.example.org", "info@xn--fa-hia.example.org"),
        ("info@xn--strae-oqa.de", "info@xn--strae-oqa.de"),
    ],
)
def test_mail_goes_to_the_domain_that_was_typed(
    database: Database, mail_server: MailServer, typed: str, sent_to: str
) -> None:
    post(database, to_address=typed)
    send(database, mail_server)
    (mail,) = mail_server.messages
    assert mail.to_address == mail.message["To"] == sent_to
