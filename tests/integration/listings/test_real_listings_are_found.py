"""Over the real listings: what people type finds what is there, and nobody is offered what would hurt them."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.actions.geo_places import GeoPlaces
from directory.actions.import_listings import import_listings
from directory.config import ROOT
from directory.geo.types import SearchArea
from directory.queries.index import index_listings
from directory.search.index import COUNTED_UP_TO, SearchIndex
from directory.search.sections import SECTIONS
from directory.search.synonyms import synonyms
from directory.search.types import Facet, Query
from tests.builders import make_database

COUNTED = SECTIONS[: COUNTED_UP_TO + 1]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    """The listings as they ship."""
    folder: Path = tmp_path_factory.mktemp("words")
    database = make_database(f"sqlite:///{folder}/directory.sqlite")
    with database.transaction() as session:
        import_listings(session, ROOT / "data" / "services.csv", GeoPlaces(ROOT / "instance" / "postcodes"))
    with database.reading() as session:
        listings = index_listings(session)
    database.dispose()
    return SearchIndex.build(listings, synonyms=synonyms())


def found(index: SearchIndex, typed: str) -> set[int]:
    """The services that count, without a place."""
    hits = index.search(Query(text=typed)).hits
    return {hit.listing_id for section in COUNTED for hit in hits[section]}


# A typed word, and the organisation of one listing that must be among those it finds.
FINDS = [
    ("deaf", "SignHealth"),
    ("bsl", "SignHealth"),
    ("sign language", "NSPCC"),
    ("men", "Mankind UK"),
    ("male", "Mankind UK"),
    ("boy", "Mankind UK"),
    ("woman", "Muslim Women’s Network UK"),
    ("gay", "Galop"),
    ("LGBTQ+", "Galop"),
    ("trans", "Galop"),
    ("black", "Halo Project"),
    ("asian", "Southall Black Sisters"),
    ("muslim", "Muslim Women’s Network UK"),
    ("jewish", "Jewish Women’s Aid"),
    ("priest", "Safe Spaces"),
    ("autism", "Respond"),
    ("incest", "Axis Counselling"),
    ("groomed", "Safe and Sound"),
    ("child porn", "The Lucy Faithfull Foundation"),
    ("husband arrested", "The Lucy Faithfull Foundation"),
    ("wife", "ACTS FAST"),
    ("paedophile", "The Lucy Faithfull Foundation"),
    ("jail", "Children Heard and Seen"),
    ("emdr", "Respond"),
    ("mum", "ACTS FAST"),
    ("grandparent", "ACTS FAST"),
    ("stepdad", "ACTS FAST"),
    ("trial", "Survivors’ Network"),
    ("welsh", "Live Fear Free"),
]


@pytest.mark.parametrize(("typed", "organisation"), FINDS)
def test_a_word_that_people_type_finds_the_listing_it_should(
    typed: str, organisation: str, index: SearchIndex
) -> None:
    names = {
        f"{index.listing(each).organisation} | {index.listing(each).name}" for each in found(index, typed)
    }
    assert any(organisation in name for name in names), sorted(names)[:10]


@pytest.mark.parametrize(("typed", "meanings"), synonyms().items())
def test_every_meaning_of_every_synonym_is_held_by_some_listing(
    typed: str, meanings: tuple[str, ...], index: SearchIndex
) -> None:
    assert set(meanings) <= set(index.search(Query(text=typed)).understood[typed])


# Words of three to five letters that begin longer ones, and the longer word they must not stand for.
@pytest.mark.parametrize(
    ("typed", "longer"), [("man", "manchester"), ("men", "mental"), ("trans", "transition")]
)
def test_a_short_word_is_not_taken_for_a_longer_one(typed: str, longer: str, index: SearchIndex) -> None:
    understood = index.search(Query(text=typed)).understood[typed]
    assert understood and longer not in understood


def test_a_word_for_people_who_abuse_finds_support_for_them_and_their_families_alone(
    index: SearchIndex,
) -> None:
    groups = [index.listing(each).facets[Facet.GROUP] for each in found(index, "paedophile")]
    assert groups and all(held & {"at-risk", "families"} for held in groups)


@pytest.mark.parametrize("group", ["children", "parents", "adult-survivors"])
def test_nobody_who_was_harmed_is_offered_a_service_for_those_who_harm(
    group: str, index: SearchIndex
) -> None:
    hits = index.search(Query(chosen={Facet.GROUP: frozenset({group})})).hits
    offered = [index.listing(hit.listing_id) for section in COUNTED for hit in hits[section]]
    assert len(offered) > 50
    wrong = [
        each.name
        for each in offered
        if each.facets[Facet.GROUP] and each.facets[Facet.GROUP] <= {"at-risk", "families"}
    ]
    assert wrong == []


def test_new_pathways_takes_everybody_from_cardiff_and_some_people_from_its_neighbours(
    index: SearchIndex,
) -> None:
    (number,) = {
        each
        for each in found(index, "new pathways mid wales")
        if "New Pathways" in index.listing(each).organisation
    }
    said = {
        code: {
            hit.accepts
            for hits in index.search(Query(SearchArea(None, (code,)))).hits.values()
            for hit in hits
            if hit.listing_id == number
        }
        for code in ("W06000015", "W06000009", "E06000031")
    }
    assert said == {"W06000015": {"yes"}, "W06000009": {"part"}, "E06000031": set()}


def test_support_that_charges_or_needs_a_professional_stands_last_among_equals(index: SearchIndex) -> None:
    hits = index.search(Query(chosen={Facet.GROUP: frozenset({"parents"})})).hits
    for section in COUNTED:
        ranks = [(hit.fit.value == "not-told", index.listing(hit.listing_id).rank) for hit in hits[section]]
        assert ranks == sorted(ranks)
