"""What the results page says of itself: how many, where, for whom; and what each section is."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from directory.search.types import Facet, Results, Section
from directory.web.asked import Asked

WHO_SHORT: Mapping[str, LazyString] = {
    "children": _l("children"),
    "parents": _l("parents and family"),
    "adult-survivors": _l("adults abused in childhood"),
    "children-hsb": _l("children whose sexual behaviour is a worry"),
    "at-risk": _l("adults worried about their own behaviour"),
    "families": _l("families of people who have harmed"),
}


def page_heading(asked: Asked, near: str, total: int) -> str:
    """'3 services for people near Peterborough: parents and family'."""
    if near:
        heading = ngettext(
            "%(num)s service for people near %(place)s",
            "%(num)s services for people near %(place)s",
            total,
            place=near,
        )
    else:
        heading = ngettext(
            "%(num)s service in England and Wales", "%(num)s services in England and Wales", total
        )
    who = [str(short) for code, short in WHO_SHORT.items() if code in asked.chosen.get(Facet.GROUP, ())]
    return _("%(heading)s: %(who)s", heading=heading, who=", ".join(who)) if who else heading


def section_heading(section: Section, total: int, near: str) -> str:
    """The heading of one section, with its count; '' for a section that is not shown when empty."""
    if section in {Section.NOT_FOR_AREA, Section.UNREACHABLE} and not total:
        return ""
    services = ngettext("%(num)s service", "%(num)s services", total)
    headings = {
        Section.NEAR: _("Near you or for your area: %(services)s", services=services),
        Section.FURTHER: (
            _("Further away but accepting people from your area: %(services)s", services=services)
            if near
            else _("In one place or area: %(services)s", services=services)
        ),
        Section.ANYWHERE: _("Anywhere: helplines and online: %(services)s", services=services),
        Section.NOT_FOR_AREA: _("Near, but not for people from your area: %(services)s", services=services),
        Section.UNREACHABLE: _("We know of these but cannot yet tell you how to reach them"),
    }
    return headings[section] if total or near or section is Section.ANYWHERE else ""


def section_note(section: Section, total: int) -> str:
    """One sentence under a heading, where it needs one."""
    notes = {
        Section.NEAR: _("Distances are in a straight line from the middle of your area, so they are rough."),
        Section.NOT_FOR_AREA: _(
            "These services say that they take people who live elsewhere. They are not counted above."
        ),
        Section.UNREACHABLE: _("We are looking for a way to reach them. They are not counted above."),
    }
    return notes.get(section, "") if total else _("We know of none.")


def words_line(results: Results) -> str:
    """How the typed words were understood, in one or two sentences; '' when no words were typed."""
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
