"""The finder's door: a form, and the address its answer is to be found at."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from directory.errors import RuleBroken
from directory.geo.answers import Anywhere, Choose, Found, NotUnderstood, Outside
from directory.geo.types import SearchArea
from directory.reference.doors import doors
from directory.web.asked import Asked
from directory.web.facets import FILTERS
from directory.web.forms.find_form import FindForm, chosen_in
from directory.web.held import shown_elsewhere
from directory.web.help_now import help_now
from directory.web.understood import put_on

bp = Blueprint("find", __name__)

Answer = BaseResponse | str | tuple[str, int]


@bp.get("/")
def home() -> Answer:
    """The first page: what has happened; and where, who and what kind."""
    return render_template(
        "find/home.html",
        form=FindForm(formdata=None),
        doors=tuple(doors().values()),
        options=(),
        words_instead="",
        kept=(),
        help_now=help_now(),
    )


@bp.post("/find")
def find() -> Answer:
    """Turns the form into an address. Changes nothing, sets no cookie, keeps no word of it."""
    form = FindForm(formdata=request.form)
    if not form.validate():
        return _page(form, 400)
    chosen = chosen_in(request.form)
    text = " ".join((form.text.data or "").split())
    place = form.place.data or ""
    was = request.form.get("was")
    if not place.strip() and form.at.data:
        try:
            area = SearchArea.from_code(form.at.data)
            current_app.extensions["locator"].check(area)
        except RuleBroken as broken:
            form.place.errors = [_("%(problem)s Enter a postcode or a place.", problem=_(broken.message))]
            return _page(form, 400)
        return _to_results(Asked(area, chosen, text), was)
    found = current_app.extensions["locator"].find(place)
    if isinstance(found, Found):
        return _to_results(Asked(found.area, chosen, text), was)
    if isinstance(found, Anywhere):
        return _to_results(Asked(None, chosen, text), was)
    if isinstance(found, Choose):
        return render_template(
            "find/which.html", options=found.options, kept=_kept(request.form), help_now=help_now(chosen)
        )
    if isinstance(found, Outside):
        return render_template(
            "find/outside.html",
            nation=_nation(found.nation),
            in_uk=found.nation in {"scotland", "northern-ireland"},
            lines=shown_elsewhere(found.nation),
        )
    return _not_understood(form, found)


def _to_results(asked: Asked, was: str | None) -> BaseResponse:
    """To the answer, narrowed by what the words say. `was`: the words of a search that is being changed."""
    return redirect(put_on(asked, was).url(), code=303)


def _nation(nation: str) -> str:
    names = {
        "scotland": _("Scotland"),
        "northern-ireland": _("Northern Ireland"),
        "channel-islands": _("the Channel Islands"),
        "isle-of-man": _("the Isle of Man"),
    }
    return names[nation]


def _kept(fields: MultiDict[str, str]) -> list[tuple[str, str]]:
    """The rest of a form, to be sent again with the place that is meant."""
    ours = {"text", "was", *(each.field for each in FILTERS)}
    return [(name, value) for name, value in fields.items(multi=True) if name in ours]


def place_problem(found: NotUnderstood) -> str:
    """What was wrong with a place that was typed, and how to mend it."""
    messages = {
        "too-long": _("That is too long for a place. Enter a postcode such as PE1 1QL, or a town."),
        "too-wide": _(
            "That covers too many council areas for one search. Enter a town, a county or a postcode."
        ),
        "no-such-postcode": _(
            "We do not know that postcode. Check it, or enter the first half of it, such as PE1, or a town."
        ),
        "no-place-for-postcode": _("That postcode has no place on the map. Enter another nearby, or a town."),
        "no-such-place": _(
            "We do not know a place by that name in England or Wales. Check the spelling, or enter a postcode."
        ),
    }
    return messages[found.reason]


def _not_understood(form: FindForm, found: NotUnderstood) -> tuple[str, int]:
    """The form again, with what was wrong and how to mend it; the rest of it is kept."""
    form.place.errors = [place_problem(found)]
    # Somebody may have typed what they are looking for, not where.
    words = " ".join((form.place.data or "").split()) if found.reason == "no-such-place" else ""
    return _page(form, 400, found.suggestions, words)


def _page(form: FindForm, status: int, options: tuple[object, ...] = (), words: str = "") -> tuple[str, int]:
    page = render_template(
        "find/home.html",
        form=form,
        doors=(),
        options=options,
        words_instead=words,
        kept=_kept(request.form),
        help_now=help_now(words=words),
    )
    return page, status
