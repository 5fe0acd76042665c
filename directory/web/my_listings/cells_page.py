"""What a listing fills in the support matrix, where, why, and what would fill more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from directory.geo.areas import areas
from directory.matrix.fills import Ask, Fill, fills, would_fill_more, would_tell_more
from directory.matrix.types import Level, State
from directory.queries.current_gaps import usual_limits
from directory.queries.current_matrix import MatrixWorld
from directory.reference.groups import groups
from directory.reference.support_types import support_types
from directory.web.database import database
from directory.web.matrix_states import StateLine, counted_lines, line
from directory.web.matrix_world import matrix_world
from directory.web.my_listings.edit import LISTING
from directory.web.my_listings.mine import Target, target_of
from directory.web.words import term, translated

bp = Blueprint("listing_cells", __name__)

NAMED_MAX = 12
"""Areas named one by one; more are counted."""


@dataclass(frozen=True, slots=True)
class CellLine:
    """One half cell. own: how far this service fills it; there: what the matrix says of it, over those areas."""

    label: str
    group: str
    mode: str
    own: StateLine
    why: tuple[str, ...]
    where: str
    areas: tuple[tuple[str, str], ...]
    where_more: str
    there: tuple[StateLine, ...]


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something that would fill more. count: '12 cells'; '' where it only tells more."""

    words: str
    url: str
    count: str = ""


@bp.get(f"{LISTING}/cells")
def cells(service_id: int) -> str:
    """By the rules of the matrix, of today."""
    with database().reading() as session:
        target = target_of(session, service_id, None)
    world = matrix_world()
    service = next((one for one in world.services if one.id == service_id), None)
    nation_of = {code: world.areas.nation_of(code) for code in world.areas.authorities}
    found = fills(service, world.types, nation_of, world.rules) if service else ()
    more = would_fill_more(found)
    tells = would_tell_more(service, world.rules, usual_limits()) if service else ()
    return render_template(
        "my_listings/cells.html",
        target=target,
        is_counted=service is not None,
        lines=[_line(world, one) for one in found],
        more=[
            ToDo(*_ask(ask, target), ngettext("%(num)s cell", "%(num)s cells", count)) for ask, count in more
        ],
        tells=[ToDo(*_ask(ask, target)) for ask in tells if ask not in dict(more)],
    )


def _line(world: MatrixWorld, one: Fill) -> CellLine:
    kind = support_types()[one.support_type]
    states = world.states.over(one.authorities, one.support_type, one.mode)
    counts = {state: sum(each is state for each in states.values()) for state in State}
    own = {Level.AVAILABLE: State.AVAILABLE, Level.PARTLY: State.PARTLY, Level.NOTHING: State.NOT_KNOWN}
    return CellLine(
        translated(kind.label),
        translated(groups()[kind.group].label),
        term(one.mode.value, "mode"),
        line(own[one.level])
        if one.level is not Level.NOTHING
        else line(State.NOT_KNOWN, _("Filled by what the partnership says, not by listings")),
        tuple(term(test.value, "cell_test") for test in one.failed),
        ngettext("%(num)s area", "%(num)s areas", len(one.authorities)),
        _named(one.authorities, one.support_type),
        _("and %(num)s more", num=len(one.authorities) - NAMED_MAX)
        if len(one.authorities) > NAMED_MAX
        else "",
        counted_lines(counts),
    )


def _named(codes: Sequence[str], support_type: str) -> tuple[tuple[str, str], ...]:
    """(name, address of the cell) of the first areas by name."""
    table = areas()
    names = sorted((table[code].name, code) for code in codes if code in table)
    return tuple(
        (name, url_for("matrix.cell", area_code=code, support_type=support_type))
        for name, code in names[:NAMED_MAX]
    )


def _ask(ask: Ask, target: Target) -> tuple[str, str]:
    """(what to do in words, the page on which to do it)."""
    words, slug = {
        Ask.SAY_WHAT: (_("Say for certain what you offer and to whom"), "offers"),
        Ask.SAY_WHOSE_RESIDENTS: (
            _("Say whether you take everyone who lives there, or only some"),
            "residents",
        ),
        Ask.SAY_MODE: (_("Say whether you help in person, by phone or online, or both"), "offers"),
        Ask.SAY_COST: (_("Say whether it is free to the person"), "what"),
        Ask.SAY_OPEN_AGAIN: (_("Say when it is open again"), "what"),
        Ask.SAY_WAITING_LIST: (_("Say whether the waiting list is open"), "waiting"),
        Ask.SAY_TAKING_PEOPLE: (_("Say whether you take new people now"), "referred"),
        Ask.CONFIRM: (_("Confirm that the listing is right"), ""),
        Ask.SAY_HOW_LONG: (_("Say how long people wait"), "waiting"),
        Ask.SAY_HOURS: (_("Say when you are open"), "reach"),
        Ask.SAY_REFERRAL: (_("Say who can get in touch"), "referred"),
        Ask.SAY_PLACES: (_("Say how many people you can see in a year"), "waiting"),
    }[ask]
    return words, target.url("edit_listing.page", slug=slug) if slug else "/my-listings"
