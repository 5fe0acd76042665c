"""Which other host the map page may ask for pictures: only the one that the operator named."""

from __future__ import annotations

import pytest

from directory.maps.tiles import tiles_credit, tiles_host


def test_without_tiles_no_other_host_is_named() -> None:
    assert tiles_host("") == ""
    assert tiles_credit("") == ""


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://tiles.example.org/{z}/{x}/{y}.png", "https://tiles.example.org"),
        ("https://tiles.example.org:8443/{z}/{x}/{y}.png?key=a", "https://tiles.example.org:8443"),
        ("https://{s}.tiles.example.org/{z}/{x}/{y}.png", "https://*.tiles.example.org"),
    ],
)
def test_the_host_is_read_from_the_address(url: str, host: str) -> None:
    assert tiles_host(url) == host


@pytest.mark.parametrize(
    "url",
    [
        "http://tiles.example.org/{z}/{x}/{y}.png",
        "https://*/{z}/{x}/{y}.png",
        "https:///{z}/{x}/{y}.png",
        "https://a;script-src *//{z}/{x}/{y}.png",
        "https://a b/{z}/{x}/{y}.png",
        "https://somebody@tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org:x/{z}/{x}/{y}.png",
        "//tiles.example.org/{z}/{x}/{y}.png",
    ],
)
def test_an_address_that_could_widen_the_policy_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="no host"):
        tiles_host(url)


def test_openstreetmap_is_credited_as_it_asks() -> None:
    assert tiles_credit("https://tile.openstreetmap.org/{z}/{x}/{y}.png") == "© OpenStreetMap contributors"
    assert tiles_credit("https://{s}.tiles.example.org/{z}/{x}/{y}.png") == "tiles.example.org"
