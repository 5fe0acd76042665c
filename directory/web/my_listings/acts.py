"""What is done in one tap, or in one short form: confirm, the waiting list, closed for now, taking a change back."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.changes.again import take_up_again
from directory.actions.changes.closing import closed_until, compared_with, day_in, open_again
from directory.actions.changes.decide import DecidedAlready
from directory.actions.changes.propose import Proposed
from directory.actions.changes.refused import ChangedMeanwhile, ChangeRefused
from directory.actions.changes.theirs import NotTheirs, withdraw
from directory.actions.upkeep.confirm import confirm_listings
from directory.errors import NotFound, RuleBroken
from directory.queries.my_drafts import STAFF, Subject
from directory.queries.sent_again import draft_begun_from
from directory.reference.hours import now_utc, today_in_london
from directory.security.me import actor
from directory.web.database import database
from directory.web.my_listings.check_answers import problem_words, put_errors
from directory.web.my_listings.clash import Choices, clash_page, read_choices
from directory.web.my_listings.edit import LISTING, Opened, opened
from directory.web.my_listings.mine import Target, change_of_mine, side_of, target_of, who_asks
from directory.web.my_listings.page_form import PageForm, page_form, was_in
from directory.web.my_listings.send import sent_words
from directory.web.my_listings.short_forms import (
    CLOSING,
    LIST_AND_WEEKS,
    ask_for,
    closed_page,
    waiting_page,
    whole_day,
    with_what_waits,
)

bp = Blueprint("listing_acts", __name__)

Answer = BaseResponse | str | tuple[str, int]
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
    held = with_what_waits(here)
    return waiting_page(here, page_form(LIST_AND_WEEKS, held), held)


@bp.post(f"{LISTING}/waiting")
def save_waiting(service_id: int) -> Answer:
    """The waiting list, as of today. What somebody else has said of it meanwhile is shown beside one's own."""
    here = opened(service_id, None)
    was = was_in(request.form, LIST_AND_WEEKS)
    before = with_what_waits(here) if was is None else was
    form = page_form(LIST_AND_WEEKS, before, request.form)
    cells = form.cells()
    if not put_errors(form, cells):
        return waiting_page(here, form, before), 400
    return _send_waiting(here, form, cells, {name: before.get(name, "") for name in LIST_AND_WEEKS})


@bp.post(f"{LISTING}/waiting/choose")
def choose_waiting(service_id: int) -> Answer:
    """After two people changed it at once: this person has seen both, and says which stands."""
    here = opened(service_id, None)
    choices = read_choices(request.form, LIST_AND_WEEKS)
    if choices.unanswered:
        return _both_again(here.target, "listing_acts.choose_waiting", choices), 400
    cells = {
        name: cell
        for name, cell in choices.mine.items()
        if name not in choices.theirs or name in choices.keep
    }
    held = with_what_waits(here)
    if all(cell == held.get(name, "") for name, cell in cells.items()):
        return _theirs_stands()
    return _send_waiting(
        here, page_form(LIST_AND_WEEKS, {**held, **cells}), cells, {**choices.was, **choices.theirs}
    )


@bp.get(f"{LISTING}/closed")
def closed(service_id: int) -> Answer:
    """Until when it is closed; or that it is open again."""
    return closed_page(opened(service_id, None), {}, "")


@bp.post(f"{LISTING}/closed")
def save_closed(service_id: int) -> Answer:
    """Closed up to a day. Another day that somebody else has put there meanwhile is shown beside one's own."""
    here = opened(service_id, None)
    typed = {part: request.form.get(part, "").strip() for part in ("day", "month", "year")}
    try:
        cells = closed_until(here.listed, whole_day(typed), today_in_london())
        return _send_closed(here, cells, _closing_shown(here))
    except RuleBroken as broken:
        return closed_page(here, typed, _(broken.message)), 400
    except ChangeRefused as refused:
        return closed_page(here, typed, problem_words(refused.problems[0])), 400


@bp.post(f"{LISTING}/closed/choose")
def choose_closed(service_id: int) -> Answer:
    """After two people closed it up to different days: this person has seen both, and says which stands."""
    here = opened(service_id, None)
    choices = read_choices(request.form, CLOSING)
    if choices.unanswered:
        return _both_again(here.target, "listing_acts.choose_closed", choices), 400
    until = day_in(choices.mine.get("waiting_note", ""))
    if not choices.keep or until is None:
        return _theirs_stands()
    try:
        cells = closed_until(here.listed, until, today_in_london())
        shown = compared_with({**choices.was, **choices.theirs}, with_what_waits(here), here.listed)
        return _send_closed(here, cells, shown)
    except RuleBroken as broken:
        return closed_page(here, {}, _(broken.message)), 400
    except ChangeRefused as refused:
        return closed_page(here, {}, problem_words(refused.problems[0])), 400


@bp.post(f"{LISTING}/open-again")
def reopen(service_id: int) -> Answer:
    """It runs again; unless somebody else has said meanwhile until when it is closed: then that is shown first."""
    here = opened(service_id, None)
    try:
        proposed = ask_for(here.target, open_again(here.listed, today_in_london()), _closing_shown(here))
    except ChangeRefused as refused:
        flash(problem_words(refused.problems[0]))
        return redirect("/my-listings", code=303)
    except ChangedMeanwhile:
        return closed_page(opened(service_id, None), {}, "", is_changed=True), 409
    return _sent(proposed)


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
        elif (begun := draft_begun_from(session, change_id)) is not None:
            draft_id = begun  # Pressed twice.
        else:
            raise NotFound("This change was not sent back.")
    if change.service_id is None:
        return redirect(f"/my-listings/new/{draft_id}", code=303)
    return redirect(f"/my-listings/{change.service_id}/edit", code=303)


def _send_waiting(here: Opened, form: PageForm, cells: Mapping[str, str], shown: Mapping[str, str]) -> Answer:
    asked = {**cells, "waiting_as_at": today_in_london().isoformat()}
    try:
        return _sent(ask_for(here.target, asked, shown))
    except ChangeRefused as refused:
        for problem in refused.problems:
            if problem.column in LIST_AND_WEEKS:
                form[problem.column].errors = [problem_words(problem)]
        return waiting_page(here, form, shown), 400
    except ChangedMeanwhile as clash:
        action = here.target.url("listing_acts.choose_waiting")
        return clash_page(clash.columns, cells, shown, here.target, action), 409


def _send_closed(here: Opened, cells: Mapping[str, str], shown: Mapping[str, str]) -> Answer:
    try:
        return _sent(ask_for(here.target, cells, shown))
    except ChangedMeanwhile as clash:
        # The state follows from the day: one question, not two.
        both = {name: two for name, two in clash.columns.items() if name == "waiting_note"} or clash.columns
        mine = {name: cells[name] for name in CLOSING}
        action = here.target.url("listing_acts.choose_closed")
        return clash_page(both, mine, shown, here.target, action), 409


def _both_again(target: Target, endpoint: str, choices: Choices) -> str:
    action, errors = target.url(endpoint), choices.unanswered
    return clash_page(choices.both, choices.mine, choices.was, target, action, errors=errors)


def _closing_shown(here: Opened) -> dict[str, str]:
    """What the page on closing was shown with; one that does not say is compared with nothing."""
    held, was = with_what_waits(here), was_in(request.form, CLOSING)
    return compared_with(held if was is None else was, held, here.listed)


def _sent(proposed: Proposed) -> Answer:
    flash(sent_words(proposed))
    return redirect("/my-listings", code=303)


def _theirs_stands() -> Answer:
    flash(_("The other answer stands. Nothing of yours was sent."))
    return redirect("/my-listings", code=303)
