"""The answer to a search: three questions on one page, with counts, and the same numbers on the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask import Blueprint, current_app, render_template, request

from directory.config import PAGE_SIZE
from directory.queries.views import ListingView
from directory.reference.guides import guides_of_groups
from directory.search.types import Facet, Fit, Hit, Results, Section
from directory.web.asked import Asked, read_asked
from directory.web.blocks import Block, Entry
from directory.web.facets import FILTERS
from directory.web.headings import page_heading, section_heading, section_note, words_line
from directory.web.help_now import FIRST_BESIDE_RESULTS, asks_for_no_voice, front_doors, help_now, is_crisis
from directory.web.narrow import WayOut, narrowing
from directory.web.parts import Pages, row_of_pages
from directory.web.understood import only_orders, read_as, search_as_understood

bp = Blueprint("results", __name__)

# With a place, near help comes first; without one, what can be reached from anywhere does.
WITH_A_PLACE = (Section.NEAR, Section.FURTHER, Section.ANYWHERE, Section.NOT_FOR_AREA, Section.UNREACHABLE)
COUNTED = (Section.NEAR, Section.FURTHER, Section.ANYWHERE)
WITHOUT_A_PLACE = (Section.ANYWHERE, Section.NEAR, Section.FURTHER, Section.UNREACHABLE)


@dataclass(frozen=True, slots=True)
class Searched:
    """A search and its answer, ready to be shown as a list or on a map."""

    asked: Asked
    results: Results
    blocks: tuple[Block, ...]
    listings: Mapping[int, ListingView] = field(default_factory=dict)

    @property
    def how_many(self) -> tuple[int, int]:
        """(services that fit, services that may), in the three sections that count."""
        fit, maybe = zip(*(_how_many(self.results, section) for section in COUNTED), strict=True)
        return sum(fit), sum(maybe)


@bp.get("/find/results")
def results() -> str:
    """The results page."""
    asked = read_asked(request.args)
    searched = run_search(asked)
    area = asked.area
    near = current_app.extensions["locator"].describe(area) if area else ""
    reading = read_as(asked, searched.results)
    read_urls = {each.url_without for each in reading.in_force} if reading else set()
    narrowed = narrowing(asked, searched.results)
    in_order_only = only_orders(asked, searched.results)
    return render_template(
        "find/results.html",
        asked=asked,
        searched=searched,
        near=near,
        heading=page_heading(asked, near, *searched.how_many),
        words_line=words_line(searched.results, in_order_only),
        no_word_understood=bool(asked.text)
        and reading is None
        and not in_order_only
        and not any(searched.results.understood.values()),
        reading=reading,
        sections=[
            (block, section_heading(block, near), section_note(block, near)) for block in searched.blocks
        ],
        narrowing=narrowed,
        nearly=_nearly(searched),
        other_chosen=[each for each in narrowed.chosen if each.url_without not in read_urls],
        kept=[("at", area.code if area else ""), ("text", asked.text), ("was", asked.text)],
        ticked=[
            (each.field, value) for each in FILTERS for value in sorted(asked.chosen.get(each.facet, ()))
        ],
        folded=_folded(searched),
        anywhere_url=replace(asked.only(None), area=None).url() if area else "",
        whole_url=asked.only(None).url() if asked.section else "",
        help_now=help_now(asked.chosen, asked.text, first=FIRST_BESIDE_RESULTS),
        in_crisis=is_crisis(asked.text),
        front_doors=front_doors(area),
        is_voiceless=asks_for_no_voice(asked.chosen),
        guides=guides_of_groups(asked.chosen.get(Facet.GROUP, frozenset())),
    )


def run_search(asked: Asked) -> Searched:
    """The answer, read in one short transaction; one index gives hits and totals alike."""
    with current_app.extensions["database"].reading() as session:
        _version, index = current_app.extensions["index"].get(session)
        found = search_as_understood(index, asked)
        cut = [(section, *_page_of(found.hits[section], asked)) for section in _shown(asked)]
        listings = current_app.extensions["listings"].get(
            session, {hit.listing_id for _section, hits, _pages in cut for hit in hits}
        )
    blocks = []
    # A later page of a section goes on with its numbers; a page too far is the last one.
    number = (min(asked.page, cut[0][2]) - 1) * PAGE_SIZE if asked.section else 0
    for section, hits, pages in cut:
        # A listing withdrawn since the index was built has no view: it is left out, never a broken page.
        entries = []
        for hit in hits:
            if hit.listing_id in listings:
                number += 1
                entries.append(Entry(number, hit, listings[hit.listing_id]))
        blocks.append(
            Block(
                section,
                *_how_many(found, section),
                tuple(entry for entry in entries if entry.hit.fit is Fit.YES),
                tuple(entry for entry in entries if entry.hit.fit is Fit.NOT_TOLD),
                _row_of_pages(asked, section, pages),
            )
        )
    return Searched(asked, found, tuple(blocks), listings)


def _how_many(found: Results, section: Section) -> tuple[int, int]:
    """(services known to fit, services that have not told us) in a section; one at several places counts once."""
    fits = {hit.listing_id: hit.fit for hit in found.hits[section]}
    certain = sum(fit is Fit.YES for fit in fits.values())
    return certain, len(fits) - certain


def _folded(searched: Searched) -> frozenset[Section]:
    """Without a place, services of single places all over the country wait where there are some for anybody."""
    asked = searched.asked
    for_anybody = any(block.section is Section.ANYWHERE and block.fits for block in searched.blocks)
    return frozenset({Section.FURTHER}) if for_anybody and not (asked.area or asked.text) else frozenset()


def _nearly(searched: Searched) -> tuple[WayOut, ...]:
    """Where nothing is certain to fit: which one choice to drop, and how many are certain to fit then; most first."""
    asked = searched.asked
    if searched.how_many[0] or not searched.results.total or len(asked.chosen) < 2:
        return ()
    ways = []
    with current_app.extensions["database"].reading() as session:
        _version, index = current_app.extensions["index"].get(session)
        for each in FILTERS:
            if each.facet in asked.chosen:
                without = asked.without(each.facet)
                found = search_as_understood(index, without)
                certain = sum(_how_many(found, section)[0] for section in COUNTED)
                if certain:
                    ways.append(WayOut(str(each.legend), certain, without.url()))
    return tuple(sorted(ways, key=lambda way: (-way.more, way.label)))


def _shown(asked: Asked) -> tuple[Section, ...]:
    if asked.section is not None:
        return (asked.section,)
    return WITH_A_PLACE if asked.area else WITHOUT_A_PLACE


def _page_of(hits: Sequence[Hit], asked: Asked) -> tuple[Sequence[Hit], int]:
    """The hits of the page asked for, and how many pages there are; a page too far shows the last one."""
    pages = max(1, -(-len(hits) // PAGE_SIZE))
    page = min(asked.page, pages) if asked.section else 1
    return hits[(page - 1) * PAGE_SIZE : page * PAGE_SIZE], pages


def _row_of_pages(asked: Asked, section: Section, pages: int) -> Pages | None:
    """Links to the pages of one section; the first page of each stands on the whole page too."""
    if pages == 1:
        return None
    page = min(asked.page, pages) if asked.section else 1
    return row_of_pages(page, pages, lambda number: asked.only(section, number).url())
