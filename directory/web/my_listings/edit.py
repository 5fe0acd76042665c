"""Edit a listing, or write a new one, in short pages; each is saved as it is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.changes.apply import stored_cells
from directory.actions.changes.draft import save_draft, throw_away
from directory.actions.changes.refused import ChangedMeanwhile, ChangeRefused
from directory.actions.changes.rules import EDITABLE
from directory.actions.changes.theirs import may_take_back
from directory.queries.my_drafts import Draft, find_draft
from directory.queries.waiting import WaitingCell, own_waiting, waiting_cells
from directory.reference.hours import now_utc
from directory.security.me import actor
from directory.web.cell_words import cell_words, column_label
from directory.web.database import database
from directory.web.my_listings.check_answers import problem_words, put_errors
from directory.web.my_listings.clash import clash_page, read_choices
from directory.web.my_listings.contact_hints import hints_of
from directory.web.my_listings.edit_pages import EDIT_PAGES, EditPage, edit_page, page_after
from directory.web.my_listings.mine import Target, target_of, who_asks
from directory.web.my_listings.page_form import WAS, PageForm, page_form, was_in, was_text
from directory.web.my_listings.questions import QUESTIONS

bp = Blueprint("edit_listing", __name__)

Answer = BaseResponse | str | tuple[str, int]
LISTING = "/my-listings/<int(max=2147483647):service_id>"
NEW = "/my-listings/new/<int(max=2147483647):draft_id>"


@dataclass(frozen=True, slots=True)
class Opened:
    """What is edited. listed: the listing's own cells. waiting: what was sent and waits, column by column."""

    target: Target
    listed: Mapping[str, str]
    draft: Draft | None
    waiting: Mapping[str, tuple[WaitingCell, ...]]

    @property
    def held(self) -> dict[str, str]:
        """What a page begins from: the listing, over it what this side has sent, over that what is being written."""
        written = self.draft.cells if self.draft else {}
        return {**self.listed, **own_waiting(self.waiting), **written}

    def may_take_back(self, column: str) -> bool:
        """Whether this person may take back anything of what their side has sent for a column."""
        mine = who_asks().account_id
        return any(
            may_take_back(one.source, one.by, mine) for one in self.waiting.get(column, ()) if one.is_ours
        )


def opened(service_id: int | None, draft_id: int | None) -> Opened:
    """Raises NotFound."""
    with database().reading() as session:
        target = target_of(session, service_id, draft_id)
        listed = stored_cells(session, service_id) if service_id is not None else {}
        waiting = waiting_cells(session, service_id, target.subject.source, EDITABLE)
        return Opened(target, listed, find_draft(session, target.subject), waiting)


@bp.get(f"{LISTING}/edit")
@bp.get(NEW)
def tasks(service_id: int | None = None, draft_id: int | None = None) -> Answer:
    """The pages, and which of them hold something new."""
    here = opened(service_id, draft_id)
    written, held, sent = here.draft.cells if here.draft else {}, here.held, own_waiting(here.waiting)
    return render_template(
        "my_listings/tasks.html",
        target=here.target,
        name=held.get("name", ""),
        draft=here.draft,
        pages=[
            (
                page,
                any(name in written for name in page.columns),
                any(name in sent for name in page.columns),
                any(held.get(name) for name in page.columns),
            )
            for page in EDIT_PAGES
        ],
    )


@bp.get(f"{LISTING}/edit/<slug>")
@bp.get(f"{NEW}/<slug>")
def page(slug: str, service_id: int | None = None, draft_id: int | None = None) -> Answer:
    """One page, as it stands: what is listed, with what was sent and what has been written over it."""
    asked, here = edit_page(slug), opened(service_id, draft_id)
    return _shown(asked, here, page_form(asked.columns, here.held), here.held)


@bp.post(f"{LISTING}/edit/<slug>")
@bp.post(f"{NEW}/<slug>")
def save(slug: str, service_id: int | None = None, draft_id: int | None = None) -> Answer:
    """Save a page. What somebody else has answered otherwise meanwhile is shown beside one's own."""
    asked, here = edit_page(slug), opened(service_id, draft_id)
    was = was_in(request.form, asked.columns)
    before = here.held if was is None else was
    form = page_form(asked.columns, before, request.form)
    add = request.form.get("add", "")
    if add in {"contact_routes", "locations"} and add in asked.columns:
        form.add_row(add)
        return _shown(asked, here, form, before)
    cells = form.cells()
    if not put_errors(form, cells):
        return _shown(asked, here, form, before), 400
    return _kept(asked, here, form, cells, before)


@bp.post(f"{LISTING}/edit/<slug>/choose")
@bp.post(f"{NEW}/<slug>/choose")
def choose(slug: str, service_id: int | None = None, draft_id: int | None = None) -> Answer:
    """After two people wrote at once: this person has seen both answers, and says which stands."""
    asked, here = edit_page(slug), opened(service_id, draft_id)
    choices = read_choices(request.form, asked.columns)
    action = here.target.url("edit_listing.choose", slug=slug)
    if choices.unanswered:
        return clash_page(
            choices.both, choices.mine, choices.was, here.target, action, errors=choices.unanswered
        ), 400
    cells = {
        name: cell
        for name, cell in choices.mine.items()
        if name in asked.columns and (name not in choices.theirs or name in choices.keep)
    }
    form = page_form(asked.columns, {**choices.was, **cells})
    return _kept(asked, here, form, cells, {**choices.was, **choices.theirs})


@bp.post(f"{LISTING}/edit/throw-away")
@bp.post(f"{NEW}/throw-away")
def discard(service_id: int | None = None, draft_id: int | None = None) -> Answer:
    """Delete what has been written and not sent."""
    here = opened(service_id, draft_id)
    with database().transaction() as session:
        throw_away(session, here.target.subject, now=now_utc())
    flash(_("What you had written and not sent is deleted. The listing is as it was."))
    return redirect("/my-listings", code=303)


def _kept(
    asked: EditPage, here: Opened, form: PageForm, cells: Mapping[str, str], before: Mapping[str, str]
) -> Answer:
    target = here.target
    try:
        with database().transaction() as session:
            save_draft(session, target.subject, cells, before, by=actor(), now=now_utc())
    except ChangedMeanwhile as clash:
        action = target.url("edit_listing.choose", slug=asked.slug)
        return clash_page(clash.columns, cells, before, target, action), 409
    except ChangeRefused as refused:
        for problem in refused.problems:
            if problem.column in form:
                form[problem.column].errors = [problem_words(problem)]
        return _shown(asked, here, form, before), 400
    following = page_after(asked)
    if "stop" in request.form or following is None:
        return redirect(target.url("edit_listing.tasks"), code=303)
    return redirect(target.url("edit_listing.page", slug=following.slug), code=303)


def _shown(asked: EditPage, here: Opened, form: PageForm, before: Mapping[str, str]) -> str:
    """The page. `before`: the cells it is shown with, which it sends back with what is typed."""
    form.for_groups = frozenset(part.strip(" ?") for part in here.held.get("groups", "").split(";") if part)
    return render_template(
        "my_listings/page.html",
        page=asked,
        target=here.target,
        form=form,
        questions=QUESTIONS,
        was_name=WAS,
        was=was_text(before, asked.columns),
        hints=hints_of({name: before.get(name, "") for name in asked.columns}),
        error_list=error_list(form),
        waits={name: here.waiting[name] for name in asked.columns if name in here.waiting},
        listed=here.listed,
        written=here.draft.cells if here.draft else {},
        **words_of_waits(),
    )


def words_of_waits() -> dict[str, object]:
    """What `my_listings/waits.html` needs of a page."""
    mine = who_asks().account_id
    return {
        "words": cell_words,
        "label": column_label,
        "my_account": mine,
        "may_take_back": lambda one: may_take_back(one.source, one.by, mine),
    }


def error_list(form: PageForm) -> list[dict[str, str]]:
    """What is wrong, each with the field it leads to, in the order of the page."""
    found = []
    for name in form.columns:
        field = form[name]
        if hasattr(field, "entries"):
            for entry in field.entries:
                found += [(part.id, part.errors) for part in entry.form]
        elif hasattr(field, "form"):
            found += [(part.id, part.errors) for part in field.form]
        else:
            found.append((_first(field), field.errors))
    return [{"text": str(errors[0]), "href": f"#{number}"} for number, errors in found if errors]


def _first(field: object) -> str:
    """The id to go to: of radios and checkboxes the first one's."""
    return str(getattr(field, "id", ""))
