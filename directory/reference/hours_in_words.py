"""Opening hours as people write them ('Monday to Friday 9am to 5pm'), turned into the notation they are stored in.

Nothing is guessed. What could mean two things is asked back, by these rules for a time without am or pm:

- the clock of 24 hours is known by a 0 before an hour ('09:00') or an hour above 12 ('17:00'), and holds for both;
- where one of two has am or pm, '1-4pm' is in the afternoon and '9-5pm' begins in the morning;
- else the first is in the morning from 8 to 11, midday at 12, in the afternoon from 1 to 5; 6 and 7 may be either;
- the second is the next such hour after it, unless morning and evening would both do ('9-11').

Days are never supplied: '9am to 5pm' says nothing of Sundays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from directory.reference.hours import check
from directory.reference.hours_marks import DAYS, NOISE, WHOLE_WEEK, marks_of, single_days
from directory.reference.time_of_day import Span, Time, TimeUnclear, is_time, read_time, span_of

TYPED_MAX = 300
ALWAYS, ALL_DAY, OFF = "24/7", "00:00-24:00", "off"

_ONE_DIGIT = re.compile(r"(?<!\d)\d:", re.ASCII)


class HoursUnclear(ValueError):
    """What cannot be told for certain. why: 'no days', 'no times', 'am or pm', 'word' or 'order'. part: the words."""

    def __init__(self, why: str, part: str = "") -> None:
        super().__init__(f"Hours that cannot be told: {why} {part}".strip())
        self.why, self.part = why, part[:40]


@dataclass(slots=True)
class _Rules:
    """What is read so far. days, times: those still without the other. off: days taken out, said after all rules."""

    rules: list[tuple[list[str], list[str]]] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    off: list[str] = field(default_factory=list)

    def pair(self) -> None:
        """Days and times that stand beside each other belong together."""
        if self.days and self.times:
            self.rules.append((self.days, self.times))
            self.days, self.times = [], []

    def add_days(self, days: list[str]) -> None:
        """They begin a rule, or end one whose times stood first: '9am to 5pm on Mondays, 1pm to 6pm on Tuesdays'."""
        times_stood_first = bool(self.times) and not self.days
        self.pair()
        self.days += days
        if times_stood_first:
            self.pair()

    def add_times(self, times: str) -> None:
        """'9-12, 1-5' are two of one rule; beside all day there is nothing else."""
        if self.times and ALL_DAY in {times, *self.times} and self.times != [times]:
            raise HoursUnclear("order", times)
        if self.times != [times]:
            self.times.append(times)

    def end(self) -> None:
        """Nothing may be left over at the end of a part."""
        self.pair()
        if self.days:
            raise HoursUnclear("no times", ",".join(self.days))
        if self.times and self.times != [ALL_DAY]:
            raise HoursUnclear("no days", ",".join(self.times))
        if self.times:
            self.days = [WHOLE_WEEK]
            self.pair()


def hours_from_words(typed: str) -> str:
    """The notation for hours as somebody typed them; what is in it already is given back as it is.

    Raises HoursUnclear.
    """
    text = " ".join(typed.split())
    if not text:
        return ""
    if _is_notation(text):
        return text
    if len(text) > TYPED_MAX:
        raise HoursUnclear("word", text)
    found = _Rules()
    for marks in marks_of(text):
        _read(marks, found)
        found.end()
    written = _written(found)
    try:
        check(written)
    except ValueError:
        raise HoursUnclear("order", text) from None
    return written


def _is_notation(text: str) -> bool:
    """Whether it is to be taken to the letter. 'Mo 9:00-5:00' is not: whoever writes so means the afternoon."""
    if _ONE_DIGIT.search(text):
        return False
    try:
        check(text)
    except ValueError:
        return False
    return True


def _read(tokens: Sequence[str], found: _Rules) -> None:
    at, is_between = 0, False
    while at < len(tokens):
        mark = tokens[at]
        at += 1
        if mark in DAYS:
            if is_between:  # 'between Monday and Friday' may be all five, or two.
                raise HoursUnclear("order", f"between {mark}")
            days, at = _days(tokens, at - 1)
            found.add_days(days)
        elif is_time(mark):
            span, at = _span(tokens, at - 1, is_between=is_between)
            is_between = False
            found.add_times(str(span))
        elif mark == "allday":
            found.add_times(ALL_DAY)
        elif mark in {"off", "except"}:
            at = _taken_out(tokens, at, found, is_closed=mark == "off")
        elif mark == "also":
            days, at = _days(tokens, _past_noise(tokens, at))
            _joined(found, days)
            _no_times_at(tokens, at, found)
        elif mark == "between":
            is_between = True
        elif mark not in NOISE and mark not in {",", ":", "and", "(", ")"}:
            raise HoursUnclear("word", mark)


def _taken_out(tokens: Sequence[str], at: int, found: _Rules, *, is_closed: bool) -> int:
    """'Saturday closed', 'closed on Saturday' and 'except Saturday'; returns the place after it.

    'Saturday closed Sunday 10-4' may mean either; set off, as in 'weekdays, closed bank holidays, 10-4', it is told.
    """
    has_days_before = is_closed and bool(found.days) and not found.times
    has_days_after = (start := _past_noise(tokens, at)) < len(tokens) and tokens[start] in DAYS
    if has_days_before and not has_days_after:
        if _are_said_open(tokens, at - 2):
            raise HoursUnclear("order", _words_at(tokens, at))
        found.off += found.days
        found.days, after = [], at
    else:
        found.pair()
        days, after = _days(tokens, start)
        found.off += days
        is_set_off = (
            tokens[at - 2] == "("
            and tokens[after : after + 1] == [")"]
            # 'Open Monday, closed Tuesday, Wednesday, 9-5': nobody can say what Wednesday is.
            or tokens[at - 2] == ","
            and tokens[after : after + 1] == [","]
            and "," not in tokens[start:after]
        )
        if has_days_before and not is_set_off:
            raise HoursUnclear("order", _words_at(tokens, at))
    _no_times_at(tokens, after, found)
    return after


def _are_said_open(tokens: Sequence[str], at: int) -> bool:
    """Whether the days that end here are those of 'open weekdays, bank holidays …'."""
    while at >= 0 and (tokens[at] in DAYS or tokens[at] in NOISE or tokens[at] in {"-", ",", "and", "("}):
        if tokens[at] == "open":
            return True
        at -= 1
    return False


def _no_times_at(tokens: Sequence[str], at: int, found: _Rules) -> None:
    """Times right behind days that are taken out, or joined, are of these, whatever comes next. Raises HoursUnclear."""
    while at < len(tokens) and (tokens[at] in NOISE or tokens[at] in {":", "(", "between"}):
        at += 1
    if not found.days and at < len(tokens) and (is_time(tokens[at]) or tokens[at] == "allday"):
        raise HoursUnclear("order", _words_at(tokens, at))


def _words_at(tokens: Sequence[str], at: int) -> str:
    return " ".join(tokens[max(0, at - 1) : at + 1])


def _joined(found: _Rules, days: list[str]) -> None:
    """'including bank holidays': the days before it have them too."""
    found.pair()
    if found.times == [ALL_DAY]:
        found.days = [WHOLE_WEEK, *days]
    elif found.times:
        raise HoursUnclear("no days", ",".join(found.times))
    elif found.days or not found.rules:
        found.days += days
    else:
        found.rules[-1][0].extend(days)


def _past_noise(tokens: Sequence[str], at: int) -> int:
    while at < len(tokens) and tokens[at] in NOISE:
        at += 1
    return at


def _days(tokens: Sequence[str], at: int) -> tuple[list[str], int]:
    """The days from this place on ('Mo-Fr', 'PH'), and the place after them. Raises HoursUnclear for none."""
    found: list[str] = []
    while at < len(tokens) and tokens[at] in DAYS:
        day = DAYS[tokens[at]]
        at += 1
        if at + 1 < len(tokens) and tokens[at] == "-" and tokens[at + 1] in DAYS:
            until = DAYS[tokens[at + 1]]
            if len(day) != 2 or len(until) != 2 or "PH" in {day, until} or day == until:
                raise HoursUnclear("order", f"{tokens[at - 1]} - {tokens[at + 1]}")
            day, at = f"{day}-{until}", at + 2
        found.append(day)
        further = at
        while further < len(tokens) and tokens[further] in {",", "and"}:
            further += 1
        if further < len(tokens) and tokens[further] in DAYS:
            at = further
    if not found:
        raise HoursUnclear("order", _words_at(tokens, at))
    return found, at


def _span(tokens: Sequence[str], at: int, *, is_between: bool) -> tuple[Span, int]:
    """'9am to 5pm', or 'between 9am and 5pm', and the place after it."""
    start = read_time(tokens[at])
    joins = {"-", "and"} if is_between else {"-"}
    end: Time | None = None
    if at + 2 < len(tokens) and tokens[at + 1] in joins and is_time(tokens[at + 2]):
        end = read_time(tokens[at + 2])
    if start is None or end is None:
        raise HoursUnclear("order", " ".join(tokens[at : at + 3]))
    try:
        return span_of(start, end), at + 3
    except TimeUnclear:
        raise HoursUnclear("am or pm", f"{tokens[at]} to {tokens[at + 2]}") from None


def _written(found: _Rules) -> str:
    if not found.rules:
        raise HoursUnclear("no times", ",".join(found.off))
    whole = [days in ([WHOLE_WEEK], [WHOLE_WEEK, "PH"]) and times == [ALL_DAY] for days, times in found.rules]
    rules = [ALWAYS] if whole == [True] else [_rule(days, times) for days, times in found.rules]
    if found.off:
        _one_says_so(found)
        rules.append(_rule(found.off, [OFF]))
    return "; ".join(rules)


def _one_says_so(found: _Rules) -> None:
    """Days that are taken out are so of one rule: of two, or of one of their own, nobody can say what holds."""
    for off in frozenset().union(*map(single_days, found.off)):
        said = [code for days, _ in found.rules for code in days if off in single_days(code)]
        if off in said or len(said) > 1:
            raise HoursUnclear("order", off)


def _rule(days: Iterable[str], times: Iterable[str]) -> str:
    return f"{','.join(dict.fromkeys(days))} {','.join(times)}"
