"""What may be of one child or one case, and may be something else: pointed out to whoever writes it, never refused.

A name cannot be known for certain. These are the ways in which single cases are mostly written of.
"""

from __future__ import annotations

import re
from datetime import date

from directory.reference.case_data import MONTH, may_be_of_birth
from directory.reference.hours import today_in_london

_RELATION = (
    r"(?:(?:step|grand|god|foster )?(?:daughter|son|child|mother|father|mum|mam|dad|parents?)|sister|brother|niece"
    r"|nephew|cousin|aunt(?:ie)?|uncle|girl|boy|baby|twins?|partner|husband|wife|ex)"
)
# Words with a capital that follow a relation and are no name of a person.
_NO_NAME = (
    r"(?!(?:[A-Z]{2,}|Support|Services?|Cent(?:re|er)|House|Hub|Project|Team|Helpline|Line|Group|Network|Care"
    r"|Protection|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|Christmas|Easter|English|Welsh)\b)"
)
_ONE = r"(?:[Cc]hild|[Gg]irl|[Bb]oy|Parent|Mother|Father|Adult|Survivor|Person|Client|Pupil|Sibling)"
_OF_SEVERAL = (
    r"(?:\w+s|[Cc]hildren|[Pp]eople|[Ww]omen|[Mm]en|[Aa]nyone|[Ee]veryone|[Tt]hose|[Pp]erson|[Aa]re|[Ff]or|[Ii]f|"
    r"[Bb]eing)"
)
_AGE = r"\d{1,2}\b(?! ?(?:to|and|or|up|years and|months?|weeks?|days?|miles)\b| ?[+%\-\u2013/]|, ?\d)"
_ONE_CASE: tuple[str, ...] = (
    # 'Child A', but neither 'Child Assessment' nor 'is your child a boarder'.
    rf"\b{_ONE} [A-Z]\d?\b(?!['\u2019.&/-]?\w)",
    r"\b(?i:case|client|crime|referral|incident|custody|police|court|file)"
    r" (?i:ref(?:erence)?|no|number|id|#)\b\.?[ :#]*(?=[A-Z0-9/-]*\d)[A-Z0-9][A-Z0-9/-]{2,}",
    r"\b(?:CRN|URN|UPN)\b\.?[ :#]*[A-Z]{0,3}\d[\dA-Z/-]{3,}",
    # Her daughter Emily; his little son Jack; a girl called Emily.
    rf"\b(?:[Hh]er|[Hh]is|[Tt]heir|[Mm]y|[Oo]ur)(?: [a-z]+)? {_RELATION},? {_NO_NAME}[A-Z][a-z]+\b",
    r"\b(?:[Aa]|[Tt]he) (?:girl|boy|child|mother|father|woman|man) (?:called|named) [A-Z][a-z]+\b",
    # Emily, aged 9; she is 9; a 9-year-old girl.
    rf"\b(?!{_OF_SEVERAL}\b)[A-Z][a-z]+,? (?:is |\()?aged? {_AGE}",
    rf"\b(?:[Hh]e|[Ss]he|[Ww]ho) (?:is|was) (?:aged? )?{_AGE}",
    r"\b(?:[Aa]|[Tt]he|[Hh]er|[Hh]is|[Tt]heir|[Oo]ur|[Tt]his) \d{1,2}[ -]years?[ -]old"
    r"(?: (?:girl|boy|child|son|daughter))?\b",
)
_PATTERN = re.compile("|".join(f"(?:{rule})" for rule in _ONE_CASE))
# 'aged 9' of one child; the ages of those whom a service is for are told of several, or as a range.
_AGED = re.compile(rf"(?P<before>\w+)?[,;(]? ?\b(?P<found>[Aa]ged {_AGE})")
_DAY = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{MONTH}),? (?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_ISO_DAY = re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])")
# Since, until, founded on: days of a service.
_DAY_OF_A_SERVICE = re.compile(
    r"\b(?:since|from|until|till|by|to|after|before|founded|opened|opens|established|started|began|launched"
    r"|registered|closed|ended|published|updated|reviewed|checked|dated|read|seen|inspected|confirmed|page)"
    r"(?: (?:in|on|of|the))*\W*$",
    re.IGNORECASE,
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def case_hints(text: str, today: date | None = None) -> tuple[str, ...]:
    """What in a text may be of one child or case, as it stands there, each once; () for nothing."""
    found = [(one.start(), one.group()) for one in _PATTERN.finditer(text)]
    found += [
        (one.start("found"), one["found"])
        for one in _AGED.finditer(text)
        if not (one["before"] and re.fullmatch(_OF_SEVERAL, one["before"]))
        and not any(one["found"] in said for _at, said in found)
    ]
    now = today or today_in_london()
    found += [
        (one.start(), one.group())
        for pattern in (_DAY, _ISO_DAY)
        for one in pattern.finditer(text)
        if _is_long_ago(one, now) and not _DAY_OF_A_SERVICE.search(text[: one.start()])
    ]
    return tuple(dict.fromkeys(said for _at, said in sorted(found)))


def _is_long_ago(found: re.Match[str], now: date) -> bool:
    month = found["month"]
    number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].casefold()) + 1
    try:
        return may_be_of_birth(date(int(found["year"]), number, int(found["day"])), now)
    except ValueError:
        return False
