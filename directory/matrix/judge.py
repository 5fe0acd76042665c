"""One service held against half a cell: does it count, how far, and which tests does it fail.

A service counts for a cell when it offers the support type (for certain or possibly),
takes people who live in the authority (all or some), gives it in that mode (or its
source does not say), and has not closed for good. It makes the cell *available* when
it passes every test, and *partly available* when it fails any.
"""

from __future__ import annotations

from directory.matrix.types import Judged, Level, MatrixService, Mode, Rules, Test


def judge(
    service: MatrixService, support_type: str, authority: str, nation: str, mode: Mode, rules: Rules
) -> Judged | None:
    """The judgement; None where the service does not count for this half of this cell.

    authority: LAD code; nation: 'E92000001' or 'W92000004', the one the authority is in.
    """
    is_certain = service.types.get(support_type)
    if is_certain is None:
        return None
    accepts = acceptance(service, authority, nation)
    gives = given(service, mode)
    if accepts is Level.NOTHING or gives is False:
        return None
    failed = [
        *([] if is_certain else [Test.SOURCE_UNCLEAR]),
        *([] if accepts is Level.AVAILABLE else [Test.SOME_RESIDENTS]),
        *([] if gives else [Test.MODE_NOT_KNOWN]),
        *service_tests(service, rules),
    ]
    return Judged(service, Level.PARTLY if failed else Level.AVAILABLE, tuple(failed))


def given(service: MatrixService, mode: Mode) -> bool | None:
    """Whether it gives its help in that way; None where its source does not say."""
    return service.in_person if mode is Mode.IN_PERSON else service.remote


def service_tests(service: MatrixService, rules: Rules) -> tuple[Test, ...]:
    """The tests a service fails wherever and for whatever it is asked; the same for all of its cells."""
    failed = []
    if service.free is None:
        failed.append(Test.COST_NOT_KNOWN)
    elif not service.free:
        failed.append(Test.CHARGES)
    if not service.is_active:
        failed.append(Test.CLOSED_FOR_NOW)
    if service.waiting_list == "closed":
        failed.append(Test.WAITING_LIST_CLOSED)
    if service.accepting is False:
        failed.append(Test.NOT_TAKING_PEOPLE)
    if service.confirmed_on is None:
        failed.append(Test.NOT_CONFIRMED)
    elif service.confirmed_on < rules.oldest_confirmation:
        failed.append(Test.CONFIRMED_LONG_AGO)
    return tuple(failed)


def acceptance(service: MatrixService, authority: str, nation: str) -> Level:
    """Whether it takes people who live there: all (AVAILABLE), some (PARTLY), or none of them (NOTHING).

    An authority that is covered wholly by either its own name or its nation's is covered wholly.
    """
    named = {authority, nation} & (service.authorities | service.nations)
    if not named:
        return Level.NOTHING
    return Level.PARTLY if named <= service.partly else Level.AVAILABLE
