"""What can be seen of a telephone number or a website by its form: it cannot be right, or should be looked at."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from urllib.parse import urlsplit

import phonenumbers
from phonenumbers import PhoneNumberType, number_type
from rapidfuzz.distance import OSA

from directory.reference.telephones import is_for_drama, is_number


class Fault(StrEnum):
    """What is to be looked at. The order is that in which a report names them: what misleads most comes first."""

    NOT_A_NUMBER = "not a number"
    FOR_EXAMPLES = "kept for examples"
    ABROAD = "not of the United Kingdom"
    PREMIUM = "premium rate"
    SHARED_COST = "costs more than a usual call"
    PERSONAL = "personal or pager number"
    OF_TWO_ORGANISATIONS = "given by two organisations"
    NOT_A_WEBSITE = "not a website"
    LOOKS_ALIKE = "looks like another host"
    NOT_ENCRYPTED = "http only"


@dataclass(frozen=True, slots=True)
class Held:
    """One number or website of a listing. kind: 'telephone', 'text' or 'website'."""

    service_id: int
    service: str
    organisation: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Found:
    """What is to be looked at. other: what it looks like, or who else gives it; '' where it stands by itself."""

    held: Held
    fault: Fault
    other: str = ""


_TYPES = {
    PhoneNumberType.PREMIUM_RATE: Fault.PREMIUM,
    PhoneNumberType.PERSONAL_NUMBER: Fault.PERSONAL,
    PhoneNumberType.PAGER: Fault.PERSONAL,
}
UNITED_KINGDOM = 44
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
# Marks that are read for one another in an address.
_READ_ALIKE = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("i", "l"), ("5", "s"), ("-", ""))
_NAME_LENGTH_MIN = 8
"""Shorter names differ by one letter without meaning to look alike."""


def check_routes(everything: Iterable[Held]) -> tuple[Found, ...]:
    """Everything that is to be looked at, by listing."""
    held = tuple(everything)
    numbers = [one for one in held if one.kind in {"telephone", "text"}]
    sites = [one for one in held if one.kind == "website"]
    found = [
        *(Found(one, fault) for one in numbers if (fault := number_fault(one.value)) is not None),
        *_shared(numbers),
        *(Found(one, fault) for one in sites for fault in website_faults(one.value)),
        *_alike(sites),
    ]
    order = {fault: place for place, fault in enumerate(Fault)}
    return tuple(sorted(found, key=lambda one: (one.held.service_id, order[one.fault], one.held.value)))


def number_fault(text: str) -> Fault | None:
    """What is to be looked at in one number; None for one that can be rung at the usual price."""
    if is_for_drama(text):
        return Fault.FOR_EXAMPLES
    if not is_number(text):
        return Fault.NOT_A_NUMBER
    digits = re.sub(r"\D", "", text)
    if len(digits) <= 6:
        return None  # 999, 116 123: short numbers have no type.
    number = phonenumbers.parse(text, "GB")
    if number.country_code != UNITED_KINGDOM:
        return Fault.ABROAD
    fault = _TYPES.get(number_type(number))
    # The library counts 084 and 087 with 09, which cost ten times as much.
    is_dearest = str(number.national_number).startswith("9")
    return Fault.SHARED_COST if fault is Fault.PREMIUM and not is_dearest else fault


def is_abroad(text: str) -> bool:
    """Whether a number is of another country: nobody here may know what it costs to ring."""
    return number_fault(text) is Fault.ABROAD


def is_dearest(text: str) -> bool:
    """Whether a number begins with 09, which costs whoever rings several pounds a minute."""
    return number_fault(text) is Fault.PREMIUM


def website_faults(text: str) -> tuple[Fault, ...]:
    """What is to be looked at in one address."""
    host = host_of(text)
    if not host or "@" in urlsplit(text).netloc or _is_bare_address(host):
        return (Fault.NOT_A_WEBSITE,)
    faults = []
    if not host.isascii() or "xn--" in host:
        faults.append(Fault.LOOKS_ALIKE)
    elif not _HOST.fullmatch(host):
        return (Fault.NOT_A_WEBSITE,)
    if urlsplit(text).scheme == "http":
        faults.append(Fault.NOT_ENCRYPTED)
    return tuple(faults)


def host_of(text: str) -> str:
    """The host of a web address, without www; '' where it is none."""
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return host if parts.scheme in {"http", "https"} and "." in host else ""


def _is_bare_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _shared(numbers: Iterable[Held]) -> Iterable[Found]:
    """One number that two organisations give: one of them may have got it wrong."""
    by_number: dict[str, list[Held]] = {}
    for one in numbers:
        by_number.setdefault(re.sub(r"\D", "", one.value), []).append(one)
    for digits, those in by_number.items():
        names = sorted({one.organisation for one in those})
        # Everybody may name 999 or a national line of four or six figures.
        if len(names) > 1 and len(digits) > 6:
            for one in those:
                yield Found(
                    one,
                    Fault.OF_TWO_ORGANISATIONS,
                    "; ".join(name for name in names if name != one.organisation),
                )


def _alike(sites: Iterable[Held]) -> Iterable[Found]:
    """Two hosts that are read for one another, of listings that may be anybody's."""
    by_host: dict[str, list[Held]] = {}
    for one in sites:
        if host := host_of(one.value):
            by_host.setdefault(host, []).append(one)
    for first, second in combinations(sorted(by_host), 2):
        if _reads_alike(first, second):
            for host, other in ((first, second), (second, first)):
                for one in by_host[host]:
                    yield Found(one, Fault.LOOKS_ALIKE, other)


def _reads_alike(first: str, second: str) -> bool:
    if abs(len(first) - len(second)) > 2:
        return False
    if _skeleton(first) == _skeleton(second):
        return True
    names = first.partition(".")[0], second.partition(".")[0]
    return (
        min(map(len, names)) >= _NAME_LENGTH_MIN
        and first.partition(".")[2] == second.partition(".")[2]
        and OSA.distance(*names) == 1
    )


def _skeleton(host: str) -> str:
    for written, read in _READ_ALIKE:
        host = host.replace(written, read)
    return host
