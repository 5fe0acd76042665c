"""The rules of the register, held against half a cell of one authority.

Each half that applies and is not *available* gives one finding or more; one that is may still
give some, as when people wait too long. A gap rests on somebody who has said so, or on what every
service that counts has lately confirmed, or dated. Where any of it is not known, or was only read
and never confirmed, it is something to find out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from directory.matrix import told
from directory.matrix.cells import LISTINGS, CellType, HalfCell
from directory.matrix.findings import FIRMNESSES, Finding, Firmness, GapRule, Limits, Told
from directory.matrix.told import Answer
from directory.matrix.types import Level, MatrixService, Mode, Rules, State, Test

SAID_COUNTS_DAYS = 365
"""For so long what somebody who knows has said is as firm as it gets."""
_EXISTS = frozenset({State.AVAILABLE, State.PARTLY})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a half cell does not hold, and the rules need.

    for_others: services near that offer the type in person and take only people from elsewhere.
    funding: service → the day on which its money ends, as a commissioner has told.
    """

    authority: str
    rules: Rules
    limits: Limits
    for_others: tuple[MatrixService, ...] = ()
    funding: Mapping[int, date] = field(default_factory=dict)


def half_findings(half: HalfCell, cell: CellType, around: Surroundings) -> tuple[Finding, ...]:
    """Every finding of half a cell, in the order of GapRule; none for a half that does not apply."""
    if not half.applies:
        return ()
    found = [*_of_state(half, cell, around)]
    if half.services and LISTINGS in cell.filled_by and half.state is not State.NOT_AVAILABLE:
        found += _of_services(half, cell, around)
    return tuple(_with_questions(found, half, cell, around))


def _of_state(half: HalfCell, cell: CellType, around: Surroundings) -> Iterable[Finding]:
    """What follows from the state itself."""
    make = _maker(half, around)
    if half.is_disputed:
        yield make(GapRule.THEY_DIFFER, services=_certain(half))
    if half.state is State.NOT_AVAILABLE:
        yield make(GapRule.NONE, is_gap=True, firmness=_said_firmness(half, around))
    elif half.state is State.NOT_KNOWN:
        if half.holding is None and not half.services and _only_for_others(half, cell, around):
            yield _not_for_residents(make, around)
        else:
            yield make(GapRule.NOT_KNOWN, services=[one.service for one in half.services])
    elif half.state is State.PARTLY and half.holding is not None:
        if half.holding.exists is State.PARTLY:
            yield make(GapRule.ONLY_PART, is_gap=True, firmness=_said_firmness(half, around))
        elif half.holding.exists is State.AVAILABLE and not (half.services and LISTINGS in cell.filled_by):
            yield make(GapRule.NOT_LISTED)


def _only_for_others(half: HalfCell, cell: CellType, around: Surroundings) -> bool:
    return bool(
        half.mode is Mode.IN_PERSON
        and around.for_others
        and around.limits.is_for(GapRule.NOT_FOR_RESIDENTS, cell.code)
    )


def _not_for_residents(make: Callable[..., Finding], around: Surroundings) -> Finding:
    return _listed(make, GapRule.NOT_FOR_RESIDENTS, around.for_others, around)


def _listed(
    make: Callable[..., Finding],
    rule: GapRule,
    services: Sequence[MatrixService],
    around: Surroundings,
    *,
    is_sure: bool = True,
    detail: str = "",
) -> Finding:
    """A gap where every service has lately confirmed its listing; what was only read has to be asked."""
    is_gap = is_sure and _listed_firmness(services, around.rules) is Firmness.CONFIRMED
    firmness = Firmness.CONFIRMED if is_gap else Firmness.OPEN
    return make(rule, is_gap=is_gap, services=services, firmness=firmness, detail=detail)


def _of_services(half: HalfCell, cell: CellType, around: Surroundings) -> Iterable[Finding]:
    """What follows from what is known of every service that counts."""
    make, limits = _maker(half, around), around.limits
    services = [one.service for one in half.services]
    is_sure = bool(_certain(half))
    if half.state is not State.AVAILABLE:
        if all(told.is_shut(one) for one in services):
            yield _shut(make, services, around, is_sure=is_sure)
        elif all(one.free is False for one in services if not told.is_shut(one)):
            yield _listed(make, GapRule.CHARGES, services, around, is_sure=is_sure)
    # What the partnership gives beside the listings is not known in such detail, nor is what may be something else.
    if _is_said_to_exist(half) or not is_sure:
        return
    answers = _answers(services, around)
    if told.all_bad(answers[Told.WAITING]) and not all(told.is_shut(one) for one in services):
        yield _long_wait(make, services, around)
    for code in told.left_out(services, cell.group):
        yield _listed(make, GapRule.NOT_ADAPTED, services, around, detail=code)
    for rule, fact in ((GapRule.PROFESSIONAL_ONLY, Told.REFERRAL), (GapRule.NO_EVENING_WEEKEND, Told.HOURS)):
        if told.all_bad(answers[fact]) and limits.is_for(rule, cell.code):
            yield _listed(make, rule, services, around)
    yield from _funding(make, half, around)


def _shut(
    make: Callable[..., Finding], services: Sequence[MatrixService], around: Surroundings, *, is_sure: bool
) -> Finding:
    """Nobody new is taken."""
    return _waiting(make, services, around, is_sure=is_sure, is_shut=True)


def _long_wait(
    make: Callable[..., Finding], services: Sequence[MatrixService], around: Surroundings
) -> Finding:
    """Every known wait is too long, where anybody new is taken."""
    longest = max(one.waiting_weeks or 0 for one in services if not told.is_shut(one))
    return _waiting(make, services, around, is_sure=True, wait_weeks=longest)


def _waiting(
    make: Callable[..., Finding],
    services: Sequence[MatrixService],
    around: Surroundings,
    *,
    is_sure: bool,
    **more: object,
) -> Finding:
    """A gap where each service has lately confirmed its listing, or dates what it says and that is not too old."""
    is_gap = is_sure and all(told.is_lately_told(one, around.rules, around.limits) for one in services)
    return make(
        GapRule.WAITING,
        is_gap=is_gap,
        services=services,
        firmness=_listed_firmness(services, around.rules) if is_gap else Firmness.OPEN,
        dates=_dates(one.waiting_as_at for one in services),
        **more,
    )


def _funding(make: Callable[..., Finding], half: HalfCell, around: Surroundings) -> Iterable[Finding]:
    """Money ends soon, and without those services the half would fall. One that was to have ended has to be asked."""
    until = told.months_away(around.rules.today, around.limits.funding_months)
    ends = {
        one.service.id: around.funding[one.service.id]
        for one in half.services
        if one.service.id in around.funding and around.funding[one.service.id] <= until
    }
    staying = max((one.level for one in half.services if one.service.id not in ends), default=Level.NOTHING)
    if not ends or staying >= half.services[0].level:
        return
    is_gap = all(day >= around.rules.today for day in ends.values())
    yield make(
        GapRule.FUNDING_ENDS,
        is_gap=is_gap,
        services=[one.service for one in half.services if one.service.id in ends],
        firmness=Firmness.SAID if is_gap else Firmness.OPEN,
        ends_on=min(ends.values()),
        dates=_dates(day.isoformat() for day in ends.values()),
    )


def _with_questions(
    found: list[Finding], half: HalfCell, cell: CellType, around: Surroundings
) -> Iterable[Finding]:
    """The findings, and what the services that count have to be asked: in one line where one call can ask all."""
    yield from found
    if not half.services or LISTINGS not in cell.filled_by or half.state is State.NOT_AVAILABLE:
        return
    make = _maker(half, around)
    services = [one.service for one in half.services]
    answers = _answers(services, around)
    ask = tuple(
        fact
        for fact in Told
        if told.has_to_be_asked(answers[fact]) and not _is_by_nature(fact, cell.code, around.limits)
    )
    settling = half.could_be_settled
    if settling:
        tests = {test for one in settling for test in one.failed}
        yield make(
            GapRule.NOT_CONFIRMED,
            services=[one.service for one in settling],
            tests=tuple(test for test in Test if test in tests),
            not_told=ask,
        )
    elif ask:
        yield make(GapRule.NOT_TOLD, services=services, not_told=ask)


def _is_by_nature(fact: Told, support_type: str, limits: Limits) -> bool:
    rule = {Told.REFERRAL: GapRule.PROFESSIONAL_ONLY, Told.HOURS: GapRule.NO_EVENING_WEEKEND}.get(fact)
    return rule is not None and not limits.is_for(rule, support_type)


def _answers(services: Sequence[MatrixService], around: Surroundings) -> Mapping[Told, list[Answer]]:
    return {
        Told.WAITING: [told.waiting(one, around.rules, around.limits) for one in services],
        Told.HOURS: [told.hours(one) for one in services],
        Told.REFERRAL: [told.referral(one) for one in services],
    }


def _is_said_to_exist(half: HalfCell) -> bool:
    return half.holding is not None and half.holding.exists in _EXISTS


def _certain(half: HalfCell) -> list[MatrixService]:
    return [one.service for one in half.services if Test.SOURCE_UNCLEAR not in one.failed]


def _said_firmness(half: HalfCell, around: Surroundings) -> Firmness:
    said = half.holding.statements if half.holding else ()
    newest = max((one.stated_on for one in said), default=date.min)
    is_late = newest >= around.rules.today - timedelta(days=SAID_COUNTS_DAYS)
    return Firmness.SAID if is_late else Firmness.SAID_LONG_AGO


def _listed_firmness(services: Iterable[MatrixService], rules: Rules) -> Firmness:
    is_firm = all(told.is_lately_confirmed(one, rules) for one in services)
    return Firmness.CONFIRMED if is_firm else Firmness.READ


def _maker(half: HalfCell, around: Surroundings) -> Callable[..., Finding]:
    """Makes findings of one half: with its place and statements, and with services as their ids."""
    said = half.holding.statements if half.holding else ()
    plain = Finding(
        GapRule.NOT_KNOWN,
        half.support_type,
        half.mode,
        is_gap=False,
        authorities=(around.authority,),
        statements=tuple(sorted(one.id for one in said)),
        dates=_dates(one.stated_on.isoformat() for one in said),
    )

    def make(
        rule: GapRule, *, services: Iterable[MatrixService] = (), dates: tuple[str, ...] = (), **more: object
    ) -> Finding:
        held = tuple(services)
        of_services = (_date(one, around.rules) for one in held)
        return replace(
            plain,
            rule=rule,
            services=tuple(sorted({one.id for one in held})),
            dates=_dates((*plain.dates, *dates, *of_services)),
            **more,  # type: ignore[arg-type]  # fields of Finding, each named where it is given
        )

    return make


def weakest(firmnesses: Iterable[Firmness]) -> Firmness:
    """The least firm of some: a finding stands as firmly as what it rests on least firmly."""
    return max(firmnesses, key=FIRMNESSES.index)


def _date(service: MatrixService, rules: Rules) -> str:
    """When what is known of a service was so: the day it confirmed lately, else its source's date."""
    if service.confirmed_on is not None and told.is_lately_confirmed(service, rules):
        return service.confirmed_on.isoformat()
    return service.source_date


def _dates(rough: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({one for one in rough if one}))
