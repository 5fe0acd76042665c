"""What somebody asked of a gap register: filters, limits and weights of their own; read from an address."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _

from directory.errors import RuleBroken
from directory.matrix.findings import GapRule, Limits
from directory.matrix.priority import Component
from directory.queries.current_gaps import usual_limits
from directory.reference.gap_rules import gap_rules
from directory.reference.groups import groups
from directory.reference.priority_weights import WEIGHT_MOST, priority_weights
from directory.reference.terms import terms

GAPS, QUESTIONS = "gaps", "questions"
LISTS = (GAPS, QUESTIONS)
WITHIN, OUTSIDE = "within", "outside"
DUTY = (WITHIN, OUTSIDE)
PAGE_MAX = 1_000
LIMITS: Mapping[str, GapRule] = {
    "weeks": GapRule.WAITING,
    "months": GapRule.FUNDING_ENDS,
    "miles": GapRule.NOT_FOR_RESIDENTS,
}
"""The limits that may be set in an address, each by the rule that turns on it."""

IN_A_SNAPSHOT = {"gaps.area": "kept.gaps", "gaps.csv": "kept.gaps_csv", "gaps.xlsx": "kept.gaps_xlsx"}
"""Endpoint of today's register → of that of a snapshot."""


@dataclass(frozen=True, slots=True)
class Number:
    """One box for a number: as typed, what it stands for, what it is when blank, and what is wrong with it."""

    typed: str
    value: int
    usual: int
    least: int
    most: int
    error: str = ""

    @property
    def is_yours(self) -> bool:
        """Whether another number than the usual one is in use."""
        return self.value != self.usual


@dataclass(frozen=True, slots=True)
class GapsAsked:
    """group: G1 … G9. lead: a code of the taxonomy `commissioner`. Each filter is '' where nothing is asked.

    limits: 'weeks', 'months', 'miles'. weights: component → points, before they are brought to 100.
    snapshot: the number of the one whose register it is; None for today's.
    """

    group: str = ""
    lead: str = ""
    duty: str = ""
    in_list: str = ""
    status: str = ""
    limits: Mapping[str, Number] = field(default_factory=dict)
    weights: Mapping[Component, Number] = field(default_factory=dict)
    page: int = 1
    snapshot: int | None = None

    @property
    def errors(self) -> Mapping[str, str]:
        """Id of a box → what is wrong with what was typed into it."""
        boxes = {**self.limits, **{weight_field(part): number for part, number in self.weights.items()}}
        return {name: number.error for name, number in boxes.items() if number.error}

    @property
    def has_own_limits(self) -> bool:
        """Whether a limit of the reader's own is in use."""
        return any(number.is_yours for number in self.limits.values())

    @property
    def has_own_weights(self) -> bool:
        """Whether a weight of the reader's own is in use."""
        return any(number.is_yours for number in self.weights.values())

    @property
    def limits_in_use(self) -> Limits:
        """For the rules: the reader's where they gave any."""
        return replace(
            usual_limits(),
            wait_weeks=self.limits["weeks"].value,
            funding_months=self.limits["months"].value,
            near_miles=self.limits["miles"].value,
        )

    @property
    def weights_in_use(self) -> Mapping[Component, int]:
        """Component → weight."""
        return {part: number.value for part, number in self.weights.items()}

    def args(self) -> dict[str, str]:
        """The query of the address: only what is not as usual."""
        filters = {
            "group": self.group,
            "lead": self.lead,
            "duty": self.duty,
            "list": self.in_list,
            "status": self.status,
        }
        numbers = {
            **self.limits,
            **{weight_field(part): number for part, number in self.weights.items()},
        }
        return {
            **{name: value for name, value in filters.items() if value},
            **{name: str(number.value) for name, number in numbers.items() if number.is_yours},
            **({"p": str(self.page)} if self.page > 1 else {}),
        }

    def url(self, endpoint: str, area_code: str, **more: str) -> str:
        """The address of a page or file about the area, as asked. endpoint: of today's register."""
        query = urlencode({**self.args(), **more})
        return f"{self.plain_url(endpoint, area_code)}?{query}".rstrip("?")

    def plain_url(self, endpoint: str, area_code: str) -> str:
        """The same, with nothing asked."""
        if self.snapshot is None:
            return url_for(endpoint, area_code=area_code)
        return url_for(IN_A_SNAPSHOT[endpoint], number=self.snapshot, area_code=area_code)

    def url_of_gap(self, area_code: str, gap_id: str) -> str:
        """The address of one gap, by the same limits and weights, and with the way back to these lines.

        '' in a snapshot: the page of a gap shows today's listings.
        """
        if self.snapshot is not None:
            return ""
        return f"{url_for('gaps.gap', area_code=area_code, gap_id=gap_id)}?{urlencode(self.args())}".rstrip(
            "?"
        )


def weight_field(part: Component) -> str:
    """The name of a weight's box."""
    return f"w-{part.value}"


def read_gaps_asked(args: Mapping[str, str], *, sees_weights: bool, snapshot: int | None = None) -> GapsAsked:
    """What an address asks. A number that cannot be used is kept as typed with what is wrong, and is as usual.

    Raises RuleBroken for a filter or a page that does not exist.
    """
    return GapsAsked(
        group=_code(args, "group", groups()),
        lead=_code(args, "lead", terms("commissioner")),
        duty=_code(args, "duty", DUTY),
        in_list=_code(args, "list", LISTS),
        status=_code(args, "status", terms("gap_status")),
        limits={name: _limit(args.get(name, ""), rule) for name, rule in LIMITS.items()},
        weights=_weights(args if sees_weights else {}),
        page=_page(args.get("p", "1")),
        snapshot=snapshot,
    )


def _code(args: Mapping[str, str], name: str, known: Collection[str]) -> str:
    value = args.get(name, "")
    if value and value not in known:
        raise RuleBroken(name, str(_("This address asks for a part of the register that does not exist.")))
    return value


def _limit(typed: str, rule: GapRule) -> Number:
    limit = gap_rules()[rule].limit
    assert limit is not None, rule  # noqa: S101  # LIMITS names only rules that have one
    return _number(typed, limit.value, limit.least, limit.most)


def _weights(args: Mapping[str, str]) -> Mapping[Component, Number]:
    found = {
        part: _number(args.get(weight_field(part), ""), priority_weights()[part].weight, 0, WEIGHT_MOST)
        for part in Component
    }
    if not any(number.value for number in found.values()):
        message = str(_("At least one weight must be above 0."))
        return {part: replace(one, value=one.usual, error=message) for part, one in found.items()}
    return found


def _number(typed: str, usual: int, least: int, most: int) -> Number:
    text = typed.strip()
    if not text:
        return Number("", usual, usual, least, most)
    if text.isascii() and text.isdecimal() and len(text) <= 4 and least <= int(text) <= most:
        return Number(text, int(text), usual, least, most)
    message = _("Write a whole number from %(least)s to %(most)s.", least=least, most=most)
    return Number(text[:20], usual, usual, least, most, str(message))


def _page(value: str) -> int:
    if not (value.isascii() and value.isdecimal() and 1 <= len(value) <= 4 and 1 <= int(value) <= PAGE_MAX):
        raise RuleBroken("p", str(_("This address asks for a page number that does not exist.")))
    return int(value)
