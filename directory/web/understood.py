"""How typed words were read: the filters they put on, and how the page says so and lets it be changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import current_app
from flask_babel import gettext as _

from directory.reference.hours import LONDON, now_utc
from directory.search.index import SearchIndex
from directory.search.synonyms import reviewed
from directory.search.types import Facet, Query, Results
from directory.search.understanding import understand
from directory.search.words import typed_words
from directory.web.asked import Asked
from directory.web.facets import FILTERS, values
from directory.web.parts import ChosenFilter

Chosen = Mapping[Facet, frozenset[str]]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A filter that the words suggest and that is not on; `url_with` puts it on, '' where that leaves nothing."""

    label: str
    url_with: str


@dataclass(frozen=True, slots=True)
class ReadAs:
    """What the words were read as.

    words: as typed. in_force: filters they put on, each with the address without it.
    set_aside: words beside them that no listing left over has: they hide nothing.
    """

    words: str
    in_force: tuple[ChosenFilter, ...]
    left_out: tuple[LeftOut, ...]
    set_aside: tuple[str, ...]


def search_as_understood(index: SearchIndex, asked: Asked) -> Results:
    """The answer, with understood words as filters in `asked.chosen` already, and the rest looked for.

    Where the words together leave nothing, they only order: a sentence is no dead end. Then
    `understood` of the answer is empty.
    """
    reading = understand(asked.text, reviewed())
    query = Query(asked.area, asked.chosen, reading.rest, now_utc().astimezone(LONDON), reading.leaning)
    found = index.search(query)
    if found.total or found.total_without_text == 0:
        return found
    return index.search(replace(query, text="", leaning=f"{reading.leaning} {reading.rest}"))


def only_orders(asked: Asked, results: Results) -> bool:
    """Whether words were typed of which nothing was read as a filter, and that no service holds together."""
    return bool(typed_words(asked.text)) and not results.understood and not suggested(asked.text)


def suggested(text: str) -> Chosen:
    """The filters that typed words suggest."""
    return understand(text, reviewed()).chosen


def put_on(asked: Asked, was: str | None) -> Asked:
    """The search with what its words suggest, as far as something is left; what a person chose is kept.

    was: the words of the search that is being changed. The same words put nothing on again, as
      somebody may have taken it off; other words first take off what the old ones put on.
    """
    if was is not None and was == asked.text:
        return asked
    chosen = dict(asked.chosen)
    for facet, put in suggested(was or "").items():
        chosen[facet] = chosen.get(facet, frozenset()) - put
    asked = replace(asked, chosen={facet: held for facet, held in chosen.items() if held})
    new = suggested(asked.text)
    if not new:
        return asked
    with current_app.extensions["database"].reading() as session:
        _version, index = current_app.extensions["index"].get(session)
    for facet in (Facet.GROUP, Facet.KIND, Facet.FORM):
        if facet in new and facet not in asked.chosen:
            narrowed = replace(asked, chosen={**asked.chosen, facet: new[facet]})
            if search_as_understood(index, narrowed).total:
                asked = narrowed
    return asked


def read_as(asked: Asked, results: Results) -> ReadAs | None:
    """What the results page says of it; None when the words suggested nothing."""
    reading = understand(asked.text, reviewed())
    new = reading.chosen
    if not new:
        return None
    in_force: list[ChosenFilter] = []
    left_out: list[LeftOut] = []
    for each in FILTERS:
        for value, term in values(each.facet).items():
            if value not in new.get(each.facet, ()):
                continue
            label, held = _(term.label), asked.chosen.get(each.facet, frozenset())
            if value in held:
                in_force.append(ChosenFilter(label, asked.without(each.facet, value).url()))
            else:
                wider = {**asked.chosen, each.facet: held | {value}}
                is_found = bool(held) or bool(results.counts.get(each.facet, {}).get(value, 0))
                url = replace(asked.only(None), chosen=wider).url() if is_found else ""
                left_out.append(LeftOut(label, url))
    set_aside = tuple(word for word in typed_words(reading.rest) if word not in results.understood)
    return ReadAs(asked.text, tuple(in_force), tuple(left_out), set_aside)
