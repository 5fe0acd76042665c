"""The short forms of one listing, which two people may send at once: what each was shown with, and what it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from flask import render_template

from directory.actions.changes.apply import stored_cells
from directory.actions.changes.from_waiting import taken_back
from directory.actions.changes.once import propose_once, still_as_shown
from directory.actions.changes.propose import Proposal, Proposed
from directory.errors import RuleBroken
from directory.queries.waiting import own_waiting
from directory.reference.hours import now_utc
from directory.security.me import actor
from directory.web.database import database
from directory.web.my_listings.check_rows import places
from directory.web.my_listings.edit import Opened, error_list, words_of_waits
from directory.web.my_listings.mine import Target
from directory.web.my_listings.page_form import WAS, PageForm, was_text
from directory.web.my_listings.questions import QUESTIONS

LIST_AND_WEEKS = ("waiting_list", "waiting_weeks")
CLOSING = ("status", "waiting_note")


def with_what_waits(here: Opened) -> dict[str, str]:
    """The listing, and over it what this side has sent. What is being written on other pages is not sent from here."""
    return {**here.listed, **own_waiting(here.waiting)}


def ask_for(target: Target, cells: Mapping[str, str], shown: Mapping[str, str]) -> Proposed:
    """Propose it, once however often it is pressed. What shall be as it is listed again takes back what waits there.

    shown: column → what it said when this person began; a column that is not in it is not compared.
    Raises ChangeRefused, or ChangedMeanwhile with both answers.
    """
    subject, by, now = target.subject, actor(), now_utc()
    proposal = Proposal(subject.service_id, subject.organisation_id, cells, source=subject.source)
    with database().transaction() as session:
        still_as_shown(session, proposal, shown)
        here = stored_cells(session, subject.service_id or 0)
        back = taken_back(
            session, subject, {name: cells[name] for name in cells if name in shown}, here, by, now
        )
        return replace(propose_once(session, proposal, places(), by=by, now=now), taken_back=back)


def waiting_page(here: Opened, form: PageForm, before: Mapping[str, str]) -> str:
    """The form of the waiting list. before: the cells it is shown with."""
    return render_template(
        "my_listings/waiting.html",
        target=here.target,
        waits={name: here.waiting[name] for name in LIST_AND_WEEKS if name in here.waiting},
        listed=here.listed,
        written={},
        **words_of_waits(),
        form=form,
        questions=QUESTIONS,
        was_name=WAS,
        was=was_text(before, LIST_AND_WEEKS),
        error_list=error_list(form),
    )


def closed_page(here: Opened, typed: Mapping[str, str], error: str, *, is_changed: bool = False) -> str:
    """The form on closing. is_changed: somebody else has changed it meanwhile, and it is shown as it is now."""
    return render_template(
        "my_listings/closed.html",
        target=here.target,
        status=here.listed.get("status", ""),
        note=here.listed.get("waiting_note", ""),
        waits={name: here.waiting[name] for name in CLOSING if name in here.waiting},
        listed=here.listed,
        written={},
        **words_of_waits(),
        typed=typed,
        error=error,
        is_changed=is_changed,
        was_name=WAS,
        was=was_text(with_what_waits(here), CLOSING),
    )


def whole_day(typed: Mapping[str, str]) -> date:
    """The day that was typed. Raises RuleBroken('until')."""
    try:
        parts = [int(typed[part]) for part in ("year", "month", "day") if typed[part].isascii()]
        return date(parts[0], parts[1], parts[2])
    except (ValueError, IndexError, OverflowError):
        raise RuleBroken("until", "Enter a day, month and year, such as 5 1 2027.") from None
