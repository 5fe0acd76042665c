"""Whether a message reads as if somebody were in danger, or thinking of ending their life.

It only decides what staff read first: too much is found rather than too little, and nothing is kept from anybody.
Each rule is one pattern of plain English; the table of tests says what each is for.
"""

from __future__ import annotations

import re
import unicodedata

# Children leave apostrophes out: 'hes hurting me', 'my dads hurting me'.
_WHO = (
    r"(?:he'?s?|she'?s?|they(?:'?re)?|it|someone|somebody|(?:dad|mum|mom|uncle|step ?dad|brother)(?:dy|my)?'?s?"
    r"|my \w+|his \w+|her \w+)"
)
_YOUNG = r"(?:[4-9]|1[0-7]|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven)teen)"
_NO_AGE = (
    r"(?! (?:\w+ )?"
    r"(?:miles|minutes|hours|weeks|days|months|mins|hrs|people|of us|in the queue|metres|percent|times)\b)"
)
_HARM = (
    r"(?:hurt|hit|beat|rape|touch|abus|molest|grop|threaten|forc|mak|chok|strangl|film|blackmail|follow|kill)"
)

RULES: tuple[str, ...] = (
    # He is hurting me; my uncle keeps touching us; they made my sister.
    rf"\b{_WHO}\b.{{0,30}}\b{_HARM}\w*\b.{{0,15}}\b(?:me|us|my|him|her|them|kids?|child(?:ren)?|daughter|son)\b",
    rf"\b(?:being|been|getting|was|got|am|i'm) {_HARM}\w*",
    # Please help, unless a 'help line' is what is meant.
    r"\b(?:please|plz|pls)\s+(?:please\s+)?help\b(?!\s*-?\s*(?:line|desk|page|number))",
    r"\b(?:help|save) (?:me|us)\b(?! (?:find|to find|understand|get through|with (?:the|this) (?:form|page|site)))",
    r"\bi (?:really )?need help\b",
    # I am scared, not safe, in danger.
    r"\b(?:i'?m|i am|we'?re|we are|she'?s|she is|he'?s|he is)\b.{0,20}"
    r"\b(?:scared|frightened|terrified|afraid|in danger|not safe|unsafe|trapped|locked in)\b",
    r"\bdon'?t feel safe\b",
    r"\bi (?:\w+ )?feel (?:so |very |really |too |quite )?(?:unsafe|scared|frightened|afraid|terrified|trapped)\b",
    r"\b(?:in|immediate|real|grave) danger\b",
    r"\b(?:can'?t|cannot) (?:talk|speak|get out|get away|leave the house|tell anyone|tell anybody)\b",
    r"\bdon'?t (?:let|tell) (?:him|her|them|my|anyone|anybody)\b",
    # It is happening.
    r"\b(?:it'?s|it is|this is) (?:still )?happening\b",
    r"\bhappening (?:now|again|tonight|to me|to us)\b",
    # Somebody who may be thinking of ending their life, or hurting themselves.
    r"\bsuicid\w*",
    r"\b(?:kill(?:ing)?|hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?) (?:my ?self|herself|himself|themselves)\b",
    r"\bself.?harm\w*",
    r"\bend(?:ing)? (?:it all|my life|her life|his life)\b",
    r"\b(?:(?:want|going|rather) to|wanna|gonna) die\b",
    r"\b(?:do ?n'?t|do not|no longer) (?:want to|wanna) (?:live|be alive|exist|wake up)\b"
    r"(?! (?:in|at|near|far|with|on|by|there|alone|away)\b)",
    r"\bwish i (?:was|were) (?:dead|never born)\b",
    r"\boverdos\w*",
    # A child who says how old they are.
    rf"\bi(?:'?m| am) (?:only |just )?{_YOUNG}\b{_NO_AGE}",
    # Somebody who needs the police.
    r"\b(?:call|send|get) (?:the )?(?:police|ambulance)\b",
    r"\b999\b",
    # Welsh: help me; he is hurting me; I am frightened.
    r"\bhelpwch (?:fi|ni)\b",
    r"\bbrifo (?:fi|ni)\b",
    r"\b(?:dwi|dw i|rwy|rydw i)'?n (?:ofnus|ofni)\b",
)
_DANGER = re.compile("|".join(f"(?:{rule})" for rule in RULES))


def reads_like_danger(text: str) -> bool:
    """Whether anything in it is what somebody in danger might write."""
    return _DANGER.search(_plain(text)) is not None


def _plain(text: str) -> str:
    """Small letters, straight apostrophes, single spaces, and no marks that cannot be seen."""
    flat = (
        unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("‘", "'").replace("`", "'")
    )
    seen = "".join(mark for mark in flat if unicodedata.category(mark) != "Cf")
    return " ".join(seen.split())
