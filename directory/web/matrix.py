"""The support matrix: choose an area, see its grid, open a cell, plan the calls, ask the guide's questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from directory.errors import NotFound, RuleBroken
from directory.matrix.areas import WALES, MatrixArea
from directory.matrix.types import State
from directory.queries.area_states import states_of
from directory.queries.current_matrix import MatrixWorld
from directory.reference.groups import groups
from directory.reference.support_types import SupportType, support_types
from directory.reference.terms import terms
from directory.reference.welsh_leads import leads_in, welsh_leads
from directory.security.me import is_staff, me
from directory.security.who_sees import may_state
from directory.web import matrix_bodies, matrix_equality, matrix_lens
from directory.web.forms.area_form import AreaForm
from directory.web.grid_unmet import unmet_view
from directory.web.lens_tables import LensView
from directory.web.matrix_calls import calls_page, the_round
from directory.web.matrix_cell import halves, places, wide_halves
from directory.web.matrix_choose import Option, listed, meant
from directory.web.matrix_grid import columns, group_tables, overview
from directory.web.matrix_pages import area_nav, read_face
from directory.web.matrix_questions import questions
from directory.web.matrix_states import line
from directory.web.matrix_world import area_named, matrix_world
from directory.web.need import FIELDS, read_yours

bp = Blueprint("matrix", __name__)

VIEWS: Mapping[str, Callable[[MatrixWorld, MatrixArea, matrix_lens.ByType], LensView]] = {
    "waiting": lambda _world, _area, by_type: matrix_lens.waiting(by_type),
    "hours": lambda _world, _area, by_type: matrix_lens.hours(by_type),
    "referral": lambda _world, _area, by_type: matrix_lens.referral(by_type),
    "forms": lambda _world, _area, by_type: matrix_lens.forms(by_type),
    "adapted": lambda _world, _area, by_type: matrix_equality.adapted(by_type),
    "statutory": matrix_bodies.statutory,
    "effective": lambda world, area, _by_type: matrix_bodies.effective(world, area),
}


@bp.get("/matrix")
def choose() -> str:
    """Which area: by name, by code, or from the lists."""
    return _choose(AreaForm(formdata=None), ())


@bp.post("/matrix")
def find() -> BaseResponse | str | tuple[str, int]:
    """Turns what was typed into the address of an area. Keeps no word of it."""
    form = AreaForm(formdata=request.form)
    if not form.validate():
        return _choose(form, ()), 400
    found = meant(matrix_world().areas, current_app.extensions["locator"], form.area.data or "")
    if found.problem:
        form.area.errors = [found.problem]
        return _choose(form, found.options), 400
    if len(found.options) == 1:
        return redirect(url_for("matrix.area", area_code=found.options[0].area.code), code=303)
    return _choose(form, found.options)


def _choose(form: AreaForm, options: tuple[Option, ...]) -> str:
    return render_template(
        "matrix/choose.html", form=form, options=options, listed=listed(matrix_world().areas)
    )


@bp.get("/matrix/rules")
def rules() -> str:
    """How a cell is judged, and the working list of support types."""
    return render_template(
        "matrix/rules.html",
        states=[line(state) for state in State],
        state_words=_state_words(),
        level_words=_level_words(),
        tests=terms("cell_test"),
        stale_after_days=current_app.config["SETTINGS"].stale_after_days,
        groups=groups(),
        types=support_types(),
        leads=leads_in,
        welsh_leads=welsh_leads(),
    )


def _state_words() -> Mapping[str, str]:
    """What each state means."""
    return {
        State.AVAILABLE: _(
            "Somebody who lives here can get it now, as far as a service has confirmed or a body says."
        ),
        State.PARTLY: _("Something is there, but it fails at least one test. The page says which."),
        State.NOT_AVAILABLE: _("Somebody who knows has said that there is none. A gap."),
        State.NOT_KNOWN: _("Nobody has told us. It may exist."),
    }


def _level_words() -> Mapping[str, str]:
    """Support type → its level."""
    levels = {"universal": _("universal"), "targeted": _("targeted"), "specialist": _("specialist")}
    return {
        code: _(" or ").join(levels[level] for level in one.level.split(" or "))
        for code, one in support_types().items()
    }


@bp.get("/matrix/<area_code>")
def area(area_code: str) -> tuple[str, int]:
    """An area's grid, with one of its two faces. A wrong assumption in the form is answered 400."""
    world = matrix_world()
    found = area_named(world, area_code)
    face = read_face()
    unmet = unmet_view(world, found, read_yours(request.args)) if face else None
    opened, with_people = _opened(request.args.get("open", "")), _with_people(request.args.get("people", ""))
    states = states_of(world, found)
    shown = columns(opened)
    round_, _numbers = the_round(world, found)
    shown_page = render_template(
        "matrix/area.html",
        area=found,
        states=[(line(state), total) for state, total in world.states.counts(found.members).items()],
        halves=sum(len(one) for one in states.values()),
        halves_each=len(states),
        round=round_,
        columns=shown,
        opened=opened,
        open_codes=_open_codes(),
        overview=overview(found, states, shown),
        groups=group_tables(world, found, states, with_people=with_people),
        with_people=with_people,
        members=places(world, found.members) if found.is_wide else (),
        around=_around(world, found),
        nav=area_nav(world, found, query=unmet.yours.face_query if unmet else ""),
        may_state=may_state(found, world.areas),
        face=face,
        unmet=unmet,
        yours=unmet.yours if unmet else None,
        fields=FIELDS,
    )
    return shown_page, 400 if unmet and unmet.yours.errors else 200


@bp.get("/matrix/<area_code>/calls")
def calls(area_code: str) -> str:
    """What a round of telephone calls would settle."""
    world = matrix_world()
    found = area_named(world, area_code)
    return render_template(
        "matrix/calls.html", area=found, page=calls_page(world, found), nav=area_nav(world, found)
    )


@bp.get("/matrix/<area_code>/views")
def views(area_code: str) -> str:
    """The guide's questions, and where each is answered."""
    world = matrix_world()
    found = area_named(world, area_code)
    return render_template("matrix/views.html", area=found, questions=questions(), nav=area_nav(world, found))


@bp.get("/matrix/<area_code>/views/<view>")
def view(area_code: str, view: str) -> str:
    """One of the guide's questions."""
    world = matrix_world()
    found = area_named(world, area_code)
    if view not in VIEWS:
        raise NotFound(f"No view is called {view[:40]}.")
    answer = VIEWS[view](world, found, matrix_lens.that_count(world, found))
    return render_template("matrix/view.html", area=found, view=answer, nav=area_nav(world, found))


@bp.get("/matrix/<area_code>/<support_type>")
def cell(area_code: str, support_type: str) -> str:
    """One cell with all it rests on."""
    world = matrix_world()
    found = area_named(world, area_code)
    if support_type not in support_types():
        raise NotFound(f"No support type has the code {support_type[:40]}.")
    one = support_types()[support_type]
    shared = {
        "area": found,
        "type": one,
        "group": groups()[one.group],
        "leads": _leads(world, found, one),
        "nav": area_nav(world, found),
    }
    who = me()
    may_take_down = who is not None and is_staff(who)
    if found.is_wide:
        return render_template("matrix/cell_wide.html", **shared, halves=wide_halves(world, found, one))
    return render_template(
        "matrix/cell.html",
        **shared,
        may_take_down=may_take_down,
        done=request.args.get("done", ""),
        halves=halves(world, found.members[0], one),
    )


def _leads(world: MatrixWorld, area: MatrixArea, one: SupportType) -> tuple[str, ...]:
    """Who would usually pay or provide: the Welsh bodies where the whole area is in Wales."""
    is_welsh = all(world.areas.nation_of(code) == WALES for code in area.members)
    return leads_in(one.usual_commissioner, is_welsh=is_welsh)


def _around(world: MatrixWorld, area: MatrixArea) -> list[MatrixArea]:
    """The wider areas that an authority lies in, the most local first."""
    if area.is_wide:
        return []
    around = (world.areas.get(code) for code in world.areas.around(area.members[0]))
    return [one for one in around if one is not None and one.code != area.code and one.is_wide]


def _open_codes() -> frozenset[str]:
    """The shown groups that hold two."""
    shown = [group.shown_as for group in groups().values()]
    return frozenset(code for code in shown if shown.count(code) > 1)


def _opened(text: str) -> tuple[str, ...]:
    """The columns to open, from an address. Raises RuleBroken."""
    codes = tuple(dict.fromkeys(code for code in text.split(",") if code))
    if not set(codes) <= _open_codes():
        raise RuleBroken(
            "open", "This address asks to open a column that does not exist, or that holds one group only."
        )
    return codes


def _with_people(text: str) -> bool:
    """Whether to show how many people may be affected. Raises RuleBroken."""
    if text not in {"", "hide"}:
        raise RuleBroken("people", "This address may say ‘people=hide’, or leave it out.")
    return not text
