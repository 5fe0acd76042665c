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
    r"|my \w+|his \w+|her \w+|who|(?:a|an|the|this|that|some|our)(?: \w+)? (?:man|men|woman|guy|bloke|boy|girl|lad"
    r"|teacher|coach|carer|neighbou?r|babysitter|priest|vicar|imam|driver|stranger|person))"
)
_YOUNG = r"(?:[4-9]|1[0-7]|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven)teen)"
_NO_AGE = (
    r"(?! (?:\w+ )?"
    r"(?:miles|minutes|hours|weeks|days|months|mins|hrs|people|of us|in the queue|metres|percent|times)\b)"
)
_HARM = (
    r"(?:hurt|hit|beat|rape|touch|abus|molest|grop|threaten|forc|mak|chok|strangl|film|blackmail|follow|kill)"
)

_SOMEBODY = r"(?:me|us|him|her|them|my \w+|(?:the|our|other) (?:kids?|children|boys?|girls?))"

RULES: tuple[str, ...] = (
    # He is hurting me; my uncle keeps touching us; they made my sister.
    rf"\b{_WHO}\b.{{0,30}}\b{_HARM}\w*\b.{{0,15}}\b(?:me|us|my|him|her|them|kids?|child(?:ren)?|daughter|son)\b",
    rf"\b(?:being|been|getting|was|got|am|i'm) {_HARM}\w*",
    # He comes into my room; he does things to me; she makes me do it; they lock me in.
    r"\b(?:c[ao]m(?:e|es|ing)|gets?|got|climbs?|sneaks?|creeps?|walks?)\b.{0,12}\b(?:in|into|to|on)\b"
    r".{0,5}\bmy (?:bed|room)",
    r"\b(?:does|did|do|doing|done)\b(?: \w+){0,3} to (?:me|us|my (?:brother|sister|son|daughter|child|kids?|friend))\b",
    r"\bdo(?:es|ing)?\b(?: \w+){0,2} things? to (?:him|her|them|kids|children)\b",
    rf"\b(?:mak(?:e|es|ing)|made|forc(?:e|es|ed|ing)) {_SOMEBODY}\b.{{0,20}}"
    r"\b(?:do|touch|watch|look|send|take|kiss|sit|lie|undress|have|suck|strip|swear|promise)\b",
    r"\bi (?:do ?n'?t|do not|never) like (?:it when|what) (?:he|she|they|my|dad|mum|someone)\b",
    r"\b(?:lock|lockd|locks|locked) (?:me|us|him|her|them) (?:in|up|out)\b",
    r"\b(?:won'?t|doesn'?t|will not) let (?:me|us|her|him) (?:go|leave|out|eat|sleep|see|talk|call)\b",
    # My teacher sent me pictures; he wants photos of me.
    rf"\b(?:sen[dt]s?|sending|show(?:s|ed|ing)?) {_SOMEBODY}\b.{{0,30}}"
    r"\b(?:pics?|pictures?|photos?|videos?|nudes?|porn)\b",
    r"\b(?:pics?|pictures?|photos?|videos?) of (?:me|my|us|her|his|him|kids|children)\b",
    r"\b(?:ask|want|send|take|took)\w*\b.{0,20}\b(?:nudes?|naked|my clothes off)\b",
    r"\b(?:private parts?|privates|my (?:willy|penis|vagina|bum|boobs?|breasts?|chest))\b",
    r"\b(?:our|a|his|her) (?:little |special )?secret\b",
    r"\bnot to tell\b",
    r"\b(?:knife|gun)\b",
    r"\b(?:run|ran|running) away\b",
    r"\bi(?:'?m| am) pregnant\b",
    r"\b(?:scared|frightened|afraid|terrified) of (?:my|him|her|them|going home|dad|mum|being at)\b",
    # Please help, unless a 'help line' is what is meant.
    r"\b(?:please|plz|pls)\s+(?:please\s+)?help\b(?!\s*-?\s*(?:line|desk|page|number))",
    r"\b(?:help|save) (?:me|us)\b(?! (?:find|to find|understand|get through|with (?:the|this) (?:form|page|site)))",
    r"\bi (?:really )?need help\b",
    # I am scared, not safe, in danger.
    r"\b(?:i'?m|i am|we'?re|we are|she'?s|she is|he'?s|he is)\b.{0,20}"
    r"\b(?:scared|frightened|terrified|afraid|in danger|not safe|unsafe|trapped|locked in)\b",
    r"\b(?:don'?t|do not|never) feel safe\b",
    r"\b(?:not|isn'?t|aren'?t) safe (?:here|at home|with|for (?:me|us|her|him|them))\b",
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
    r"\b(?:do ?n'?t|do not|no longer) (?:want to|wanna) (?:be here|be around|go on|carry on|do this)"
    r"(?: any ?more| any longer| now)?(?=[.,;!?]|$| and\b| but\b| because\b| i\b)",
    r"\bca(?:n'?t|nnot) (?:go on|carry on|cope|take (?:it|this)|do this)\b",
    r"\b(?:better off (?:dead|without me)|no (?:point|reason) (?:in |to )?(?:living|live|being here))\b",
    r"(?<!\d)(?<!\d )\bk(?:ms|ys)\b(?! (?:away|from|to)\b)",
    r"\bwant (?:to|2) disappear\b",
    r"\bwish i (?:was|were) (?:dead|never born|not here)\b",
    r"\boverdos\w*",
    # A child who says how old they are.
    rf"\bi(?:'?m| am) (?:only |just )?{_YOUNG}\b{_NO_AGE}",
    # Somebody who needs the police.
    r"\b(?:call|send|get) (?:the )?(?:police|ambulance)\b",
    r"\b999\b",
    # Welsh: help me; he is hurting me; I am frightened.
    r"\bhelpwch (?:fi|ni)\b",
    r"\bbrifo (?:fi|ni)\b",
    r"\bfy (?:mrifo|ngham-?drin|nghyffwrdd|lladd)\b",
    r"\bcyffwrdd (?:â |a )?(?:fi|ni)\b",
    r"\b(?:eisiau|isio) marw\b",
    r"\bmewn perygl\b",
    r"\bddim yn (?:saff|ddiogel)\b",
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
