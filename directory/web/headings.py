"""What the results page says of itself: how many, where, for whom; and what each section is."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from directory.search.types import Facet, Results, Section
from directory.web.asked import Asked
from directory.web.blocks import Block

# What stands apart from the answer: never counted, and not shown when there is nothing in it.
APART = frozenset({Section.NOT_FOR_AREA, Section.UNREACHABLE})

WHO_SHORT: Mapping[str, LazyString] = {
    "children": _l("children"),
    "parents": _l("parents and family"),
    "adult-survivors": _l("adults abused in childhood"),
    "children-hsb": _l("children whose sexual behaviour is a worry"),
    "at-risk": _l("adults worried about their own behaviour"),
    "families": _l("families of people who have harmed"),
}


def page_heading(asked: Asked, near: str, fit: int, maybe: int) -> str:
    """'3 services for people near Peterborough: parents and family', with those that may fit said apart."""
    if near:
        heading = ngettext(
            "%(num)s service for people near %(place)s",
            "%(num)s services for people near %(place)s",
            fit,
            place=near,
        )
    else:
        heading = ngettext(
            "%(num)s service in England and Wales", "%(num)s services in England and Wales", fit
        )
    who = [str(short) for code, short in WHO_SHORT.items() if code in asked.chosen.get(Facet.GROUP, ())]
    if who:
        heading = _("%(heading)s: %(who)s", heading=heading, who=", ".join(who))
    if maybe:
        more = ngettext("%(num)s more may fit", "%(num)s more may fit", maybe)
        heading = _("%(heading)s (%(more)s)", heading=heading, more=more)
    return heading


def section_heading(block: Block, near: str) -> str:
    """The heading of one section, with its count; '' for a section that is not shown when empty."""
    total = block.fit_total + block.maybe_total
    if not total and (block.section in APART or not near):
        return ""
    services = ngettext("%(num)s service", "%(num)s services", block.fit_total)
    headings = {
        Section.NEAR: _("Near you or for your area: %(services)s", services=services),
        Section.FURTHER: (
            _("Further away but accepting people from your area: %(services)s", services=services)
            if near
            else _("In one place or area: %(services)s", services=services)
        ),
        Section.ANYWHERE: _("Anywhere: helplines and online: %(services)s", services=services),
        Section.NOT_FOR_AREA: _("Near, but not for people from your area"),
        Section.UNREACHABLE: _("We know of these but cannot yet tell you how to reach them"),
    }
    return headings[block.section]


def section_note(block: Block, near: str) -> str:
    """One sentence under a heading, where it needs one; '' where not."""
    match block.section:
        case Section.NOT_FOR_AREA:
            return _(
                "These services say that they take people who live elsewhere. They are not counted above."
            )
        case Section.UNREACHABLE:
            return _("We are looking for a way to reach them. They are not counted above.")
        case Section.NEAR if block.fit_total:
            return _("Distances are in a straight line from the middle of your area, so they are rough.")
    if not block.fit_total:
        return _("We know of none for certain.") if block.maybe_total else _("We know of none.")
    return ""


def words_line(results: Results, in_order_only: bool = False) -> str:
    """How the typed words were understood, in one or two sentences; '' when no words were typed.

    in_order_only: no service holds them together, so they hide none.
    """
    if in_order_only:
        return _(
            "No service has all of your words, so we left none out. Those with more of them stand first."
        )
    taken = [
        _("‘%(typed)s’ as %(words)s", typed=typed, words=", ".join(words[:5]))
        for typed, words in results.understood.items()
        if words and words != (typed,)
    ]
    missed = [typed for typed, words in results.understood.items() if not words]
    same = [typed for typed, words in results.understood.items() if words == (typed,)]
    lines = []
    if same:
        lines.append(_("Looking for: %(words)s.", words=", ".join(same)))
    if taken:
        lines.append(_("We read %(taken)s.", taken="; ".join(taken)))
    if missed:
        lines.append(_("No listing has the words: %(words)s. We left them out.", words=", ".join(missed)))
    return " ".join(lines)
