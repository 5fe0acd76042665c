"""Check your answers: what is new field by field, what is published at once, what waits and why; and send it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.changes.apply import as_written, checked
from directory.actions.changes.draft import send_draft, settle
from directory.actions.changes.propose import Proposal, Proposed, in_place_now
from directory.actions.changes.refused import ChangedMeanwhile, ChangeRefused
from directory.actions.changes.rules import (
    CHECKED_THROUGH_HELD_CHANNEL,
    EDITABLE,
    SMALL,
    names_a_way_to_go,
)
from directory.errors import NotFound
from directory.queries.duplicates import Twin, likely_twins
from directory.queries.my_drafts import Draft
from directory.queries.waiting import WaitingCell, waiting_cells
from directory.reference.hours import now_utc
from directory.security.me import actor
from directory.web.cell_words import cell_words, column_label
from directory.web.database import database
from directory.web.dates import day
from directory.web.my_listings.cells_of_forms import data_of
from directory.web.my_listings.check_answers import problems_by_column, wording_hints
from directory.web.my_listings.check_rows import places
from directory.web.my_listings.clash import clash_page, read_choices
from directory.web.my_listings.edit import LISTING, NEW, opened
from directory.web.my_listings.edit_pages import PAGE_OF
from directory.web.my_listings.mine import Target, may_edit, who_asks

bp = Blueprint("send_listing", __name__)

Answer = BaseResponse | str | tuple[str, int]
_NAMES_ANYTHING = frozenset({"name", "url", "contact_routes"})
"""Columns by which a service may be found to be listed already."""


@dataclass(frozen=True, slots=True)
class Line:
    """One column that changes, in words. slug: of the page on which to change it; '' where there is none."""

    column: str
    label: str
    old: list[str]
    new: list[str]
    slug: str
    hints: list[str]
    why: str


@bp.get(f"{LISTING}/check")
@bp.get(f"{NEW}/check")
def check(service_id: int | None = None, draft_id: int | None = None) -> Answer:
    """Everything that will be sent."""
    target, listed, draft = opened(service_id, draft_id)
    if draft is None or (not draft.cells):
        flash(_("There is nothing to send."), "problem")
        return redirect(target.url("edit_listing.tasks"), code=303)
    return _page(target, listed, draft, _problems(listed, draft))


@bp.post(f"{LISTING}/check")
@bp.post(f"{NEW}/check")
def send(service_id: int | None = None, draft_id: int | None = None) -> Answer:
    """Send it. A second press finds nothing more to send, and says so."""
    try:
        target, listed, draft = opened(service_id, draft_id)
    except NotFound:
        # The draft of a new service is gone once it is sent; the page says of which organisation it was.
        organisation_id = request.form.get("organisation", type=int)
        if service_id is not None or organisation_id is None or not may_edit(who_asks(), organisation_id):
            raise
        flash(sent_words(None))
        return redirect("/my-listings", code=303)
    try:
        with database().transaction() as session:
            proposed = send_draft(session, target.subject, places(), by=actor(), now=now_utc())
    except ChangeRefused as refused:
        if draft is None:
            raise
        return _page(target, listed, draft, problems_by_column(refused)), 400
    except ChangedMeanwhile as clash:
        mine = draft.cells if draft else {}
        return clash_page(clash.columns, mine, {}, target, target.url("send_listing.settled")), 409
    flash(sent_words(proposed, is_new=target.is_new))
    return redirect("/my-listings", code=303)


@bp.post(f"{LISTING}/check/choose")
@bp.post(f"{NEW}/check/choose")
def settled(service_id: int | None = None, draft_id: int | None = None) -> Answer:
    """The listing itself was changed meanwhile: which answers stand. Nothing is sent before they are checked again."""
    target, _listed, _draft = opened(service_id, draft_id)
    choices = read_choices(request.form, EDITABLE)
    if choices.unanswered:
        action = target.url("send_listing.settled")
        return clash_page(choices.both, choices.mine, {}, target, action, errors=choices.unanswered), 400
    with database().transaction() as session:
        settle(session, target.subject, choices.theirs, choices.keep)
    return redirect(target.url("send_listing.check"), code=303)


def sent_words(proposed: Proposed | None, *, is_new: bool = False) -> str:
    """What has become of what was sent."""
    if proposed is None:
        return _("It was sent already.")
    if proposed.published_id is None and proposed.waiting_id is None:
        return _("The listing says all of this already. Nothing was sent.")
    if proposed.waiting_id is None:
        return _("Thank you. It is published.")
    if proposed.published_id is None and is_new:
        return _("Thank you. A moderator will look at it within two working days. Until then nobody sees it.")
    if proposed.published_id is None:
        return _(
            "Thank you. A second person will look at it within two working days. Until then the listing stays."
        )
    return _(
        "Thank you. The small facts are published. A second person will look at the rest within two working days."
    )


def _problems(listed: Mapping[str, str], draft: Draft) -> list[tuple[str, str]]:
    whole = {"id": "1", "listing": "needs checking", **as_written(listed), **draft.cells}
    try:
        checked(whole, places())
    except ChangeRefused as refused:
        return problems_by_column(refused)
    return []


def _page(target: Target, listed: Mapping[str, str], draft: Draft, problems: list[tuple[str, str]]) -> str:
    new = {name: cell for name, cell in draft.cells.items() if cell != listed.get(name, "")}
    with database().reading() as session:
        proposal = Proposal(
            target.subject.service_id, target.organisation_id, new, source=target.subject.source
        )
        soon = frozenset() if target.is_new else in_place_now(session, proposal, listed, new, places())
        waiting = waiting_cells(session, target.subject.service_id, target.subject.source, new)
        alike: tuple[Twin, ...] = ()
        if target.is_new and _NAMES_ANYTHING & new.keys():
            alike = likely_twins(
                session,
                new.get("name", ""),
                _numbers(new.get("contact_routes", "")) - _numbers(listed.get("contact_routes", "")),
                new.get("url", ""),
                target.subject.service_id,
                only_public=True,
            )
    hints = wording_hints(new)
    if _hours(new.get("contact_routes", "")) - _hours(listed.get("contact_routes", "")):
        hints["contact_routes"] = [
            _("The hours stand here as we understood them. If you meant others, change them, with am or pm.")
        ]
    lines = [
        Line(
            name,
            column_label(name),
            cell_words(name, listed.get(name, "")),
            cell_words(name, cell),
            PAGE_OF[name].slug if name in PAGE_OF else "",
            hints.get(name, []),
            " ".join(
                part
                for part in (
                    _why(name, cell, at_once=name in soon, is_new=target.is_new),
                    _beside(waiting.get(name, ()), cell),
                )
                if part
            ),
        )
        for name in EDITABLE
        if (cell := new.get(name)) is not None
    ]
    return render_template(
        "my_listings/check.html",
        target=target,
        draft=draft,
        now=[line for line in lines if line.column in soon],
        later=[line for line in lines if line.column not in soon],
        problems=[
            (column_label(column), words, PAGE_OF[column].slug if column in PAGE_OF else "")
            for column, words in problems
        ],
        duplicates=alike,
        is_new=target.is_new,
    )


def _numbers(cell: str) -> set[str]:
    return {row["value"] for row in data_of("contact_routes", cell) if row["kind"] == "telephone"}


def _hours(cell: str) -> set[str]:
    return {row["hours"] for row in data_of("contact_routes", cell) if row["hours"]}


def _beside(waiting: tuple[WaitingCell, ...], cell: str) -> str:
    """What becomes of a change of the same column that waits already."""
    if not waiting:
        return ""
    since = day(waiting[-1].since)
    if not waiting[-1].is_ours:
        return _("Another change of it waits since %(day)s: a moderator decides between the two.", day=since)
    if waiting[-1].cell == cell:
        return _("You asked for this on %(day)s already, and it waits.", day=since)
    return _("It takes the place of your change that waits since %(day)s.", day=since)


def _why(name: str, cell: str, *, at_once: bool, is_new: bool) -> str:
    if is_new:
        return ""
    if name in CHECKED_THROUGH_HELD_CHANNEL:
        return _(
            "A wrong one could lead somebody to the wrong door. A moderator asks you in a way we knew before."
        )
    if name not in SMALL:
        return _("A second person looks at it before anybody else sees it.")
    if not at_once and names_a_way_to_go(cell):
        return _("It holds a number or an address, so a second person looks at it first.")
    return "" if at_once else _("Your first changes are looked at before they are published.")
