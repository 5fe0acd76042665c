"""Check your answers: what is new field by field, what is published at once, what waits and why; and send it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.changes.apply import as_written, checked
from directory.actions.changes.draft import send_draft, settle
from directory.actions.changes.draft_seen import WrittenSince, marks_of
from directory.actions.changes.from_waiting import proposed_cells
from directory.actions.changes.propose import Proposal, Proposed, has_standing, in_place_now
from directory.actions.changes.refused import ChangedMeanwhile, ChangeRefused
from directory.actions.changes.rules import EDITABLE
from directory.errors import NotFound
from directory.queries.duplicates import Twin, likely_twins
from directory.queries.my_drafts import OWN, Draft
from directory.queries.waiting import own_waiting
from directory.reference.hours import now_utc
from directory.security.me import actor
from directory.web.cell_words import cell_words, column_label
from directory.web.database import database
from directory.web.my_listings.cells_of_forms import data_of
from directory.web.my_listings.check_answers import problems_by_column
from directory.web.my_listings.check_rows import places
from directory.web.my_listings.clash import clash_page, read_choices
from directory.web.my_listings.contact_hints import hints_of
from directory.web.my_listings.edit import LISTING, NEW, Opened, opened
from directory.web.my_listings.edit_pages import PAGE_OF
from directory.web.my_listings.mine import may_edit, who_asks
from directory.web.my_listings.page_form import held_cells
from directory.web.my_listings.why_it_waits import Changed, beside_what_waits, why_it_waits

bp = Blueprint("send_listing", __name__)

SHOWN = "shown"
"""The hidden field that holds marks of what the page shows, so that nothing is sent that nobody has looked at."""

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
    here = opened(service_id, draft_id)
    if here.draft is None or (not here.draft.cells):
        flash(_("There is nothing to send."), "problem")
        return redirect(here.target.url("edit_listing.tasks"), code=303)
    return _page(here, here.draft, _problems(here, here.draft))


@bp.post(f"{LISTING}/check")
@bp.post(f"{NEW}/check")
def send(service_id: int | None = None, draft_id: int | None = None) -> Answer:
    """Send it. A second press finds nothing more to send, and says so."""
    try:
        here = opened(service_id, draft_id)
    except NotFound:
        # The draft of a new service is gone once it is sent; the page says of which organisation it was.
        organisation_id = request.form.get("organisation", type=int)
        if service_id is not None or organisation_id is None or not may_edit(who_asks(), organisation_id):
            raise
        flash(sent_words(None))
        return redirect("/my-listings", code=303)
    target, draft = here.target, here.draft
    try:
        with database().transaction() as session:
            proposed = send_draft(
                session, target.subject, places(), by=actor(), now=now_utc(), seen=_marks_in_form()
            )
    except WrittenSince as since:
        here = opened(service_id, draft_id)
        if here.draft is None or not here.draft.cells:
            flash(_("There is nothing to send."), "problem")
            return redirect(target.url("edit_listing.tasks"), code=303)
        return _page(here, here.draft, _problems(here, here.draft), since), 409
    except ChangeRefused as refused:
        if draft is None:
            raise
        return _page(here, draft, problems_by_column(refused)), 400
    except ChangedMeanwhile as clash:
        mine = draft.cells if draft else {}
        return clash_page(clash.columns, mine, {}, target, target.url("send_listing.settled")), 409
    flash(sent_words(proposed, is_new=target.is_new))
    return redirect("/my-listings", code=303)


@bp.post(f"{LISTING}/check/choose")
@bp.post(f"{NEW}/check/choose")
def settled(service_id: int | None = None, draft_id: int | None = None) -> Answer:
    """The listing itself was changed meanwhile: which answers stand. Nothing is sent before they are checked again."""
    target = opened(service_id, draft_id).target
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
    if proposed.published_id is None and proposed.waiting_id is None and proposed.taken_back:
        return _("What waited is taken back. The listing stays as it is.")
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


def _problems(here: Opened, draft: Draft) -> list[tuple[str, str]]:
    cells = proposed_cells(draft.cells, here.listed, own_waiting(here.waiting), places())
    try:
        checked({"id": "1", "listing": "needs checking", **as_written(here.listed), **cells}, places())
    except ChangeRefused as refused:
        return problems_by_column(refused)
    return []


def _marks_in_form() -> dict[str, str] | None:
    """What the page had shown, as it says itself; one that says nothing at all is compared with nothing."""
    said = request.form.get(SHOWN)
    return None if said is None else (held_cells(said) or {})


def _page(
    here: Opened, draft: Draft, problems: list[tuple[str, str]], since: WrittenSince | None = None
) -> str:
    target, listed = here.target, here.listed
    sent = own_waiting(here.waiting)
    # What shall be as it is listed again is sent too where something waits in its place.
    new = {name: cell for name, cell in draft.cells.items() if cell != listed.get(name, "")}
    back = [
        name
        for name in EDITABLE
        if name in sent and draft.cells.get(name) == listed.get(name, "") and here.may_take_back(name)
    ]
    with database().reading() as session:
        proposal = Proposal(
            target.subject.service_id, target.organisation_id, new, source=target.subject.source
        )
        standing = has_standing(session, proposal)
        soon = frozenset() if target.is_new else in_place_now(session, proposal, listed, new, places())
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
    hints = hints_of(new)
    if _hours(new.get("contact_routes", "")) - _hours(listed.get("contact_routes", "")):
        hints["contact_routes"] = [
            *hints.get("contact_routes", []),
            _("The hours stand here as we understood them. If you meant others, change them, with am or pm."),
        ]
    changed = Changed(new, listed, soon, standing=standing, is_own=target.subject.source == OWN)
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
                    "" if target.is_new else why_it_waits(name, changed),
                    beside_what_waits(here.waiting.get(name, ()), cell),
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
        taken_back=[
            (column_label(name), cell_words(name, sent[name]), cell_words(name, listed.get(name, "")))
            for name in back
        ],
        problems=[
            (column_label(column), words, PAGE_OF[column].slug if column in PAGE_OF else "")
            for column, words in problems
        ],
        duplicates=alike,
        since=since,
        gone=[column_label(name) for name in sorted(since.gone) if name in EDITABLE] if since else [],
        shown_name=SHOWN,
        shown=json.dumps(marks_of(draft.cells, draft.words)),
        is_new=target.is_new,
    )


def _numbers(cell: str) -> set[str]:
    return {row["value"] for row in data_of("contact_routes", cell) if row["kind"] == "telephone"}


def _hours(cell: str) -> set[str]:
    return {row["hours"] for row in data_of("contact_routes", cell) if row["hours"]}
