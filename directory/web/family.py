"""For a family: who its people are, where they live, and which filters hold for everyone or for one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, current_app, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from directory.errors import RuleBroken
from directory.geo.answers import Anywhere, Choose, Found, NotUnderstood, Outside
from directory.geo.named import NamedPlace
from directory.geo.types import SearchArea
from directory.search.family import PEOPLE_MAX
from directory.search.my_list import MyList
from directory.search.types import Facet
from directory.security.list_cookie import keep, keep_on, kept_list
from directory.web.family_answers import family_answer
from directory.web.family_asked import (
    EVERYONE,
    FAMILY_FILTERS,
    FamilyAsked,
    area_in,
    read_family_asked,
    whose_in,
)
from directory.web.family_filters import family_filters
from directory.web.find import place_problem
from directory.web.forms.find_form import chosen_in
from directory.web.forms.person_form import PersonForm, form_of, says_of_a_person
from directory.web.help_now import FIRST_BESIDE_RESULTS, asks_for_no_voice, front_doors, help_now
from directory.web.people import people_shown

bp = Blueprint("family", __name__)

Answer = BaseResponse | str | tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Where:
    """The place in a posted form: an area, or what stands in the way of one."""

    area: SearchArea | None
    was_typed: bool = True
    problem: str = ""
    options: tuple[NamedPlace, ...] = ()


@bp.get("/family")
def start() -> Answer:
    """The people so far, and a form to add one."""
    asked = read_family_asked(request.args)
    return _page(PersonForm(formdata=None), keep_on(), asked.area)


@bp.post("/family")
def change() -> Answer:
    """Add, change or remove a person, or go on to the services. Writes the cookie and nothing else."""
    fields, my_list = request.form, kept_list().my_list
    area = area_in(fields.get("at", ""))
    if "remove" in fields:
        keep(my_list.without_person(_number(fields["remove"])))
        return redirect(FamilyAsked(area).url("family.start"), code=303)
    if "change" in fields:
        number = _number(fields["change"])
        return _page(form_of(my_list.person(number)), my_list, area, number)
    return _take(PersonForm(formdata=fields), my_list, area)


@bp.post("/family/filters")
def narrow() -> BaseResponse:
    """Turns the filter form into an address. Changes nothing."""
    fields = request.form
    whose, asked = whose_in(fields.get("for", "")), read_family_asked(fields)
    allowed = {each.facet for each in FAMILY_FILTERS}
    chosen = {facet: values for facet, values in chosen_in(fields).items() if facet in allowed}
    return redirect(asked.with_filters(whose, chosen).url(), code=303)


@bp.get("/family/results")
def results() -> Answer:
    """What there is for each person, one under the other."""
    asked, my_list = read_family_asked(request.args), keep_on()
    if not my_list.people:
        return redirect(FamilyAsked(asked.area).url("family.start"), code=303)
    if asked.editing > len(my_list.people):
        asked = replace(asked, editing=0)
    near = current_app.extensions["locator"].describe(asked.area) if asked.area else ""
    answer = family_answer(asked, my_list.people, near)
    # What everybody needs, such as a way without speaking, holds for the help lines too.
    chosen = {**asked.filters.get(EVERYONE, {}), **_everyones_groups(my_list)}
    return render_template(
        "family/results.html",
        asked=asked,
        near=near,
        people_url=FamilyAsked(asked.area).url("family.start"),
        answer=answer,
        narrowing=family_filters(asked, answer),
        help_now=help_now(chosen, first=FIRST_BESIDE_RESULTS),
        front_doors=front_doors(asked.area),
        is_voiceless=asks_for_no_voice(chosen),
    )


def _take(form: PersonForm, before: MyList, area: SearchArea | None) -> Answer:
    """A filled-in form: the person in it, if anything was said of one, and the place, if one was typed."""
    fields = request.form
    where = _where(form, fields.get("which", "") or form.place.data or "", area)
    changing = _number(fields["person"]) if fields.get("person") else 0
    tells = says_of_a_person(fields)
    # Enter in the place field presses 'Add this person'; with nobody to add it means: show the services.
    goes_on = fields.get("do") == "show" or (not tells and where.was_typed)
    my_list: MyList | None = before
    if tells or not (goes_on and before.people):
        my_list = _with_person(form, before, changing)
    if where.problem:
        form.place.errors = [where.problem]
    if my_list is None or where.problem:
        return _page(form, before, area, changing, 400, where.options)
    was_emptied = kept_list().was_emptied
    keep(my_list)
    if was_emptied:
        return _page(PersonForm(formdata=None), my_list, where.area, was_emptied=True)
    return redirect(FamilyAsked(where.area).url("family.results" if goes_on else "family.start"), code=303)


def _everyones_groups(my_list: MyList) -> dict[Facet, frozenset[str]]:
    """The groups of all people together, for the help lines that fit."""
    return {
        Facet.GROUP: frozenset(group for person in my_list.people for group in person.chosen[Facet.GROUP])
    }


def _with_person(form: PersonForm, my_list: MyList, changing: int) -> MyList | None:
    """The list with the person of the form; None when the form, or the list, has no room for them."""
    person = form.read_person()
    if person is None:
        return None
    try:
        return my_list.with_person_changed(changing, person) if changing else my_list.with_person(person)
    except RuleBroken as broken:
        form.relation.errors = [_(broken.message)]
        return None


def _where(form: PersonForm, place: str, kept: SearchArea | None) -> _Where:
    """The area to go on with: what was typed, else the one the page had."""
    if not form.place.validate(form):
        return _Where(kept, problem=str(form.place.errors[0]))
    found = current_app.extensions["locator"].find(place)
    match found:
        case Found():
            return _Where(found.area)
        case Anywhere():
            return _Where(kept, was_typed=False)
        case Choose():
            return _Where(
                kept, problem=_("More than one place has that name. Choose yours."), options=found.options
            )
        case Outside():
            return _Where(
                kept,
                problem=_(
                    "We cover England and Wales only. To see who to call elsewhere, search for the place alone."
                ),
            )
        case NotUnderstood():
            return _Where(kept, problem=place_problem(found), options=found.suggestions)
    raise TypeError(f"the locator gave an answer of another kind: {type(found).__name__}")


def _number(text: str) -> int:
    if not (len(text) == 1 and text in "12345678"):
        raise RuleBroken("person", "That person is not on your list any more.")
    return int(text)


def _page(
    form: PersonForm,
    my_list: MyList,
    area: SearchArea | None,
    changing: int = 0,
    status: int = 200,
    options: tuple[NamedPlace, ...] = (),
    *,
    was_emptied: bool = False,
) -> tuple[str, int]:
    page = render_template(
        "family/start.html",
        form=form,
        people=people_shown(my_list.people),
        changing=changing,
        is_full=len(my_list.people) >= PEOPLE_MAX,
        at=area.code if area else "",
        near=current_app.extensions["locator"].describe(area) if area else "",
        results_url=FamilyAsked(area).url(),
        options=options,
        was_emptied=was_emptied or kept_list().was_emptied,
        help_now=help_now(first=FIRST_BESIDE_RESULTS),
    )
    return page, status
