"""The lines of a gap register in sentences, in the page's language. Not known is never said as none."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask_babel import gettext as _
from flask_babel import ngettext

from directory.matrix.areas import MatrixArea
from directory.matrix.findings import IN_BOTH_LISTS, Finding, Firmness, GapRule, Limits
from directory.matrix.types import Mode
from directory.reference.terms import terms
from directory.web.dates import day, when
from directory.web.gap_lines import Line
from directory.web.need_words import estimated_words
from directory.web.words import term, term_list, translated


def mode_words(mode: Mode | None) -> str:
    """Which half of the cell a finding is about."""
    if mode is None:
        return str(_("In every way it can be given"))
    return str(_("In person") if mode is Mode.IN_PERSON else _("By phone or online"))


def heading_words(line: Line) -> str:
    """'One-to-one specialist therapy, in person'."""
    label = translated(line.support_type.label)
    if line.finding.mode is None:
        return label
    if line.finding.mode is Mode.IN_PERSON:
        return str(_("%(label)s, in person", label=label))
    return str(_("%(label)s, by phone or online", label=label))


def sentence(finding: Finding, limits: Limits) -> str:
    """What is missing, or what is not known, in one or two sentences."""
    return _SENTENCES[finding.rule](finding, limits)


def where_words(finding: Finding, area: MatrixArea) -> str:
    """'in 3 of 7 authorities'; '' for an area of one."""
    if not area.is_wide:
        return ""
    whole = len(area.members)
    if len(finding.authorities) == whole:
        return ngettext("in its only authority", "in all %(num)s authorities", whole)
    return ngettext(
        "in %(num)s of %(whole)s authorities",
        "in %(num)s of %(whole)s authorities",
        len(finding.authorities),
        whole=whole,
    )


def people_words(line: Line) -> str:
    """The people it may touch: a range, or why none is told."""
    if line.estimate is None:
        return str(_("not told here"))
    return estimated_words(line.estimate)


def firmness_words(finding: Finding) -> str:
    """How firm it is, and from when."""
    label = term(finding.firmness.value, "gap_firmness")
    if finding.firmness is Firmness.OPEN:
        return label
    if not finding.dates:
        return str(_("%(how)s (%(dates)s)", how=label, dates=when(None)))
    first, last = when(finding.dates[0]), when(finding.dates[-1])
    dates = first if first == last else str(_("%(first)s to %(last)s", first=first, last=last))
    return str(_("%(how)s (%(dates)s)", how=label, dates=dates))


def commissioner_words(line: Line) -> str:
    """Who would usually pay for it or provide it."""
    return "; ".join(term(code, "commissioner") for code in line.commissioners)


def duty_words(line: Line) -> str:
    """Whether it is within the duty to work together."""
    return str(_("Within the duty") if line.is_duty else _("Outside the duty"))


def closing_words(finding: Finding) -> str:
    """What would change it."""
    if finding.rule in IN_BOTH_LISTS and not finding.is_gap:
        return str(_("An answer from those it rests on would settle it, and may show a gap."))
    return translated(terms("gap_close")[finding.rule].label)


def _none(_finding: Finding, _limits: Limits) -> str:
    return str(_("Somebody who knows has said that there is none."))


def _not_for_residents(finding: Finding, limits: Limits) -> str:
    if finding.is_gap:
        return ngettext(
            "%(num)s service near here takes only people from elsewhere. We know of none that takes residents.",
            "%(num)s services near here take only people from elsewhere. We know of none that takes residents.",
            len(finding.services),
        )
    return ngettext(
        "%(num)s service within %(miles)s miles seems to take only people from elsewhere. It has not confirmed this.",
        "%(num)s services within %(miles)s miles seem to take only people from elsewhere. "
        "They have not all confirmed this.",
        len(finding.services),
        miles=limits.near_miles,
    )


def _waiting(finding: Finding, limits: Limits) -> str:
    if finding.is_shut and finding.is_gap:
        return str(_("No listed service is taking new people."))
    if finding.is_shut:
        return str(_("No listed service seems to be taking new people, but what we read is old or undated."))
    longest = ngettext(
        "The longest known wait is %(num)s week.",
        "The longest known wait is %(num)s weeks.",
        finding.wait_weeks or 0,
    )
    rule = ngettext(
        "Every known wait is longer than %(num)s week.",
        "Every known wait is longer than %(num)s weeks.",
        limits.wait_weeks,
    )
    return _as_read(finding, f"{longest} {rule}")


def _as_read(finding: Finding, what: str) -> str:
    """What every listing says, with how sure that is where it is a question."""
    if finding.is_gap:
        return what
    return str(_("%(what)s That is what we have read. Not every service has confirmed it.", what=what))


def _charges(finding: Finding, _limits: Limits) -> str:
    what = str(_("Every listed service that takes new people charges the person."))
    if finding.is_gap:
        return what
    return str(
        _(
            "%(what)s That is what we have read. Not every service has confirmed it, or that it gives this help.",
            what=what,
        )
    )


def _only_part(_finding: Finding, _limits: Limits) -> str:
    return str(_("Somebody who knows has said that only some of it exists."))


def _not_adapted(finding: Finding, _limits: Limits) -> str:
    if finding.detail == "others":
        what = str(_("Every listed service is only for some people, and leaves out all others."))
        return _as_read(finding, what)
    who = translated(terms("left_out")[finding.detail].plain)
    return _as_read(finding, str(_("Every listed service leaves out %(who)s.", who=who)))


def _professional_only(finding: Finding, _limits: Limits) -> str:
    what = str(_("Every listed service takes people only through a professional or the police."))
    return _as_read(finding, what)


def _no_evening_weekend(finding: Finding, _limits: Limits) -> str:
    return _as_read(finding, str(_("No listed service is open on an evening or at a weekend.")))


def _funding_ends(finding: Finding, _limits: Limits) -> str:
    ends = day(finding.ends_on) if finding.ends_on else str(_("date not known"))
    if finding.is_gap:
        return str(_("The money of what makes it available ends on %(day)s or soon after.", day=ends))
    return str(_("The money of what makes it available was to end on %(day)s.", day=ends))


def _not_known(finding: Finding, _limits: Limits) -> str:
    if finding.statements:
        return str(_("Somebody has spoken of it, and it is still not known whether there is any."))
    return str(_("Nothing is listed that counts, and nobody has said whether there is any."))


def _they_differ(_finding: Finding, _limits: Limits) -> str:
    return str(_("Those who know say different things, or a listing differs from what was said."))


def _not_listed(_finding: Finding, _limits: Limits) -> str:
    return str(
        _("Somebody has said that it exists, and neither a listing nor those who speak for the area show it.")
    )


def _not_confirmed(finding: Finding, _limits: Limits) -> str:
    listed = ngettext(
        "%(num)s listed service could settle it with one call.",
        "Any of %(num)s listed services could settle it with one call.",
        len(finding.services),
    )
    to_ask = _list([*term_list(finding.tests, "cell_test"), *term_list(finding.not_told, "told_fact")])
    return str(_("%(listed)s To ask: %(what)s.", listed=listed, what=to_ask))


def _not_told(finding: Finding, _limits: Limits) -> str:
    return str(_("It is there. Not told: %(what)s.", what=_list(term_list(finding.not_told, "told_fact"))))


def _list(labels: list[str]) -> str:
    """Labels in the middle of a sentence: each begins small."""
    return "; ".join(label[0].lower() + label[1:] for label in labels)


_SENTENCES: Mapping[GapRule, Callable[[Finding, Limits], str]] = {
    GapRule.NONE: _none,
    GapRule.NOT_FOR_RESIDENTS: _not_for_residents,
    GapRule.WAITING: _waiting,
    GapRule.CHARGES: _charges,
    GapRule.ONLY_PART: _only_part,
    GapRule.NOT_ADAPTED: _not_adapted,
    GapRule.PROFESSIONAL_ONLY: _professional_only,
    GapRule.NO_EVENING_WEEKEND: _no_evening_weekend,
    GapRule.FUNDING_ENDS: _funding_ends,
    GapRule.NOT_KNOWN: _not_known,
    GapRule.THEY_DIFFER: _they_differ,
    GapRule.NOT_LISTED: _not_listed,
    GapRule.NOT_CONFIRMED: _not_confirmed,
    GapRule.NOT_TOLD: _not_told,
}
