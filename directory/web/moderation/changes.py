"""One change, field by field: approve it, with edits or without, send it back, refuse it; and answer a decision."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.changes.decide import Approval, DecidedAlready, refuse, send_back
from directory.actions.changes.decide import approve as put_in_place
from directory.actions.changes.inclusion import ANSWERS, QUESTIONS, Inclusion
from directory.actions.changes.refused import ChangedMeanwhile, ChangeRefused
from directory.actions.changes.replace import REPLACED
from directory.actions.changes.review import Review, review
from directory.actions.changes.theirs import NotTheirs, may_take_back
from directory.actions.changes.theirs import answer as answer_decision
from directory.actions.changes.theirs import withdraw as take_back
from directory.actions.changes.verify import Check
from directory.actions.geo_places import GeoPlaces
from directory.errors import NotFound, RuleBroken
from directory.queries.moderation import next_in_queue
from directory.queries.moderation_holds import holds_of
from directory.queries.people import is_near
from directory.queries.sent_again import draft_begun_from, sent_back_before
from directory.queries.waiting import contradicting
from directory.reference.hours import now_utc, today_in_london
from directory.reference.terms import terms
from directory.security.me import actor, me
from directory.web.cell_words import cell_words, column_label
from directory.web.moderation.words import CHANNEL_LABELS, KIND_LABELS, waited
from directory.web.words import translated

bp = Blueprint("moderated_changes", __name__)

Answer = BaseResponse | str | tuple[str, int]
Problems = list[tuple[str, str]]


@bp.get("/moderation/changes/<int(max=2147483647):change_id>")
def change(change_id: int) -> str:
    """What was asked for, and how it may be checked."""
    return _page(change_id, [])


@bp.post("/moderation/changes/<int(max=2147483647):change_id>/approve")
def approve(change_id: int) -> Answer:
    """Put it in place; what is missing or wrong is said by its field, and nothing typed is lost."""
    found = _review(change_id)
    form = {name: value.replace("\r\n", "\n") for name, value in request.form.items()}
    approval = Approval(
        _edits(found, form),
        _checks(found, form),
        seen=_sent(found, form, "seen"),
        asked=_sent(found, form, "asked"),
        inclusion=_inclusion(found, form),
    )
    try:
        with current_app.extensions["database"].transaction() as session:
            done = put_in_place(session, change_id, approval, _places(), by=actor(), now=now_utc())
    except ChangeRefused as refused:
        return _page(change_id, [(one.column, f"{one.what} {one.remedy}") for one in refused.problems]), 400
    except ChangedMeanwhile as clash:
        words = _("This was changed while you were looking. Both are shown: look again, then approve.")
        return _page(change_id, [(column, words) for column in clash.columns]), 409
    except DecidedAlready as decided:
        return _page(change_id, [("change", _decided(decided))]), 409
    except RuleBroken as broken:
        return _page(change_id, [(broken.field, _(broken.message))]), 400
    if done.waiting_id is not None:
        return redirect(
            url_for("moderated_changes.change", change_id=done.waiting_id, done="waits"), code=303
        )
    return redirect(url_for("moderated_changes.change", change_id=change_id, done="approved"), code=303)


@bp.post("/moderation/changes/<int(max=2147483647):change_id>/no")
def say_no(change_id: int) -> Answer:
    """Send it back, or refuse it, with reasons."""
    words, decide = request.form.get("words", ""), refuse if request.form.get("no") == "refuse" else send_back
    try:
        with current_app.extensions["database"].transaction() as session:
            decide(session, change_id, words, by=actor(), now=now_utc())
    except DecidedAlready as decided:
        return _page(change_id, [("change", _decided(decided))]), 409
    except RuleBroken as broken:
        return _page(change_id, [(broken.field, _(broken.message))]), 400
    return redirect(url_for("moderated_changes.change", change_id=change_id, done="sent"), code=303)


@bp.get("/moderation/changes/<int(max=2147483647):change_id>/mine")
def mine(change_id: int) -> str:
    """A change as whoever proposed it sees it, with the reasons of a decision, which can be answered."""
    return _own_page(_own(change_id), [])


@bp.post("/moderation/changes/<int(max=2147483647):change_id>/answer")
def answer(change_id: int) -> Answer:
    """Answer a decision: it waits again."""
    found = _own(change_id)
    try:
        with current_app.extensions["database"].transaction() as session:
            answer_decision(session, change_id, request.form.get("words", ""), by=actor(), now=now_utc())
    except DecidedAlready as decided:
        return _own_page(_own(change_id), [("change", _decided(decided))]), 409
    except RuleBroken as broken:
        return _own_page(found, [(broken.field, _(broken.message))]), 400
    return redirect(url_for("moderated_changes.mine", change_id=change_id, done="answered"), code=303)


@bp.post("/moderation/changes/<int(max=2147483647):change_id>/withdraw")
def withdraw(change_id: int) -> Answer:
    """Take back what was proposed."""
    _own(change_id)
    try:
        with current_app.extensions["database"].transaction() as session:
            take_back(session, change_id, by=actor(), now=now_utc())
    except NotTheirs:
        return _own_page(_own(change_id), [("change", _("Only whoever sent it takes it back."))]), 403
    except DecidedAlready as decided:
        return _own_page(_own(change_id), [("change", _decided(decided))]), 409
    return redirect(url_for("moderated_changes.mine", change_id=change_id, done="withdrawn"), code=303)


def _own(change_id: int) -> Review:
    """A change of whoever is signed in, or of their organisation. Raises NotFound for another's."""
    found, who = _review(change_id), me()
    is_theirs = who is not None and (
        who.account_id == found.proposed_by or found.organisation_id in who.owner_of | who.editor_of
    )
    if not is_theirs:
        raise NotFound(f"No change {change_id} of this account.")
    return found


def _review(change_id: int) -> Review:
    with current_app.extensions["database"].reading() as session:
        return review(session, change_id, _places())


def _places() -> GeoPlaces:
    return GeoPlaces(current_app.config["SETTINGS"].postcodes_dir)


def _edits(found: Review, form: Mapping[str, str]) -> dict[str, str]:
    """What they wrote: every field is posted, and one that is as they found it is no edit, whatever it is by now."""
    sent, shown = _sent(found, form, "edit"), _sent(found, form, "asked")
    return {
        column: cell.strip()
        for column, cell in sent.items()
        if cell.strip() != shown.get(column, "\0").strip()
    }


def _checks(found: Review, form: Mapping[str, str]) -> list[Check]:
    checks = []
    for one in found.fields:
        channel, _bar, value = form.get(f"check-{one.column}", "").partition("|")
        if channel in found.register:
            value = form.get(f"register-{one.column}", "")
        if channel:
            checks.append(Check(one.column, channel, value.strip()))
    return checks


def _sent(found: Review, form: Mapping[str, str], what: str) -> dict[str, str]:
    """Column → what was posted of it: 'seen' (listed then), 'asked' (asked for then) or 'edit'."""
    sent = {one.column: form.get(f"{what}-{one.column}") for one in found.fields}
    return {column: cell for column, cell in sent.items() if cell is not None}


def _inclusion(found: Review, form: Mapping[str, str]) -> Inclusion | None:
    if found.kind != "new":
        return None
    profile, same = form.get("profile", ""), form.get("evidence-all", "")
    answers = {
        name: (form.get(f"answer-{name}", ""), form.get(f"evidence-{name}", "").strip() or same)
        for name in QUESTIONS.get(profile, ())
    }
    return Inclusion(profile, answers)


def _decided(decided: DecidedAlready) -> str:
    words = {
        "approved": _("Somebody else has approved this already."),
        "published": _("This is in place already."),
        "sent back": _("Somebody else has sent this back already."),
        "refused": _("Somebody else has refused this already."),
        "withdrawn": _("This was taken back by whoever proposed it."),
    }
    return str(words.get(decided.state, _("This is not waiting any more.")))


def _place_of(found: Review, name: str) -> str:
    """Where on the page a problem is: the field, the question, or the top."""
    if any(one.column == name for one in found.fields):
        return f"field-{name}"
    if any(name in criteria for criteria in QUESTIONS.values()):
        return f"question-{name}"
    return "words" if name == "words" else "main-content"


def _summary(found: Review, problems: Problems) -> dict[str, object]:
    """The box at the top: each problem with its link; words that come again and again once, with all their links."""
    places: dict[str, list[tuple[str, str]]] = {}
    for name, words in problems:
        places.setdefault(words, []).append((_place_of(found, name), column_label(name)))
    return {
        "problems": [
            (links[0][0], f"{links[0][1]}: {words}") for words, links in places.items() if len(links) == 1
        ],
        "repeated": [(words, links) for words, links in places.items() if len(links) > 1],
    }


def _page(change_id: int, problems: Problems) -> str:
    found, who = _review(change_id), me()
    with current_app.extensions["database"].reading() as session:
        held = holds_of(session, found.service_id) if found.service_id else ()
        near = who is not None and is_near(session, who.account_id, found.organisation_id, found.proposed_by)
        rivals = contradicting(session).get(change_id, ())
        before = sent_back_before(session, change_id)
        is_taken_up = found.state == "withdrawn" and draft_begun_from(session, change_id) is not None
        is_decided = found.state != "waiting"
        following = next_in_queue(session, change_id, who.account_id) if who and is_decided else None
    own = who is not None and who.account_id in found.writers
    return render_template(
        "moderation/change.html",
        change=found,
        held=[one.value or _("the whole listing") for one in held],
        **_summary(found, problems),
        problem_of=dict(problems),
        rivals=rivals,
        sent_back_before=before,
        is_taken_up=is_taken_up,
        following=following,
        typed=request.form.to_dict() | _not_edited(found),
        is_own=own,
        is_near=near,
        questions=QUESTIONS,
        answers=ANSWERS,
        hint_of={code: translated(each.plain) for code, each in terms("criterion").items()},
        channel_labels=CHANNEL_LABELS,
        kinds=KIND_LABELS,
        cell_words=cell_words,
        column_label=column_label,
        waited=waited(found.sent_at, today_in_london()),
        done=request.args.get("done", ""),
    )


def _not_edited(found: Review) -> dict[str, str]:
    """Fields that they left as they found them: shown as they are by now."""
    form = {name: value.replace("\r\n", "\n") for name, value in request.form.items()}
    edits = _edits(found, form)
    return {f"edit-{one.column}": one.asked for one in found.fields if one.column not in edits}


def _own_page(found: Review, problems: Problems) -> str:
    with current_app.extensions["database"].reading() as session:
        is_taken_up = found.state == "withdrawn" and draft_begun_from(session, found.id) is not None
    return render_template(
        "moderation/mine.html",
        change=found,
        problems=[("words" if name == "words" else "main-content", words) for name, words in problems],
        typed=request.form,
        cell_words=cell_words,
        is_taken_up=is_taken_up,
        may_take_back=may_take_back(found.source, found.proposed_by, actor().account_id),
        is_replaced=found.state == "withdrawn" and found.decided_words == REPLACED,
        column_label=column_label,
        waited=waited(found.sent_at, today_in_london()),
        done=request.args.get("done", ""),
    )
