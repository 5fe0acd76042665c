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
    ("Ring oh one six three two, nine six zero, double oh one", "a telephone number"),
    ("Ring oh eight hundred, double one, double one.", "a telephone number"),
    ("Call 111.", "a telephone number"),
    ("Dial one oh one", "a telephone number"),
    ("See our page on Facebook: ExampleCharity", "a page on a social network"),
    ("We are on Instagram as examplecharity", "a page on a social network"),
    ("Come to 12 Hill Rd", "a street with its number"),
    ("Ring us on 1234.", "a telephone number"),
    ("In 2024 the line moved: call 101.", "a telephone number"),
    ("They confirmed by phone in March 2026", ""),
    ("The text line closed in 2025", ""),
    ("Calls are free. 2024 figures", ""),
    ("By telephone and text; a 2021 article says so.", ""),
    ("In an emergency call 999.", ""),
    ("We see 12 sessions with Dr Smith; 3 groups in all.", ""),
    ("Abuse on Facebook and Instagram.", ""),
    ("Call back within 24 hours; 101 people rang.", ""),
    ("In 2024 Park Road School had 3 groups in a way.", ""),
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
    ("text", "found"),
    [
        ("ring double oh one six three two", "number 001632"),
        ("zero sixteen thirty-two nine six zero", "number 01632960"),
        ("oh eight hundred one one one one", "number 08001111"),
        ("treble nine", "number 999"),
        ("12 Hill Rd", "street 12 hill rd"),
        ("12a hill road", "street 12a hill road"),
        ("at 7 St Mary's Cl", "street 7 st mary's cl"),
        ("our page on Facebook: ExampleCharity", "handle examplecharity"),
        ("call 111", "number 111"),
        ("ring us on 1234", "number 1234"),
        ("In an emergency call 999", "number 999"),
        ("999", "number 999"),
        # A number of a place may begin like a year, and so may one that is spelled out.
        ("2034 5678", "number 20345678"),
        ("2024, 85258", "number 202485258"),
        ("WhatsApp: example", "handle example"),
    ],
)
def test_what_is_spelled_out_cut_short_or_on_a_social_network_is_seen(text: str, found: str) -> None:
    assert found in ways_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Twelve to twenty-five year olds, one to one.", "Dr Smith sees 12 people a week.",
        "We are on Facebook.", "Help with abuse on Instagram and Facebook.", "Call back within 24 hours.",
        "In a way, 20 of us are drivers; St Mary has 3.", "We see 1,010 people, £999.99 each.",
        "In 2023, 378 people were waiting.", "In 2025 one of its groups closed.", "Two thirds in 2024, two in 2025.",
        "By telephone, e-mail or WhatsApp: see its own site.", "1 of 3, 2021.",
    ],
)  # fmt: skip
def test_words_of_every_day_lead_nowhere(text: str) -> None:
    assert ways_in(text) == frozenset()


@pytest.mark.parametrize(
    "text", ["Closed until 4 January 2027.", "Open Mon-Fri 09:00-17:00.", "£12,000 a year", "Aged 5 to 11."]
)
def test_days_hours_and_amounts_lead_nowhere(text: str) -> None:
    assert ways_in(text) == frozenset()
