"""Words to avoid, and the words to use instead.

The rules follow the language section of the CSA Centre's guide for partnerships (Sept
2025, section 1.6). They hold for every text of ours, and are a hint, never an
automatic change, for text that a service enters about itself.

Names of organisations, schemes and publications, and anything between “ and ”
(a quotation), may keep the words they have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to avoid, as a pattern, and what to write in its place."""

    avoid: re.Pattern[str]
    use: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in a text where a word to avoid stands. `start` and `end` count characters of the text."""

    start: int
    end: int
    found: str
    use: str

    @property
    def message(self) -> str:
        """The hint, in words."""
        return f"Instead of “{self.found}” use “{self.use}”."


_THE_PERSON = "the person who has sexually abused the child"


def _rule(avoid: str, use: str, *, exact_case: bool = False) -> Rule:
    return Rule(re.compile(avoid, 0 if exact_case else re.IGNORECASE), use)


RULES: tuple[Rule, ...] = (
    _rule(r"\bpeer[ -](?:on[ -]peer|perpetrated)(?: sexual)?(?: abuse)?\b", "harmful sexual behaviour"),
    _rule(r"\bCSA\b", "child sexual abuse", exact_case=True),
    _rule(r"\bperpetrat(?:or|ors|e|es|ed|ing|ion)\b(?!-)", _THE_PERSON),
    _rule(r"\babusers?\b", _THE_PERSON),
    _rule(r"\bsex(?:ual)?[ -]offenders?\b", _THE_PERSON),
    _rule(r"\b(?:young|juvenile|child)[ -]offenders?\b", "child who has displayed harmful sexual behaviour"),
    _rule(r"\bdisclos(?:e|es|ed|ing|ure|ures)\b", "tell, telling"),
    _rule(r"\ballegations?\b", "what was told, report"),
    _rule(
        r"\b(?:child|children|person|people|adults?|those) with (?:physical |other |a )?disabilit(?:y|ies)\b",
        "disabled children, disabled people",
    ),
    _rule(r"\b(?:mum|mother)s? and (?:dad|father)s?\b", "parents"),
    _rule(
        r"\bnon[ -](?:offending|abusing|abusive) (?:parent|carer|partner|adult|mother|father|relative)s?\b",
        "parent",
    ),
    _rule(
        r"\bhistoric(?:al|ally)?\s+(?:\w+\s+){0,2}?"
        r"(?:abuse|abused|assaults?|rapes?|offences?|offending|cases?|victims?|sexual|trauma)\b",
        "non-recent",
    ),
    _rule(r"\bno further action\b", "no further police action at this time"),
    _rule(r"\bchild(?:ren)?(?:['’]?s)? porn(?:ography|ographic)?\b", "child sexual abuse images"),
    _rule(r"\b(?:young person|young people|young persons)\b", "child; for 18 to 25, young adult"),
    _rule(r"\bminors\b|\ba minor\b(?!\s+\w)", "child"),
    _rule(
        # People affected by crime of any kind may be called so; witnesses stand beside them in names.
        r"(?<!survivor/)(?<!survivors/)\bvictims?\b"
        r"(?!\s?/\s?survivors?| (?:and|or|&) survivors?| of (?:any )?crime|(?: and|,) witness)",
        "victim/survivor",
    ),
    _rule(r"\bethnic minorit(?:y|ies)\b", "minority ethnic"),
)

# Names that hold a word to avoid, and quotations.
_LEFT_ALONE = re.compile(
    "|".join(
        (
            r"“[^”]*”",
            r"\bCSA Centre\b",
            r"\bChild Sex Offender Disclosure Scheme\b",
            r"\bDomestic (?:Abuse|Violence) Disclosure Scheme\b",
            r"\bDisclosure and Barring Service\b",
            r"\bSex Offenders?['’]? Register\b",
            r"\bYoung Offenders?['’]? Institutions?\b",
            r"\bYoung (?:People|Person|Persons)['’]?s? (?:[A-Z]\w+)",
            r"\b(?:[A-Z][\w!]*,? (?:for |and |of )?)+Young People\b",
            r"\bvictim-support\b",
            # Victim Support, Victims First, Victims' Code, Victim and Witness Hub
            r"\bVictims?['’]?(?: (?:and|&))? [A-Z]\w+",
        )
    )
)


def check_wording(text: str) -> tuple[Finding, ...]:
    """The words to avoid in a text, in the order in which they stand. Never raises or changes anything."""
    taken = [match.span() for match in _LEFT_ALONE.finditer(text)]
    findings: list[Finding] = []
    for rule in RULES:
        for match in rule.avoid.finditer(text):
            start, end = match.span()
            # Earlier rules are the more exact ones: 'peer-perpetrated abuse' is told once.
            if not any(from_ <= start and end <= to for from_, to in taken):
                findings.append(Finding(start, end, match.group(), rule.use))
                taken.append((start, end))
    return tuple(sorted(findings, key=lambda finding: finding.start))
