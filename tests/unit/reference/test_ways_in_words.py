"""Numbers and websites are seen in the middle of a sentence; days, weeks and codes are none."""

from __future__ import annotations

import pytest

from directory.reference.ways_in_words import way_in, ways_in

SEEN = [
    ("Ring 01632 960001 before noon.", "a telephone number"),
    ("Ring (01632) 960-001.", "a telephone number"),
    ("Ring +44 1632 960001!", "a telephone number"),
    ("Text 07700900123", "a telephone number"),
    ("Samaritans, 116 123, answer.", "a telephone number"),
    ("Childline 0800 1111", "a telephone number"),
    ("See www.example.org", "a website"),
    ("See HTTPS://EXAMPLE.ORG/a", "a website"),
    ("See example.org.uk/help.", "a website"),
    ("Ring 0808/800/5000", "a telephone number"),
    ("Ring 0808,800,5000", "a telephone number"),
    ("Ring 0808_800_5000", "a telephone number"),
    ("Ring 08\u200b08 8\u200b00 50\u200b00", "a telephone number"),
    ("Open 24/7: 01632 960001", "a telephone number"),
    ("text HELP to 85258", "a telephone number"),
    ("Write to help@example.org.", "an e-mail address"),
    ("help (at) example (dot) org", "an e-mail address"),
    ("See example-site.xyz", "a website"),
    ("We are in 12 High Street, PE1 1QL.", "a postcode"),
    ("It cost £118,500 for 12,500 people.", ""),
    ("We began this.In May it grew.", ""),
    ("Open from 09:00-17:00, e.g. on Mondays.", ""),
    ("We run two evenings a week, since 3 November 2026.", ""),
    ("In 2024/25 120 people waited 26 weeks; 1,200 in all.", ""),
    ("It ran from 2024-11-03 to 2026-11-20.", ""),
    ("G4.7 is given by us. Co-production too.", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "found"), SEEN)
def test_a_way_to_reach_somebody_is_seen_in_a_sentence(text: str, found: str) -> None:
    assert way_in(text) == found


SAME = [
    ("Ring 01632 960001.", "ring +44 (0)1632/960-001"),
    ("See https://www.example.org/Help/.", "See example.org/Help"),
    ("Write to help@example.org", "HELP@EXAMPLE.ORG answers"),
    ("We are at PE1 1QL.", "pe11ql"),
]
OTHER = [
    ("Ring 01632 960001.", "Ring 01632 960002."),
    ("Ring 01632 960001.", "Ring 01632 960001, 01632 960002."),
    ("See https://www.example.org/Help/.", "See https://www.example.org/other"),
    ("See https://www.example.org", "See https://www.example.org.example.com"),
    ("See https://www.example.org", "See https://www.example.org@example.com"),
    ("Write to help@example.org", "Write to help@example.com"),
    ("Text HELP to 85258", "Text HELP to 85259"),
    ("We are at 12 High Street.", "We are at 14 High Street."),
    ("Ring zero one six three two", "Ring zero one six three three"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_way_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert ways_in(one) == ways_in(other) != frozenset()


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_way_is_another_one(one: str, other: str) -> None:
    assert not ways_in(other) <= ways_in(one)


@pytest.mark.parametrize(
    "text", ["Closed until 4 January 2027.", "Open Mon-Fri 09:00-17:00.", "£12,000 a year", "Aged 5 to 11."]
)
def test_days_hours_and_amounts_lead_nowhere(text: str) -> None:
    assert ways_in(text) == frozenset()
