"""What is done in one tap, or in one short form: confirm, the waiting list, closed for now, taking a change back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.changes.apply import stored_cells
from directory.actions.changes.closing import closed_until, open_again
from directory.actions.changes.decide import DecidedAlready
from directory.actions.changes.draft import take_up_again
from directory.actions.changes.once import propose_once
from directory.actions.changes.propose import Proposal
from directory.actions.changes.refused import ChangedMeanwhile, ChangeRefused
from directory.actions.changes.theirs import NotTheirs, withdraw
from directory.actions.upkeep.confirm import confirm_listings
from directory.errors import NotFound, RuleBroken
from directory.queries.my_drafts import STAFF, Subject
from directory.queries.waiting import own_waiting
from directory.reference.hours import now_utc, today_in_london
from directory.security.me import actor
from directory.web.database import database
from directory.web.my_listings.check_answers import problem_words, put_errors
from directory.web.my_listings.check_rows import places
from directory.web.my_listings.edit import LISTING, Opened, error_list, opened, words_of_waits
from directory.web.my_listings.mine import Target, change_of_mine, side_of, target_of, who_asks
from directory.web.my_listings.page_form import WAS, PageForm, page_form, was_in, was_text
from directory.web.my_listings.questions import QUESTIONS
from directory.web.my_listings.send import sent_words

bp = Blueprint("listing_acts", __name__)

Answer = BaseResponse | str | tuple[str, int]
WAITING = ("waiting_list", "waiting_weeks")
CHANGE = "/my-listings/changes/<int(max=2147483647):change_id>"
TICKED_MAX = 500


@bp.post("/my-listings/confirm")
def confirm() -> Answer:
    """Everything is still right, of all that are ticked. One that is not theirs: nothing is confirmed.

    Staff know it only from the service itself: they ring, and confirm through the call.
    """
    ticked = request.form.getlist("id")
    numbers = {int(text) for text in ticked if text.isascii() and text.isdecimal() and len(text) < 10}
    if len(numbers) != len(set(ticked)) or len(numbers) > TICKED_MAX:
        raise NotFound("No listing has this number.")
    if not numbers:
        flash(
            _("Nothing was ticked. Tick the listings that are still right, then press the button."), "problem"
        )
        return redirect("/my-listings", code=303)
    with database().transaction() as session:
        targets = [target_of(session, number, None) for number in sorted(numbers)]
        if any(one.subject.source == STAFF for one in targets):
            flash(
                _("Ring the service to confirm its listing: take its call, and save what came of it."),
                "problem",
            )
            return redirect("/moderation/calls", code=303)
        count = confirm_listings(session, sorted(numbers), by=actor(), today=today_in_london(), now=now_utc())
    flash(
        ngettext(
            "Thank you. %(num)s listing is confirmed.", "Thank you. %(num)s listings are confirmed.", count
        )
    )
    return redirect("/my-listings", code=303)


@bp.get(f"{LISTING}/waiting")
def waiting(service_id: int) -> Answer:
    """The waiting list, as it stands, or as it was sent and waits."""
    here = opened(service_id, None)
    held = _with_what_waits(here)
    return _waiting_page(here, page_form(WAITING, held), held)


@bp.post(f"{LISTING}/waiting")
def save_waiting(service_id: int) -> Answer:
    """The waiting list, as of today."""
    here = opened(service_id, None)
    held, was = _with_what_waits(here), was_in(request.form, WAITING)
    before = held if was is None else was
    form = page_form(WAITING, before, request.form)
    cells = form.cells()
    if not put_errors(form, cells):
        return _waiting_page(here, form, before), 400
    cells["waiting_as_at"] = today_in_london().isoformat()
    # What the page showed of a change that waits was never the listing's: nobody has changed the listing since.
    base = {name: here.listed[name] if held[name] == cell else cell for name, cell in before.items()}
    try:
        return _propose(here.target, cells, base)
    except ChangeRefused as refused:
        for problem in refused.problems:
            if problem.column in WAITING:
                form[problem.column].errors = [problem_words(problem)]
        return _waiting_page(here, form, before), 400
    except ChangedMeanwhile:
        form["waiting_list"].errors = [
            _(
                "Somebody else has changed this since you opened the page. It is shown as it is now: look again."
            )
        ]
        return _waiting_page(here, _with_errors(page_form(WAITING, held), form), held), 409


@bp.get(f"{LISTING}/closed")
def closed(service_id: int) -> Answer:
    """Until when it is closed; or that it is open again."""
    target, listed = _listing(service_id)
    return _closed_page(target, listed, {}, "")


@bp.post(f"{LISTING}/closed")
def save_closed(service_id: int) -> Answer:
    """Closed up to a day."""
    target, listed = _listing(service_id)
    typed = {part: request.form.get(part, "").strip() for part in ("day", "month", "year")}
    try:
        cells = closed_until(listed, _whole_day(typed), today_in_london())
        return _propose(target, cells, {})
    except RuleBroken as broken:
        return _closed_page(target, listed, typed, _(broken.message)), 400
    except ChangeRefused as refused:
        return _closed_page(target, listed, typed, problem_words(refused.problems[0])), 400


@bp.post(f"{LISTING}/open-again")
def reopen(service_id: int) -> Answer:
    """It runs again."""
    target, listed = _listing(service_id)
    try:
        return _propose(target, open_again(listed, today_in_london()), {})
    except ChangeRefused as refused:
        flash(problem_words(refused.problems[0]))
        return redirect("/my-listings", code=303)


@bp.post(f"{CHANGE}/withdraw")
def withdraw_change(change_id: int) -> Answer:
    """Take back what waits, was sent back or was refused."""
    try:
        with database().transaction() as session:
            change_of_mine(session, change_id)
            withdraw(session, change_id, by=actor(), now=now_utc())
    except NotTheirs:
        flash(_("Only whoever sent it takes it back."))
        return redirect("/my-listings", code=303)
    except DecidedAlready:
        flash(_("This change has been approved already, so it cannot be taken back."))
        return redirect("/my-listings", code=303)
    flash(_("The change is taken back. The listing stays as it is."))
    return redirect("/my-listings", code=303)


@bp.post(f"{CHANGE}/again")
def change_again(change_id: int) -> Answer:
    """Edit what a moderator has sent back."""
    with database().transaction() as session:
        change = change_of_mine(session, change_id)
        if change.state == "sent back":
            who = who_asks()
            source = side_of(who, change.organisation_id)
            subject = Subject(change.organisation_id, change.service_id, change.id, source, who.account_id)
            draft_id = take_up_again(session, change_id, subject, by=actor(), now=now_utc())
        elif change.state in {"draft", "withdrawn"}:
            draft_id = change.id  # Pressed twice.
        else:
            raise NotFound("This change was not sent back.")
    if change.service_id is None:
        return redirect(f"/my-listings/new/{draft_id}", code=303)
    return redirect(f"/my-listings/{change.service_id}/edit", code=303)


def _listing(service_id: int) -> tuple[Target, dict[str, str]]:
    with database().reading() as session:
        return target_of(session, service_id, None), stored_cells(session, service_id)


def _propose(target: Target, cells: Mapping[str, str], base: Mapping[str, str]) -> Answer:
    subject = target.subject
    proposal = Proposal(subject.service_id, subject.organisation_id, cells, base, source=subject.source)
    with database().transaction() as session:
        proposed = propose_once(session, proposal, places(), by=actor(), now=now_utc())
    flash(sent_words(proposed))
    return redirect("/my-listings", code=303)


def _with_what_waits(here: Opened) -> dict[str, str]:
    """The listing, and over it what this side has sent. What is being written on other pages is not sent from here."""
    return {**here.listed, **own_waiting(here.waiting)}


def _waiting_page(here: Opened, form: PageForm, before: Mapping[str, str]) -> str:
    return render_template(
        "my_listings/waiting.html",
        target=here.target,
        waits={name: here.waiting[name] for name in WAITING if name in here.waiting},
        listed=here.listed,
        written={},
        **words_of_waits(),
        form=form,
        questions=QUESTIONS,
        was_name=WAS,
        was=was_text(before, WAITING),
        error_list=error_list(form),
    )


def _with_errors(form: PageForm, other: PageForm) -> PageForm:
    for name in form.columns:
        form[name].errors = other[name].errors
    return form


def _closed_page(target: Target, listed: Mapping[str, str], typed: Mapping[str, str], error: str) -> str:
    return render_template(
        "my_listings/closed.html",
        target=target,
        status=listed.get("status", ""),
        note=listed.get("waiting_note", ""),
        typed=typed,
        error=error,
    )


def _whole_day(typed: Mapping[str, str]) -> date:
    try:
        parts = [int(typed[part]) for part in ("year", "month", "day") if typed[part].isascii()]
        return date(parts[0], parts[1], parts[2])
    except (ValueError, IndexError, OverflowError):
        raise RuleBroken("until", "Enter a day, month and year, such as 5 1 2027.") from None
