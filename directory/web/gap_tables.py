"""The register as tables on the page: gaps, and what is to be found out; a few lines of each, or one list by pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from directory.errors import RuleBroken
from directory.matrix.areas import MatrixArea
from directory.matrix.findings import Limits
from directory.queries.gap_register import Decision
from directory.reference.groups import groups
from directory.web.gap_asked import GAPS, QUESTIONS, GapsAsked
from directory.web.gap_lines import Line
from directory.web.gap_words import (
    commissioner_words,
    duty_words,
    firmness_words,
    heading_words,
    people_words,
    sentence,
    where_words,
)
from directory.web.parts import Pages, row_of_pages
from directory.web.words import term, translated

FIRST_LINES = 20
PAGE_LINES = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One line in words. points: of its priority, 0 to 100. decision: the newest one; None for none."""

    gap_id: str
    heading: str
    group: str
    what: str
    where: str
    firmness: str
    people: str
    commissioner: str
    duty: str
    status: str
    points: int
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class ListTable:
    """One of the two lists. rows of total; all_url: the address of the whole list, '' where all of it is here."""

    name: str
    title: str
    about: str
    rows: tuple[Row, ...]
    total: int
    all_url: str
    pages: Pages | None


def row_of(line: Line, area: MatrixArea, limits: Limits) -> Row:
    """One line in words."""
    finding = line.finding
    return Row(
        line.gap_id,
        heading_words(line),
        translated(groups()[line.support_type.group].label),
        sentence(finding, limits),
        where_words(finding, area),
        firmness_words(finding),
        people_words(line),
        commissioner_words(line),
        duty_words(line),
        term(line.status, "gap_status"),
        line.score.points,
        line.history[-1] if line.history else None,
    )


def tables_of(lines: Sequence[Line], area: MatrixArea, asked: GapsAsked) -> tuple[ListTable, ...]:
    """Both lists, cut short; or the one that was asked for, by pages. Raises RuleBroken for a page beyond the last."""
    if asked.page > 1 and not asked.in_list:
        raise RuleBroken("p", _no_such_page())
    wanted = (asked.in_list,) if asked.in_list else (GAPS, QUESTIONS)
    return tuple(_table(name, lines, area, asked) for name in wanted)


def _table(name: str, lines: Sequence[Line], area: MatrixArea, asked: GapsAsked) -> ListTable:
    own = [line for line in lines if line.finding.is_gap is (name == GAPS)]
    pages = None
    if asked.in_list:
        last = max(1, -(-len(own) // PAGE_LINES))
        if asked.page > last:
            raise RuleBroken("p", _no_such_page())
        here = own[(asked.page - 1) * PAGE_LINES : asked.page * PAGE_LINES]
        pages = row_of_pages(asked.page, last, lambda page: _page_url(asked, area, page))
    else:
        here = own[:FIRST_LINES]
    title, about = _words(name)
    limits = asked.limits_in_use
    return ListTable(
        name,
        title,
        about,
        tuple(row_of(line, area, limits) for line in here),
        len(own),
        asked.url("gaps.area", area.code, list=name) if len(here) < len(own) and not asked.in_list else "",
        pages,
    )


def _no_such_page() -> str:
    return str(_("This address asks for a page number that does not exist."))


def _page_url(asked: GapsAsked, area: MatrixArea, page: int) -> str:
    return f"{replace(asked, page=page).url('gaps.area', area.code)}#register"


def _words(name: str) -> tuple[str, str]:
    if name == GAPS:
        return str(_("Gaps")), str(
            _(
                "Something is missing, and there is firm evidence: somebody who knows has said so, or every "
                "service that we list has confirmed it or gives a date that still counts. "
                "There may be services that we do not list."
            )
        )
    return str(_("To find out")), str(
        _(
            "Nobody has told us enough, or we have only read it. "
            "None of these is a gap until somebody who knows has answered."
        )
    )
