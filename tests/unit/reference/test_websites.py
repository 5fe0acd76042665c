"""Web addresses that are what they look like."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from directory.reference.websites import foreign_letters, host_of, is_public_host


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.Example.org/a", "www.example.org"),
        ("https://xn--80akjoef.org", "хащкду.org"),
        ("https://exa mple", "exa mple"),
        ("nonsense", ""),
        ("https://[::1", ""),
    ],
)
def test_the_host_of_an_address(url: str, host: str) -> None:
    found = host_of(url)
    assert found == host or (host.startswith("х") and not found.startswith("xn--"))


@pytest.mark.parametrize(
    ("host", "letters"),
    [
        ("example.org", ""),
        ("cymorthtŷ.cymru", ""),
        ("exаmple.org", "а"),
        ("ехample.org", "ех"),
        ("οne.org", "ο"),
    ],
)  # fmt: skip
def test_letters_of_another_alphabet_are_found(host: str, letters: str) -> None:
    assert foreign_letters(host) == letters


@pytest.mark.parametrize("host", ["localhost", "printer.local", "10.0.0.1", "::1", "", "example"])
def test_a_machine_of_ones_own_is_no_public_host(host: str) -> None:
    assert not is_public_host(host)
    assert is_public_host("example.org")


@pytest.mark.parametrize(
    "host",
    "example.uk example.co.uk example.org.uk example.gov.uk example.nhs.uk example.police.uk example.leeds.sch.uk "
    "www.nhs.uk nhs.uk www.gov.uk example.wales example.cymru ŵy.cymru example.london example.org example.charity "
    "example.support sites.google.com example.github.io xn--80akjoef.org".split(),
)
def test_names_under_an_ending_that_exists_are_public(host: str) -> None:
    assert is_public_host(host)


@pytest.mark.parametrize("host", ["nonsense.notatld", "co.uk", "org.uk", "uk", "example.exampel", "10.0.0.1"])
def test_a_name_under_no_ending_is_no_website(host: str) -> None:
    assert not is_public_host(host)


def test_every_website_that_ships_is_one() -> None:
    table = Path(__file__).parents[3] / "data" / "services.csv"
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in ("url", "organisation_url"):
                assert not row[name] or is_public_host(host_of(row[name])), row[name]
