"""Ask to manage a listing: for whoever works there, without an account."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from directory.actions.accounts.ask import ToManage, ask_to_manage
from directory.errors import NotFound, RuleBroken
from directory.queries.departed import moved_to
from directory.queries.listings import get_listing
from directory.reference.danger_words import reads_like_danger
from directory.reference.hours import now_utc
from directory.security.networks import network_hash
from directory.web.database import database
from directory.web.forms.field_errors import show_broken
from directory.web.forms.people_forms import ManageForm
from directory.web.help_now import help_now
from directory.web.words_of_danger import NOTHING_HEARD, Heard, has_sent_many, hear

bp = Blueprint("manage", __name__, url_prefix="/services/<int(max=2147483647):service_id>/manage")

Answer = BaseResponse | str | tuple[str, int]


@bp.get("")
def ask(service_id: int) -> Answer:
    """The form. An old number leads on, as the listing's own page does."""
    if moved := _moved(service_id):
        return redirect(url_for("manage.ask", service_id=moved), code=301)
    return _page(service_id, ManageForm(formdata=None))


@bp.post("")
def send(service_id: int) -> Answer:
    """Store the request. The answer is the same for everybody. What was written on an old page is for the new one."""
    service_id = _moved(service_id) or service_id
    form = ManageForm()
    try:
        _listing_name(service_id)
    except NotFound:
        # Held as a whole, or gone: there is no form to show again, and whoever wrote may be in danger all the same.
        hear(service_id, _said(form))
        raise
    if not form.validate():
        return _not_taken(service_id, form, 400)
    asked = ToManage(
        service_id,
        form.title.data or "",
        form.email.data or "",
        form.words.data or "",
        network_hash(),
        is_one_of_many=reads_like_danger(_said(form)) and has_sent_many(),
    )
    try:
        with database().transaction() as session:
            ask_to_manage(session, asked, now=now_utc())
    except RuleBroken as broken:
        show_broken(form, broken)
        return _not_taken(service_id, form, 400 if broken.field else 429)
    return redirect(url_for("manage.sent", service_id=service_id), code=303)


@bp.get("/sent")
def sent(service_id: int) -> Answer:
    """Whom to call, before anything else, since the words may have been of somebody in danger; then what happens."""
    if moved := _moved(service_id):
        return redirect(url_for("manage.sent", service_id=moved), code=301)
    return render_template(
        "organisation_people/manage_sent.html",
        service_id=service_id,
        name=_listing_name(service_id),
        help_now=help_now(),
    )


def _not_taken(service_id: int, form: ManageForm, status: int) -> Answer:
    """The form again. Words that read like danger are kept for the moderators all the same."""
    return _page(service_id, form, hear(service_id, _said(form))), status


def _said(form: ManageForm) -> str:
    """Without the e-mail address: nobody answers these messages, and they are of nobody whom we know."""
    return "\n".join(field.data or "" for field in (form.title, form.words))


def _page(service_id: int, form: ManageForm, heard: Heard = NOTHING_HEARD) -> str:
    return render_template(
        "organisation_people/manage.html",
        service_id=service_id,
        name=_listing_name(service_id),
        form=form,
        heard=heard,
        help_now=help_now(words=request.form.get("words", "")),
    )


def _moved(service_id: int) -> int:
    """The listing that this one is part of; 0 where it stands for itself."""
    with database().reading() as session:
        moved = moved_to(session, service_id)
    return moved.service_id if moved else 0


def _listing_name(service_id: int) -> str:
    """Only of a listing that the public may see. Raises NotFound."""
    with database().reading() as session:
        listing = get_listing(session, service_id)
    if listing is None:
        raise NotFound(f"No listing has the number {service_id}.")
    return listing.name
