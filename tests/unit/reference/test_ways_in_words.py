"""Numbers and websites are seen in the middle of a sentence; days, weeks and codes are none."""

from __future__ import annotations

import pytest

from directory.reference.ways_in_words import way_in

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
    ("We run two evenings a week, since 3 November 2026.", ""),
    ("In 2024/25 120 people waited 26 weeks; 1,200 in all.", ""),
    ("It ran from 2024-11-03 to 2026-11-20.", ""),
    ("G4.7 is given by us. Co-production too.", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "found"), SEEN)
def test_a_way_to_reach_somebody_is_seen_in_a_sentence(text: str, found: str) -> None:
    assert way_in(text) == found
