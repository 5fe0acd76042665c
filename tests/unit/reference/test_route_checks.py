"""What the form of a number or an address gives away, and what it must not be blamed for."""

from __future__ import annotations

import pytest

from directory.reference.route_checks import (
    Fault,
    Held,
    check_routes,
    is_abroad,
    is_dearest,
    number_fault,
    website_faults,
)


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("0808 801 0331", None),
        ("01733 747474", None),
        ("116 123", None),
        ("999", None),
        ("85258", None),
        ("07911 123456", None),
        ("01632 960001", Fault.FOR_EXAMPLES),
        ("0909 879 1234", Fault.PREMIUM),
        ("0871 234 5678", Fault.SHARED_COST),
        ("0345 464 7000", None),
        ("0845 464 7000", Fault.SHARED_COST),
        ("070 1234 5678", Fault.PERSONAL),
        ("0808 801", Fault.NOT_A_NUMBER),
        ("+1 212 555 0100", Fault.ABROAD),
        ("ask inside", Fault.NOT_A_NUMBER),
        ("", Fault.NOT_A_NUMBER),
    ],
)
def test_each_number_is_told_by_its_form(number: str, fault: Fault | None) -> None:
    assert number_fault(number) is fault


@pytest.mark.parametrize(
    ("address", "faults"),
    [
        ("https://www.example.org/about", ()),
        ("http://www.example.org", (Fault.NOT_ENCRYPTED,)),
        ("https://localhost", (Fault.NOT_A_WEBSITE,)),
        ("https://192.0.2.7/", (Fault.NOT_A_WEBSITE,)),
        ("https://user@example.org", (Fault.NOT_A_WEBSITE,)),
        ("https://exa mple.org", (Fault.NOT_A_WEBSITE,)),
        ("https://[::1", (Fault.NOT_A_WEBSITE,)),
        ("javascript:alert(1)", (Fault.NOT_A_WEBSITE,)),
        ("ftp://example.org", (Fault.NOT_A_WEBSITE,)),
        ("https://ex\u0430mple.org", (Fault.LOOKS_ALIKE,)),
        ("https://xn--exmple-cua.org", (Fault.LOOKS_ALIKE,)),
    ],
)
def test_each_address_is_told_by_its_form(address: str, faults: tuple[Fault, ...]) -> None:
    assert website_faults(address) == faults


def held(number: int, organisation: str, kind: str, value: str) -> Held:
    return Held(number, f"Example Service {number}", organisation, kind, value)


def test_one_number_of_two_organisations_is_told_at_both_and_of_one_organisation_at_none() -> None:
    found = check_routes(
        [
            held(1, "A", "telephone", "01733 747474"),
            held(2, "B", "telephone", "(01733) 747 474"),
            held(3, "A", "telephone", "01733 747475"),
            held(4, "A", "telephone", "01733 747475"),
            held(5, "C", "telephone", "116 123"),
            held(6, "D", "telephone", "116 123"),
        ]
    )
    assert [(one.held.service_id, one.fault, one.other) for one in found] == [
        (1, Fault.OF_TWO_ORGANISATIONS, "B"),
        (2, Fault.OF_TWO_ORGANISATIONS, "A"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("https://supportline.org.uk", "https://supportllne.org.uk", True),
        ("https://supportline.org.uk", "https://support-line.org.uk", True),
        ("https://supportline.org.uk", "https://supportlines.org.uk", True),
        ("https://modern.org", "https://modem.org", True),
        ("https://supportline.org.uk", "https://www.supportline.org.uk/about", False),
        ("https://east.org.uk", "https://eastx.org.uk", False),
        ("https://supportline.org.uk", "https://supportline.org", False),
        ("https://example.org", "https://another.org", False),
    ],
)
def test_hosts_that_are_read_for_one_another_are_told(first: str, second: str, alike: bool) -> None:
    found = check_routes([held(1, "A", "website", first), held(2, "B", "website", second)])
    assert [one.fault for one in found] == ([Fault.LOOKS_ALIKE] * 2 if alike else [])


@pytest.mark.parametrize(
    "number", ["116 123", "111", "999", "0800 1111", "85258", "01534 123456", "0845 123 4567"]
)
def test_numbers_of_here_are_neither_abroad_nor_the_dearest(number: str) -> None:
    assert not is_abroad(number) and not is_dearest(number)


def test_numbers_of_elsewhere_and_those_that_cost_most_are_known() -> None:
    assert is_abroad("+33 1 42 68 53 00") and is_dearest("0901 123 4567")
