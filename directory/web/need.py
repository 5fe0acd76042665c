"""Pages of need: how many people an area may hold, what there is for them, and what was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from directory.errors import RuleBroken
from directory.geo.areas import areas
from directory.matrix.areas import MatrixArea
from directory.matrix.need_face import NeedFace, need_face, with_yours
from directory.queries.current_matrix import MatrixWorld
from directory.queries.snapshots import SnapshotView
from directory.reference.need_assumptions import UPTAKE_PERCENT_MAX, YEARS_MAX, need_assumptions
from directory.reference.need_rates import need_rates
from directory.reference.support_types import support_types
from directory.security.who_sees import Fact, sees
from directory.web.matrix_pages import UNMET, pages_of
from directory.web.matrix_world import area_named, matrix_world
from directory.web.need_identified import identified_view
from directory.web.need_rows import group_rows, type_rows
from directory.web.need_words import per_service_words
from directory.web.permanent import permanent_address

bp = Blueprint("need", __name__)

FIELDS: Mapping[str, int] = {"uptake": UPTAKE_PERCENT_MAX, "years": YEARS_MAX}


@dataclass(frozen=True, slots=True)
class Yours:
    """What a reader entered in the form: as typed, as read, and what is wrong with it (field → message)."""

    typed: Mapping[str, str]
    values: Mapping[str, int | None]
    errors: Mapping[str, str]

    @property
    def is_any(self) -> bool:
        """Whether a value of theirs is in use."""
        return any(value is not None for value in self.values.values())

    @property
    def face_query(self) -> str:
        """What the address of the grid's face of unmet need asks, with the reader's assumptions that are in use."""
        own = [f"&{name}={value}" for name, value in self.values.items() if value is not None]
        return f"face={UNMET}{''.join(own)}"

    @property
    def asked(self) -> dict[str, str]:
        """The query that asks for them again."""
        return {field: str(value) for field, value in self.values.items() if value is not None}


@bp.get("/matrix/<area_code>/need")
def area(area_code: str) -> tuple[str, int]:
    """Need beside places for every group, then what was recorded. A wrong value in the form is answered 400."""
    world = matrix_world()
    found = area_named(world, area_code)
    yours = read_yours(request.args)
    permanent = permanent_address(world, found, "need", **yours.asked)
    return need_page(world, found, yours, permanent)


def need_page(
    world: MatrixWorld,
    found: MatrixArea,
    yours: Yours,
    permanent: str,
    kept: SnapshotView | None = None,
) -> tuple[str, int]:
    """The page, of today or of a snapshot."""
    face = face_of(world, found, yours)
    page = render_template(
        "matrix/need.html",
        area=found,
        yours=yours,
        fields=FIELDS,
        face="",
        groups=group_rows(face),
        types=type_rows(face),
        centre=per_service_words(face.centre_per_service, face.centre_services, 0, is_whole_nation=True),
        has_whole_nation=face.has_whole_nation,
        population_year=areas()[found.members[0]].population_year,
        identified=identified_view(found),
        kept=kept,
        nav=pages_of(found, permanent),
    )
    return page, 400 if yours.errors else 200


def face_of(world: MatrixWorld, area: MatrixArea, yours: Yours) -> NeedFace:
    """The face of unmet need of an area, as this reader may see it; for the page and for what is taken away.

    A service that charges the person is no place for them; one that may charge counts.
    """
    return need_face(
        [areas()[code] for code in area.members],
        support_types(),
        [one for one in world.services if one.is_active and one.free is not False],
        need_rates(),
        with_yours(need_assumptions(), yours.values["uptake"], yours.values["years"]),
        with_upper_bounds=sees(Fact.UPPER_BOUND_OF_NEED),
    )


def read_yours(args: Mapping[str, str]) -> Yours:
    """The reader's assumptions in an address; a blank one is ours. A wrong one is named and not used."""
    typed = {field: args.get(field, "").strip() for field in FIELDS}
    values: dict[str, int | None] = {}
    errors: dict[str, str] = {}
    for field, highest in FIELDS.items():
        try:
            values[field] = _whole(field, typed[field], highest)
        except RuleBroken as broken:
            values[field], errors[field] = None, broken.message
    return Yours(typed, values, errors)


def _whole(field: str, text: str, highest: int) -> int | None:
    """A whole number from 1 to `highest`; None for a blank. Raises RuleBroken."""
    if not text:
        return None
    number = text.removesuffix("%").strip() if field == "uptake" else text
    if number.isascii() and number.isdecimal() and len(number) <= 3 and 1 <= int(number) <= highest:
        return int(number)
    if field == "uptake":
        message = _("How many in 100 seek support must be a whole number from 1 to 100, such as 25.")
    else:
        message = ngettext(
            "The number of years must be %(num)s.",
            "The number of years must be a whole number from 1 to %(num)s, such as 10.",
            highest,
        )
    raise RuleBroken(field, str(message))
