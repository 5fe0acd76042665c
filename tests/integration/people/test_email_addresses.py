"""An address is stored in one form, and none that only looks like another."""

from __future__ import annotations

import pytest

from directory.actions.accounts.email_address import email_of, looks_personal
from directory.errors import RuleBroken


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Referrals@Example.ORG", "referrals@example.org"),
        ("  info@example.org ", "info@example.org"),
        ("info+listing@example.org", "info+listing@example.org"),
        ("info@ｅxample.org", "info@example.org"),
        ("info@Ŵales.example.org", "info@ŵales.example.org"),
        ("info@EXAMPLE.org", "info@example.org"),
    ],
)
def test_an_address_is_kept_in_one_form_and_in_lower_case(typed: str, stored: str) -> None:
    assert email_of("email", typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "info",
        "info@",
        "@example.org",
        "info@localhost",
        "in fo@example.org",
        "info@example.org\nBcc: all@example.org",
        "info@example.org\x00",
        "Manager <info@example.org>",
        '"in fo"@example.org',
        "info@[192.0.2.1]",
        "info@exаmple.org",  # noqa: RUF001  # a Cyrillic а, which is the test
        "info@еxаmрlе.org",  # noqa: RUF001  # five Cyrillic letters
        "info@аррӏе.com",  # noqa: RUF001  # all of the name Cyrillic
        "infо@example.org",  # noqa: RUF001  # a Cyrillic о before the @
        "info@εxample.org",  # noqa: RUF001  # a Greek ε
        "a@b@example.org",
        "x" * 250 + "@example.org",
        "info@example.org; other@example.org",
    ],
)
def test_what_is_no_address_or_looks_like_another_is_refused(typed: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        email_of("email", typed)
    assert refused.value.field == "email"
    assert len(refused.value.message) > 20


@pytest.mark.parametrize(
    ("email", "is_personal"),
    [
        ("info@example.org", False),
        ("referrals@example.org", False),
        ("isva.team@example.org", False),
        ("north-referrals@example.org", False),
        ("anna.example@example.org", True),
        ("aexample@example.org", True),
    ],
)
def test_an_address_of_one_person_is_told_from_that_of_a_post(email: str, is_personal: bool) -> None:
    assert looks_personal(email) is is_personal
