"""/moderation/calls: whom moderators ring, and what came of it."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.changes.apply import stored_cells
from directory.actions.changes.refused import ChangedMeanwhile, ChangeRefused
from directory.actions.geo_places import GeoPlaces
from directory.actions.upkeep.calls import Outcome, claim_call, end_call, give_back
from directory.errors import Clash, NotFound, RuleBroken
from directory.queries.call_list import CallLine, call_list, open_claims, past_calls
from directory.queries.holds import NOTHING_HELD, holds_of_services
from directory.queries.listings import get_listing
from directory.queries.moderation_holds import listing_named
from directory.queries.telephones import Telephone, telephones
from directory.queries.views import ListingView
from directory.queries.waiting import count_waiting
from directory.reference.hours import now_utc, today_in_london
from directory.security.me import actor
from directory.web.cell_words import cell_words
from directory.web.forms.call_facts import COLUMNS, FACTS, SAID, CallFacts
from directory.web.forms.call_form import CallForm
from directory.web.help_now import CRISIS, FOR_PROFESSIONALS, help_now
from directory.web.matrix_world import matrix_world
from directory.web.my_listings.edit import error_list
from directory.web.my_listings.page_form import was_text
from directory.web.my_listings.questions import QUESTIONS
from directory.web.parts import row_of_pages

bp = Blueprint("call_list", __name__)

Answer = BaseResponse | str | tuple[str, int]
LINES_PER_PAGE = 25
PAGE_MAX = 10_000
QUIET = "quiet_calls"
"""In the session of a moderator who does not want to read what services say of themselves."""


@bp.get("/moderation/calls")
def show() -> str:
    """The list, first where a wrong listing would do the most harm."""
    return _list()


def _list(not_kept: str | None = None) -> str:
    """not_kept: the note of a call whose page cannot be shown again."""
    lines, numbers = _lines()
    last = max(1, -(-len(lines) // LINES_PER_PAGE))
    page = min(_page_number(request.args.get("page", "1")), last)
    shown = lines[(page - 1) * LINES_PER_PAGE : page * LINES_PER_PAGE]
    return render_template(
        "calls/list.html",
        lines=shown,
        total=len(lines),
        first=(page - 1) * LINES_PER_PAGE + 1,
        numbers=numbers,
        mine=actor().account_id,
        pages=row_of_pages(page, last, lambda number: url_for("call_list.show", page=number)),
        is_quiet=bool(session.get(QUIET)),
        taken=request.args.get("taken") == "yes",
        saved=_saved(request.args.get("saved", "")),
        not_kept=not_kept,
    )


@bp.post("/moderation/calls/quiet")
def quiet() -> BaseResponse:
    """Hide what services say of themselves, or show it again; for as long as this sign-in lasts."""
    if request.form.get("hide") == "yes":
        session[QUIET] = True
    else:
        session.pop(QUIET, None)
    number = _number(request.form.get("service", ""))
    if number:
        return redirect(url_for("call_list.call", service_id=number), code=303)
    return redirect(url_for("call_list.show"), code=303)


@bp.post("/moderation/calls/<int(max=2147483647):service_id>/claim")
def claim(service_id: int) -> BaseResponse:
    """Take the call for half an hour."""
    try:
        with current_app.extensions["database"].transaction() as writing:
            claim_call(writing, service_id, by=actor(), now=now_utc())
    except Clash:
        return redirect(url_for("call_list.show", taken="yes"), code=303)
    return redirect(url_for("call_list.call", service_id=service_id), code=303)


@bp.get("/moderation/calls/<int(max=2147483647):service_id>")
def call(service_id: int) -> Answer:
    """The script, the listing, and what came of the call; only for whoever has claimed it."""
    listing, held = _listing_and_cells(service_id)
    return _page(listing, CallForm.of(listing), CallFacts.of(held))


@bp.post("/moderation/calls/<int(max=2147483647):service_id>")
def end(service_id: int) -> Answer:
    """What came of the call; kept also where the listing was taken down during it."""
    form, facts = CallForm(), CallFacts.of(_cells(service_id), request.form)
    outcome = form.read_outcome(facts)
    if outcome is None:
        return _once_more(service_id, form, facts)
    try:
        _end(service_id, outcome)
    except ChangedMeanwhile as clash:  # It is a Clash as well, so it stands first.
        return _once_more(service_id, form, facts, clash)
    except Clash:
        return redirect(url_for("call_list.show", taken="yes"), code=303)
    except RuleBroken as broken:
        form.show(broken.field, _(broken.message), facts)
    except ChangeRefused as refused:
        for problem in refused.problems:
            form.show(problem.column, f"{_(problem.what)} {_(problem.remedy)}", facts)
    else:
        return redirect(url_for("call_list.show", saved=service_id), code=303)
    return _once_more(service_id, form, facts)


@bp.post("/moderation/calls/<int(max=2147483647):service_id>/give-back")
def back(service_id: int) -> BaseResponse:
    """Let somebody else ring."""
    with current_app.extensions["database"].transaction() as writing:
        give_back(writing, service_id, by=actor(), now=now_utc())
    return redirect(url_for("call_list.show"), code=303)


@bp.get("/moderation/support")
def support() -> str:
    """Where those who read and hear this all day find support themselves."""
    return render_template(
        "calls/support.html", help_now=help_now(lines=(*CRISIS, *FOR_PROFESSIONALS), first=len(CRISIS))
    )


def _end(service_id: int, outcome: Outcome) -> None:
    places = GeoPlaces(current_app.config["SETTINGS"].postcodes_dir)
    with current_app.extensions["database"].transaction() as writing:
        end_call(writing, service_id, outcome, places, by=actor(), today=today_in_london(), now=now_utc())


def _lines() -> tuple[tuple[CallLine, ...], dict[int, tuple[Telephone, ...]]]:
    settings, world = current_app.config["SETTINGS"], matrix_world()
    with current_app.extensions["database"].reading() as reading:
        lines = call_list(reading, world, today=today_in_london(), times=settings.upkeep, now=now_utc())
        return lines, dict(telephones(reading))


def _saved(text: str) -> str:
    """That what came of a call is kept, and what of that listing waits now; '' where nothing was saved."""
    with current_app.extensions["database"].reading() as reading:
        listing = listing_named(reading, _number(text))
        waiting = count_waiting(reading, listing.id) if listing is not None else 0
    if listing is None:
        return ""
    if not waiting:
        return str(_("Saved."))
    # Whoever does not want to read what services say of themselves is told the number instead of the name.
    name = _("listing %(number)s", number=listing.id) if session.get(QUIET) else listing.name
    words = ngettext(
        "%(num)s change of %(name)s waits for a second moderator",
        "%(num)s changes of %(name)s wait for a second moderator",
        waiting,
        name=name,
    )
    return f"{_('Saved.')} {words}."


def _number(text: str) -> int:
    """The number of a listing; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _listing_and_cells(service_id: int) -> tuple[ListingView, dict[str, str]]:
    """The listing as families see it, and its cells as they are stored; but no website that is taken down."""
    with current_app.extensions["database"].reading() as reading:
        listing = get_listing(reading, service_id)
        return listing, {**stored_cells(reading, service_id), "url": listing.url}


def _cells(service_id: int) -> dict[str, str]:
    """The cells, also of a listing that nobody is shown any more. Raises NotFound where there is none."""
    try:
        return _listing_and_cells(service_id)[1]
    except NotFound:
        with current_app.extensions["database"].reading() as reading:
            return stored_cells(reading, service_id)


def _once_more(
    service_id: int, form: CallForm, facts: CallFacts, clash: ChangedMeanwhile | None = None
) -> Answer:
    """The page again, with what cannot be taken; the list, with her note, where the listing has no page any more."""
    try:
        listing, held = _listing_and_cells(service_id)
    except NotFound:
        return _list(form.note.data or ""), 409
    if clash is not None:
        facts = facts.with_theirs(held)
        form.show_both(clash, facts, listing)
    return _page(listing, form, facts)


def _page(listing: ListingView, form: CallForm, facts: CallFacts) -> Answer:
    """The page of one call, with whatever is in the form; the list, where the call is not theirs."""
    with current_app.extensions["database"].reading() as reading:
        claim_now = open_claims(reading, now_utc()).get(listing.id)
        past = past_calls(reading, listing.id)
        held = holds_of_services(reading, [listing.id]).get(listing.id, NOTHING_HELD)
    errors = _errors(form, facts)
    if claim_now is None or claim_now.claimed_by != actor().account_id:
        if not errors:
            return redirect(url_for("call_list.show"), code=303)
        claim_now = None
    form.offer_numbers(listing)
    is_quiet = bool(session.get(QUIET))
    page = render_template(
        "calls/call.html",
        listing=listing,
        claim=claim_now,
        past=past,
        form=form,
        facts=facts,
        asked=FACTS,
        questions=QUESTIONS,
        words=cell_words,
        # What is read out: never a number that is taken down.
        listed={name: held.cleaned(cell) for name, cell in facts.before.items()},
        was=was_text(facts.before, COLUMNS),
        error_list=errors,
        wrong_columns=[name for name in facts.form.columns if facts.form[name].errors],
        is_quiet=is_quiet,
    )
    return page, 400 if errors else 200


def _errors(form: CallForm, facts: CallFacts) -> list[dict[str, str]]:
    """What is wrong, each with the field it leads to."""
    of_facts = [{"text": words, "href": f"#{SAID}{code}"} for code, words in facts.errors.items()]
    own = [{"text": str(field.errors[0]), "href": f"#{field.id}"} for field in form if field.errors]
    return [*of_facts, *error_list(facts.form), *own]


def _page_number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:6]) <= PAGE_MAX and len(text) <= 5):
        raise RuleBroken("page", "This address asks for a page that does not exist.")
    return int(text)
