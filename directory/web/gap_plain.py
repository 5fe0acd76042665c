"""A register in plain words: for councillors and for anybody who has never read one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from directory.matrix.areas import MatrixArea
from directory.matrix.findings import GapRule
from directory.matrix.types import Mode, State
from directory.reference.groups import groups
from directory.reference.terms import terms
from directory.web.gap_answer import Answer
from directory.web.gap_lines import Line
from directory.web.gap_words import people_words, where_words
from directory.web.need_words import estimate_words
from directory.web.words import number, translated

QUESTIONS_NAMED = 5


@dataclass(frozen=True, slots=True)
class PlainGap:
    """One gap in four short sentences: for whom, which help, what is missing, what ends it."""

    heading: str
    definition: str
    who: str
    missing: str
    where: str
    people: str
    ends: str
    gap_id: str


@dataclass(frozen=True, slots=True)
class PlainView:
    """The whole page. gaps_total: gaps in the register. known … not_known: how many halves are in each state."""

    gaps: tuple[PlainGap, ...]
    gaps_total: int
    questions: tuple[str, ...]
    questions_total: int
    known: str
    perhaps: str
    missing: str
    not_known: str


def plain_view(found: Answer, lines: Sequence[Line], area: MatrixArea) -> PlainView:
    """The page, from the answer and the whole register."""
    gaps = [line for line in lines if line.finding.is_gap]
    asked = [line for line in lines if line.finding.rule is GapRule.NOT_KNOWN]
    there, perhaps = found.counts[State.AVAILABLE], found.counts[State.PARTLY]
    whole = found.not_known.of
    return PlainView(
        gaps=tuple(_gap(line, area) for line in found.firm),
        gaps_total=len(gaps),
        questions=tuple(dict.fromkeys(translated(line.support_type.label) for line in asked))[
            :QUESTIONS_NAMED
        ],
        questions_total=len(lines) - len(gaps),
        known=ngettext(
            "Of %(whole)s kinds of help we look for, we are sure that %(there)s is there.",
            "Of %(whole)s kinds of help we look for, we are sure that %(there)s are there.",
            there,
            there=number(there),
            whole=number(whole),
        ),
        perhaps=ngettext(
            "For %(perhaps)s, we know of some help. It is not all there, or nobody has checked it yet.",
            "For %(perhaps)s, we know of some help. It is not all there, or nobody has checked it yet.",
            perhaps,
            perhaps=number(perhaps),
        ),
        missing=_missing_words(found.counts[State.NOT_AVAILABLE]),
        not_known=ngettext(
            "For %(unknown)s, we do not know. That does not mean that there is none.",
            "For %(unknown)s, we do not know. That does not mean that there is none.",
            found.not_known.halves,
            unknown=number(found.not_known.halves),
        ),
    )


def _missing_words(missing: int) -> str:
    if not missing:
        return str(_("Nobody has told us of any kind of help that there is none at all."))
    return ngettext(
        "For %(missing)s, somebody who knows has told us that there is none.",
        "For %(missing)s, somebody who knows has told us that there is none.",
        missing,
        missing=number(missing),
    )


def _gap(line: Line, area: MatrixArea) -> PlainGap:
    finding = line.finding
    heading = translated(line.support_type.label)
    if finding.mode is Mode.IN_PERSON:
        heading = str(_("%(label)s, face to face", label=heading))
    elif finding.mode is Mode.REMOTE:
        heading = str(_("%(label)s, by phone or online", label=heading))
    missing = translated(terms("gap_rule")[finding.rule.value].plain)
    if finding.detail:
        who = translated(terms("left_out")[finding.detail].plain)
        missing = str(_("It leaves out %(who)s", who=who))
    return PlainGap(
        heading,
        translated(line.support_type.definition),
        translated(groups()[line.support_type.group].plain),
        missing,
        where_words(finding, area),
        _people(line),
        translated(terms("gap_close")[finding.rule.value].plain),
        line.gap_id,
    )


def _people(line: Line) -> str:
    if line.estimate is not None and line.estimate.is_upper_bound:
        return str(_("at most %(count)s", count=estimate_words(line.estimate.high)))
    return people_words(line)
