"""What moderators see before all else: words of somebody who may be in danger, and how mail fares."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from lxml import html

from directory.actions.accounts.ask import ToManage, ask_to_manage
from directory.db import Database
from directory.models.outbox import OutboxMail
from directory.reference.hours import now_utc
from tests.accounts import signed_in
from tests.builders import make_listing
from tests.integration.my_listings.people import words_of

FIRST = "Read this first: somebody may be in danger"


def ask(stored: Database, service_id: int, words: str, email: str) -> None:
    with stored.transaction() as session:
        ask_to_manage(session, ToManage(service_id, "service manager", email, words=words), now=now_utc())


def test_a_request_that_reads_like_danger_is_first_everywhere_with_the_written_steps(
    own_app: Flask, stored: Database, moderator_id: int
) -> None:
    service_id = make_listing(stored)
    ask(stored, service_id, "I run this service.", "one@example.org")
    ask(stored, service_id, "Please help me, he is hurting me.", "two@example.org")
    moderator = signed_in(own_app, moderator_id)
    queue = moderator.get("/moderation").text
    assert FIRST in queue and "/moderation/requests/2" in queue and "/moderation/requests/1" not in queue
    assert "Request about an owner" in queue and "hurting" not in queue
    waiting = html.document_fromstring(moderator.get("/moderation/requests").text)
    rows = waiting.cssselect("tbody tr")
    assert [FIRST in row.text_content() for row in rows] == [True, False]
    assert "since today" in rows[1].text_content()
    page = moderator.get("/moderation/requests/2").text
    assert FIRST in page and 'href="/moderation/steps"' in page
    assert FIRST not in moderator.get("/moderation/requests/1").text


def test_the_tag_is_not_red_and_buttons_that_take_away_are_named_in_full(
    own_app: Flask, stored: Database, moderator_id: int
) -> None:
    service_id = make_listing(stored)
    ask(stored, service_id, "Please help me.", "two@example.org")
    moderator = signed_in(own_app, moderator_id)
    for path in ("/moderation", "/moderation/requests", f"/moderation/hold/{service_id}"):
        assert "govuk-tag--red" not in moderator.get(path).text
    hold = html.document_fromstring(moderator.get(f"/moderation/hold/{service_id}").text)
    buttons = hold.cssselect("button[name=take_down]")
    assert buttons and all("govuk-button--warning" in one.get("class") for one in buttons)


def mail(stored: Database, state: str, minutes: int) -> None:
    made = now_utc() - timedelta(minutes=minutes)
    with stored.transaction() as session:
        session.add(
            OutboxMail(
                key=f"{state} {minutes}",
                message_id=f"<{state}{minutes}@example.org>",
                to_address="manager@example.org",
                subject="Your listings",
                body="Words of a mail.",
                state=state,
                made_at=made,
                not_before=made,
                last_answer="550 no such mailbox" if state == "failed" else "",
            )
        )


def test_the_first_page_tells_how_mail_fares_and_leads_to_what_to_do(
    own_app: Flask, stored: Database, moderator_id: int
) -> None:
    moderator = signed_in(own_app, moderator_id)
    assert "0 wait to be sent; 0 unsure; 0 not sent" in words_of(moderator.get("/moderation").text)
    mail(stored, "waiting", 130)
    mail(stored, "waiting", 5)
    mail(stored, "unsure", 10)
    mail(stored, "failed", 20)
    queue = moderator.get("/moderation").text
    told = "2 wait to be sent; the oldest for 2 hours; 1 unsure; 1 not sent, for a person to look at"
    assert told in words_of(queue) and 'href="/moderation/mail"' in queue
    page = moderator.get("/moderation/mail").text
    assert "What to do" in page and "Refused by the mail server" in page and "550 no such mailbox" in page
    assert "m…@example.org" in page and "manager@example.org" not in page and "Words of a mail" not in page


def test_messages_of_visitors_are_named_before_the_queue_until_they_are_dealt_with(
    own_app: Flask, stored: Database, moderator_id: int
) -> None:
    service_id, visitor = make_listing(stored), own_app.test_client()
    moderator, line = signed_in(own_app, moderator_id), "Read these first: messages from visitors"
    assert line not in moderator.get("/moderation").text
    for words in ("The number rings out.", "They have moved."):
        sent = visitor.post(f"/services/{service_id}/correct", data={"about": "other", "words": words})
        assert sent.status_code == 303
    queue = moderator.get("/moderation").text
    assert f"{line} (2)" in queue and 'href="/moderation?kind=correction"' in queue
    for number in (1, 2):
        closed = moderator.post(f"/moderation/corrections/{number}/close", data={"result": "put right"})
        assert closed.status_code == 303
    assert line not in moderator.get("/moderation").text


def test_whoever_sends_a_correction_is_told_first_whom_to_call_now(own_app: Flask, stored: Database) -> None:
    service_id = make_listing(stored)
    page = own_app.test_client().get(f"/services/{service_id}/correct/sent").text
    said = words_of(page)
    told = "We may not read this for two working days. If somebody is in danger now, call 999."
    assert told in said and said.index(told) < said.index("Thank you")
    (box,) = html.document_fromstring(page).cssselect("main > .govuk-inset-text, main .govuk-inset-text")
    assert len(box.cssselect("li a[href^='tel:']")) >= 1
