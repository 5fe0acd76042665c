"""Two times of a day as people write them: which hours of the clock they mean, or that it cannot be told."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAMED = {"noon": "12pm", "midday": "12pm", "midnight": "12am"}
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))? ?(am|pm|noon)?|(\d{2})(\d{2})", re.ASCII)
_NIGHT_MAX = 16 * 60
"""Minutes. Open past midnight for so long is more likely a slip: '09:00-05:00'. With am and pm it may just be."""
_EITHER_HALF = frozenset({6, 7})
"""Hours at which services begin in the morning as well as in the evening."""
_HALF_DAY, _DAY = 12 * 60, 24 * 60


class TimeUnclear(ValueError):
    """Morning and evening would both do."""


@dataclass(frozen=True, slots=True)
class Time:
    """As it is written. half: 'am', 'pm', '24' where the hours run to 24, or '' where nothing says so.

    is_two_digits: '10:00', which may be on either clock.
    """

    hour: int
    minute: int
    half: str
    is_two_digits: bool = False

    @property
    def minutes(self) -> int:
        """From midnight, by its half."""
        hour = self.hour % 12 + 12 * (self.half == "pm") if self.half in {"am", "pm"} else self.hour
        return hour * 60 + self.minute


@dataclass(frozen=True, slots=True)
class Span:
    """Minutes from midnight. An end that is not after the start is on the next day."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.start // 60:02d}:{self.start % 60:02d}-{self.end // 60:02d}:{self.end % 60:02d}"


def is_time(token: str) -> bool:
    """Whether it is written like one."""
    return token in _NAMED or _TIME.fullmatch(token) is not None


def read_time(token: str) -> Time | None:
    """None where there is no such time: '13pm', '9:75'."""
    found = _TIME.fullmatch(_NAMED.get(token, token))
    if found is None:
        return None
    written = found[1] or found[4]
    hour, minute = int(written), int(found[2] or found[5] or 0)
    half = (found[3] or "").replace("noon", "pm")
    if minute > 59 or hour > 24 or (hour == 24 and minute) or (half and not 1 <= hour <= 12):
        return None
    if not half and (hour > 12 or written.startswith("0")):
        half = "24"
    return Time(hour, minute, half, is_two_digits=len(written) == 2 and (found[2] or found[5]) is not None)


def span_of(start: Time, end: Time) -> Span:
    """The hours that two times mean together. Raises TimeUnclear."""
    if "24" in {start.half, end.half} or (
        start.is_two_digits and end.is_two_digits and not (start.half or end.half) and start.hour < end.hour
    ):
        first, last = start.minutes, end.minutes
        # '14:00-5:00': nobody writes the night so who has begun on the clock of 24 hours.
        if not end.half and end.hour < 10 and last < first < last + _HALF_DAY:
            raise TimeUnclear
    elif start.half and end.half:
        first, last = start.minutes, end.minutes
    elif end.half:
        last = end.minutes
        first = _before(start, last)
    else:
        first = start.minutes if start.half else _usual_start(start)
        last = _after(first, end)
    if last == 0:
        last = _DAY  # Midnight at the end of the day, not at its beginning.
    length = (last - first) % _DAY
    is_told = {start.half, end.half} <= {"am", "pm"}
    if first == last or (last < first and length > _NIGHT_MAX - (not is_told)):
        raise TimeUnclear
    return Span(first % _DAY, last)


def _usual_start(time: Time) -> int:
    if time.hour in _EITHER_HALF:
        raise TimeUnclear
    return time.minutes + (_HALF_DAY if time.hour < min(_EITHER_HALF) else 0)


def _after(first: int, end: Time) -> int:
    """The next such time. Where it would be in the same morning, it may as well be in the evening: '9-11'."""
    both = sorted((time - first) % _DAY or _DAY for time in _readings(end))
    if first < _HALF_DAY and first + both[0] < _HALF_DAY or both[0] == _HALF_DAY == first:
        raise TimeUnclear
    return (first + both[0]) % _DAY


def _before(start: Time, last: int) -> int:
    """'1-4pm': in the same half of the day where that is before the end; else the half before it: '9-5pm'.

    '10 to midnight' says neither.
    """
    if last == 0:
        raise TimeUnclear
    return last - min((last - time) % _DAY or _DAY for time in _readings(start))


def _readings(time: Time) -> tuple[int, int]:
    hour = time.hour % 12 * 60 + time.minute
    return hour, hour + _HALF_DAY
