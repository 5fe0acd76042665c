"""Words to avoid are found, names and quotations are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.reference.wording import check_wording


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("Support after CSA", "child sexual abuse"),
        ("the perpetrator", "the person who has sexually abused the child"),
        ("Abusers were named", "the person who has sexually abused the child"),
        ("sex offenders", "the person who has sexually abused the child"),
        ("young offenders", "child who has displayed harmful sexual behaviour"),
        ("juvenile offender", "child who has displayed harmful sexual behaviour"),
        ("peer-on-peer abuse", "harmful sexual behaviour"),
        ("peer-perpetrated abuse", "harmful sexual behaviour"),
        ("after a disclosure", "tell, telling"),
        ("when a child discloses", "tell, telling"),
        ("the allegation", "what was told, report"),
        ("children with disabilities", "disabled children, disabled people"),
        ("your mum and dad", "parents"),
        ("the non-offending parent", "parent"),
        ("historic abuse", "non-recent"),
        ("historical child sexual abuse", "non-recent"),
        ("no further action", "no further police action at this time"),
        ("child pornography", "child sexual abuse images"),
        ("help for young people", "child; for 18 to 25, young adult"),
        ("minors", "child"),
        ("a victim of abuse", "victim/survivor"),
        ("victims", "victim/survivor"),
        ("ethnic minorities", "minority ethnic"),
    ],
)
def test_a_word_to_avoid_comes_with_the_word_to_use(text: str, use: str) -> None:
    findings = check_wording(text)
    assert [finding.use for finding in findings] == [use]
    assert use in findings[0].message
    assert text[findings[0].start : findings[0].end] == findings[0].found


@pytest.mark.parametrize(
    "text",
    [
        "victims/survivors of child sexual abuse",
        "victims and survivors",
        "victim/survivor",
        "victims of crime",
        "victims, witnesses and families",
        "the CSA Centre’s guide",
        "Child Sex Offender Disclosure Scheme",
        "Disclosure and Barring Service",
        "Victim Support, Victims First and the Victim and Witness Hub",
        "SAFE! Support for Young People",
        "Young People’s Circles",
        "They write “support for young people after a disclosure”.",
        "children with a learning disability",
        "historic counties",
        "a minor change",
        "A child who has displayed harmful sexual behaviour",
        "non-recent abuse",
        "",
    ],
)
def test_names_quotations_and_good_words_are_left_alone(text: str) -> None:
    assert check_wording(text) == ()


def test_several_words_are_told_in_the_order_in_which_they_stand() -> None:
    found = [finding.found for finding in check_wording("A victim made a disclosure about the abuser.")]
    assert found == ["victim", "disclosure", "abuser"]


@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    for finding in check_wording(text):
        assert text[finding.start : finding.end] == finding.found
