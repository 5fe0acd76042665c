"""Two more of the guide's questions: what public bodies give, and what is judged to work here."""

from __future__ import annotations

from flask_babel import gettext as _

from directory.matrix import lens
from directory.matrix.areas import MatrixArea
from directory.matrix.statements import in_force
from directory.queries.area_states import statutory_of
from directory.queries.current_matrix import MatrixWorld
from directory.reference.support_types import support_types
from directory.reference.terms import terms
from directory.security.who_sees import Fact, sees
from directory.web.lens_tables import LensView, numbers, tables_by_type
from directory.web.matrix_lens import ByType
from directory.web.matrix_states import line, residents, share_lines, state_mark

PREVENTION = ("G5", "G7", "G8")
"""The groups of whom the guide asks whether the support for them is judged to work."""
SOMEBODY_SAID = ("yes", "mixed", "no")


def statutory(world: MatrixWorld, area: MatrixArea, by_type: ByType) -> LensView:
    """What public bodies give after abuse, and who runs the rest."""
    codes = tuple(terms("sector"))
    from_public_bodies = statutory_of(world, area)

    def cells(code: str) -> tuple[str, ...]:
        run_by = lens.sectors(by_type[code], codes)
        states = from_public_bodies[code]
        if area.is_wide:
            lines = share_lines(states, residents({support_types()[code].group}))
        else:
            lines = (line(states[area.members[0]]),)
        return (
            "; ".join(f"{state_mark(one.state)} {one.text}" for one in lines),
            *numbers(*(run_by[one] for one in ("statutory", "voluntary", "private", ""))),
        )

    heads = (
        _("From public bodies alone"),
        _("Public"),
        _("Voluntary"),
        _("Private"),
        _("Not told us"),
    )
    return LensView(
        _("public bodies"),
        _("What public bodies provide"),
        _(
            "The first column judges each type by the services of public bodies alone, and by statements of what they "
            "provide. The others count the services by who runs them."
        ),
        (
            _("Public means run by a council, the NHS, the police or another public body."),
            _("How long such support lasts, and whether one person stays with the family, no listing tells us yet."),
        ),
        tables_by_type(heads, cells),
    )  # fmt: skip


def effective(world: MatrixWorld, area: MatrixArea) -> LensView:
    """What those who speak for an area judge to work there. Only for who may see it: the counts are left out."""
    around = {code for member in area.members for code in world.areas.around(member)} | {area.code}
    said = [one for one in in_force(world.statements, world.rules.today) if one.area_code in around]
    may_see = sees(Fact.EFFECTIVENESS)

    def cells(code: str) -> tuple[str, ...]:
        judged = [one.effective for one in said if one.support_type == code]
        told = [judged.count(each) for each in SOMEBODY_SAID]
        return numbers(*told, len(judged) - sum(told))

    heads = (
        _("Works well here"),
        _("Works for some"),
        _("Does not work well here"),
        _("Said, but not whether it works"),
    )
    answer = _("Nobody has said yet whether this support works here.")
    if not may_see:
        answer = _("This is for commissioners only. It is not shown on this site.")
    elif any(one.effective and one.support_type.split(".")[0] in PREVENTION for one in said):
        answer = _("How many statements that hold in this area judge that the support works.")
    return LensView(
        _("what works"),
        _("Does support that prevents harm work here"),
        answer,
        (_("It counts what commissioners, partnerships and national bodies have said and not taken back."),),
        tables_by_type(heads, cells, PREVENTION) if may_see else (),
    )
