"""A new service of an organisation: its draft, and what the organisation offers as evidence that it belongs here."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.changes.draft import save_words, start_new
from directory.actions.changes.refused import ChangedMeanwhile
from directory.errors import NotFound
from directory.queries.my_listings import organisation_name
from directory.reference.case_data import ABOUT_ONE_PERSON, case_data_in
from directory.reference.hours import now_utc
from directory.reference.terms import terms
from directory.security.me import actor
from directory.web.database import database
from directory.web.my_listings.edit import NEW, opened
from directory.web.my_listings.field_words import case_words
from directory.web.my_listings.mine import Target, may_edit, side_of, target_of, who_asks
from directory.web.my_listings.page_form import WAS
from directory.web.words import translated

bp = Blueprint("new_listing", __name__)

Answer = BaseResponse | str | tuple[str, int]
EVIDENCE_LENGTH_MAX = 300


@bp.get("/my-listings/<int(max=2147483647):organisation_id>/new")
def before(organisation_id: int) -> Answer:
    """What a new service goes through."""
    with database().reading() as session:
        name = _theirs(session, organisation_id)
    return render_template("my_listings/new.html", organisation_id=organisation_id, organisation=name)


@bp.post("/my-listings/<int(max=2147483647):organisation_id>/new")
def start(organisation_id: int) -> Answer:
    """Begin one. Pressed twice, it is one."""
    who = who_asks()
    with database().transaction() as session:
        name = _theirs(session, organisation_id)
        number = start_new(
            session, organisation_id, name, source=side_of(who, organisation_id), by=actor(), now=now_utc()
        )
    return redirect(f"/my-listings/new/{number}", code=303)


@bp.get(f"{NEW}/evidence")
def evidence(draft_id: int) -> Answer:
    """The questions by which a service is listed; what the organisation says to each is for the moderator."""
    here = opened(None, draft_id)
    target, draft = here.target, here.draft
    said = read_evidence(draft.words if draft else "")
    return _evidence_page(target, said, {}, said)


@bp.post(f"{NEW}/evidence")
def save_evidence(draft_id: int) -> Answer:
    """Kept beside the draft, question by question."""
    with database().reading() as session:
        target = target_of(session, None, draft_id)
    said = {code: " ".join(request.form.get(code, "").split()) for code in terms("criterion")}
    seen = read_evidence(request.form.get(WAS, "").replace("\r\n", "\n"))
    errors = {code: words for code, text in said.items() if (words := _wrong(text))}
    if errors:
        return _evidence_page(target, said, errors, seen), 400
    try:
        with database().transaction() as session:
            save_words(session, target.subject, write_evidence(said), seen=write_evidence(seen))
    except ChangedMeanwhile as clash:
        theirs = read_evidence(clash.columns["words"].is_now)
        merged, errors = _both(said, seen, theirs)
        return _evidence_page(target, merged, errors, theirs), 409
    return redirect(target.url("edit_listing.tasks"), code=303)


def write_evidence(said: dict[str, str]) -> str:
    """One line for each question that was answered: 'code: words'."""
    return "\n".join(f"{code}: {text}" for code, text in said.items() if text)


def read_evidence(words: str) -> dict[str, str]:
    """What `write_evidence` wrote: code → words."""
    pairs = (line.partition(": ") for line in words.splitlines())
    return {code: text for code, colon, text in pairs if colon and code in terms("criterion")}


def _both(
    said: dict[str, str], seen: dict[str, str], theirs: dict[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """(what each box holds after somebody else has written too, what is told beside it).

    What this person left alone is what the other one has written.
    """
    merged, errors = {}, {}
    for code, text in said.items():
        was, now = seen.get(code, ""), theirs.get(code, "")
        merged[code] = now if text == was else text
        if now != was:
            errors[code] = _(
                "Somebody else has changed this to ‘%(now)s’ meanwhile. Leave here what is right, and save it again.",
                now=now or _("nothing"),
            )
    return merged, errors


def _evidence_page(target: Target, said: dict[str, str], errors: dict[str, str], seen: dict[str, str]) -> str:
    return render_template(
        "my_listings/evidence.html",
        target=target,
        questions=_questions(said, errors),
        was_name=WAS,
        was=write_evidence(seen),
        errors=errors,
        error_list=[{"text": words, "href": f"#{code}"} for code, words in errors.items()],
    )


def _questions(said: dict[str, str], errors: dict[str, str]) -> list[tuple[str, str, str, str, str]]:
    """(code, question, what it means, what was said, what is wrong with it)."""
    return [
        (code, translated(each.label), translated(each.plain), said.get(code, ""), errors.get(code, ""))
        for code, each in terms("criterion").items()
    ]


def _wrong(text: str) -> str:
    if len(text) > EVIDENCE_LENGTH_MAX:
        return _("Shorten it to %(most)s characters.", most=EVIDENCE_LENGTH_MAX)
    found = case_data_in(text)
    return case_words(found) if found in ABOUT_ONE_PERSON else ""


def _theirs(session: object, organisation_id: int) -> str:
    if not may_edit(who_asks(), organisation_id):
        raise NotFound("This is no organisation of theirs.")
    return organisation_name(session, organisation_id)  # type: ignore[arg-type]  # web names no sessions
