"""The sentences of a register: one for each rule, none of which says 'none' where it is not known."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask_babel import Babel

from directory.matrix.areas import AreaKind, MatrixArea
from directory.matrix.findings import IN_BOTH_LISTS, Finding, Firmness, GapRule, Limits, Told
from directory.matrix.types import Mode, Test
from directory.reference.wording import check_wording
from directory.web.gap_words import firmness_words, mode_words, sentence, where_words

SURE = (
    GapRule.NONE, GapRule.NOT_FOR_RESIDENTS, GapRule.WAITING, GapRule.CHARGES, GapRule.ONLY_PART, GapRule.NOT_ADAPTED,
    GapRule.PROFESSIONAL_ONLY, GapRule.NO_EVENING_WEEKEND, GapRule.FUNDING_ENDS,
)  # fmt: skip


@pytest.fixture
def speaking() -> Flask:
    app = Flask("words")
    Babel(app)
    return app


def finding(rule: GapRule, *, is_gap: bool, **what: object) -> Finding:
    fields: dict[str, object] = {
        "rule": rule,
        "support_type": "G4.6",
        "mode": None,
        "is_gap": is_gap,
        "authorities": ("E06000031",),
        "services": (1, 2),
        "detail": "boys-men" if rule is GapRule.NOT_ADAPTED else "",
        "tests": (Test.NOT_CONFIRMED,),
        "not_told": (Told.WAITING, Told.REFERRAL),
        "ends_on": date(2027, 3, 31),
        "wait_weeks": 40,
    }
    return Finding(**fields | what)  # type: ignore[arg-type]  # a builder takes any field


def said(app: Flask, one: Finding) -> str:
    with app.test_request_context("/"):
        return sentence(one, Limits())


@pytest.mark.parametrize("rule", list(GapRule))
def test_every_rule_has_a_whole_sentence_in_words_we_use(speaking: Flask, rule: GapRule) -> None:
    lists = {True, False} if rule in IN_BOTH_LISTS else {rule in SURE}
    for is_gap in lists:
        for is_shut in (True, False):
            text = said(speaking, finding(rule, is_gap=is_gap, is_shut=is_shut))
            assert (text[0].isupper() or text[0].isdigit()) and text.endswith(".") and "%(" not in text
            assert check_wording(text) == ()


@pytest.mark.parametrize(
    "rule",
    [GapRule.CHARGES, GapRule.NOT_ADAPTED, GapRule.PROFESSIONAL_ONLY, GapRule.NO_EVENING_WEEKEND],
)
def test_what_was_only_read_is_told_so(speaking: Flask, rule: GapRule) -> None:
    assert "what we have read" in said(speaking, finding(rule, is_gap=False))
    assert "what we have read" not in said(speaking, finding(rule, is_gap=True))


def test_only_a_statement_is_ever_told_as_none(speaking: Flask) -> None:
    told = {rule: said(speaking, finding(rule, is_gap=False)) for rule in GapRule if rule not in SURE}
    assert [
        rule for rule, text in told.items() if "there is none" in text.lower() or "nobody gives" in text
    ] == []
    assert (
        said(speaking, finding(GapRule.NONE, is_gap=True))
        == "Somebody who knows has said that there is none."
    )


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (
            finding(GapRule.WAITING, is_gap=True),
            "The longest known wait is 40 weeks. Every known wait is longer than 18 weeks.",
        ),
        (finding(GapRule.NOT_ADAPTED, is_gap=True), "Every listed service leaves out boys and men."),
        (
            finding(GapRule.FUNDING_ENDS, is_gap=True),
            "The money of what makes it available ends on 31 March 2027 or soon after.",
        ),
        (
            finding(GapRule.NOT_TOLD, is_gap=False),
            "It is there. Not told: how long people wait; who can get in touch.",
        ),
        (
            finding(GapRule.NOT_CONFIRMED, is_gap=False, services=(1,)),
            "1 listed service could settle it with one call. To ask: not yet confirmed by the service; "
            "how long people wait; who can get in touch.",
        ),
    ],
)
def test_sentences_tell_what_is_known(speaking: Flask, one: Finding, words: str) -> None:
    assert said(speaking, one) == words


def test_how_where_and_how_firm(speaking: Flask) -> None:
    with speaking.test_request_context("/"):
        assert [mode_words(mode) for mode in (None, *Mode)] == [
            "In every way it can be given",
            "In person",
            "By phone or online",
        ]
        one = finding(GapRule.NONE, is_gap=True, firmness=Firmness.SAID, dates=("2026-05-01", "2026-11-01"))
        assert firmness_words(one) == "Said by somebody who knows (May 2026 to November 2026)"
        county = MatrixArea("E10", "County", AreaKind.CHILDRENS_SERVICES, ("E06000031", "E07000008"))
        assert where_words(one, county) == "in 1 of 2 authorities"
        city = MatrixArea("E06000031", "City", AreaKind.AUTHORITY, ("E06000031",))
        assert where_words(one, city) == ""
