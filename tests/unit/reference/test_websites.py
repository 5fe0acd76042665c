"""Web addresses that are what they look like."""

from __future__ import annotations

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
