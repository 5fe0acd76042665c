"""What is public and what is a commissioner's: the table holds every kind of fact."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from directory.config import Settings
from directory.security.who_sees import WHO_SEES, Fact, sees

COMMISSIONERS = {
    Fact.UPPER_BOUND_OF_NEED,
    Fact.EFFECTIVENESS,
    Fact.FUNDING_DATE,
    Fact.DISPUTE,
    Fact.WEIGHT,
    Fact.ASSESSOR,
    Fact.NOTE,
}


def seen(settings: Settings, fact: str, *, public: bool) -> bool:
    site = Flask("sees")
    site.config["SETTINGS"] = replace(settings, public=public)
    with site.app_context():
        return sees(fact)


def test_every_kind_of_fact_says_who_sees_it() -> None:
    assert set(WHO_SEES) == set(Fact)
    assert set(WHO_SEES.values()) == {"anyone", "commissioner"}
    assert {fact for fact, who in WHO_SEES.items() if who == "commissioner"} == COMMISSIONERS


@pytest.mark.parametrize("fact", list(Fact))
def test_a_public_site_shows_only_what_anyone_may_see(settings: Settings, fact: Fact) -> None:
    assert seen(settings, fact, public=True) == (fact not in COMMISSIONERS)
    assert seen(settings, fact, public=False)


def test_a_fact_that_is_not_listed_is_seen_by_nobody(settings: Settings) -> None:
    assert not seen(settings, "shoe-size", public=False)
    assert seen(settings, "state", public=True)
