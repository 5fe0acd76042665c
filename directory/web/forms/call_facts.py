"""The facts that a call asks for: one list, of which the script is read out and the form is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from directory.web.my_listings.check_answers import put_errors
from directory.web.my_listings.page_form import PageForm, page_form, was_in

RIGHT, DIFFERS, NOT_ASKED = "right", "differs", "not asked"
SAID = "said-"
"""Before the code of a fact: the name of the radios that say what came of asking for it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to ask for. asked: the words of the script and of the form.

    columns: those of the listing that it is written in; none where it is a part of the ways to reach the service.
    is_telling: what is listed of it tells what the service is about, which a moderator may want to be spared.
    """

    code: str
    asked: LazyString
    columns: tuple[str, ...] = ()
    is_telling: bool = False


FACTS: tuple[Fact, ...] = (
    Fact("telephone", _l("The telephone number")),
    Fact("hours", _l("When somebody answers it")),
    Fact("email", _l("The e-mail address"), is_telling=True),
    Fact("website", _l("The website"), ("url",), is_telling=True),
    Fact("groups", _l("Whom it helps"), ("groups",), is_telling=True),
    Fact("ages", _l("From which age, and up to which"), ("minimum_age", "maximum_age")),
    Fact("areas", _l("In which areas people must live"), ("coverage",)),
    Fact("cost", _l("Whether it is free to the person"), ("free_to_person",)),
    Fact("taking", _l("Whether it takes new people now"), ("accepting_referrals",)),
    Fact(
        "waiting",
        _l("Whether there is a waiting list, and how many weeks people wait"),
        ("waiting_list", "waiting_weeks"),
    ),
    Fact("anonymous", _l("Whether a person can stay anonymous"), ("can_stay_anonymous",)),
    Fact("telling", _l("When they must tell someone else"), ("when_they_must_tell",), is_telling=True),
)
COLUMNS = tuple(name for fact in FACTS for name in fact.columns)
FACT_OF = {"contact_routes": "telephone"} | {name: fact.code for fact in FACTS for name in fact.columns}
"""Column → the code of the fact that asks for it."""


@dataclass(slots=True)
class CallFacts:
    """What is said of each fact. before: the columns as the page showed them. said: code → what came of asking.

    errors: code → what is wrong with what was said of it.
    """

    form: PageForm
    before: Mapping[str, str]
    said: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, held: Mapping[str, str], typed: MultiDict[str, str] | None = None) -> CallFacts:
        """held: the columns as they are. typed: what was sent, if anything: cells are then the columns that differ."""
        before = (was_in(typed, COLUMNS) if typed is not None else None) or {
            name: held.get(name, "") for name in COLUMNS
        }
        form = page_form(COLUMNS, before, typed)
        if typed is None:
            return cls(form, before)
        said = {fact.code: typed.get(SAID + fact.code, "") for fact in FACTS}
        cells = form.cells()
        # A field that was not sent says nothing; one that was sent blank says that there is none.
        sent = {
            name
            for name in COLUMNS
            if name in typed or any(f"unsure-{c}" in typed for c in form.unsure(name))
        }
        return cls(
            form,
            before,
            said,
            {name: cell for name, cell in cells.items() if name in sent and cell != before[name]},
        )

    def differing(self, ways: frozenset[str]) -> frozenset[str]:
        """The codes of the facts of which something else was written. ways: those of them without a column."""
        return ways | {fact.code for fact in FACTS if not self.cells.keys().isdisjoint(fact.columns)}

    def check(self, ways: frozenset[str]) -> bool:
        """Put what is wrong beside the facts. Returns whether nothing is."""
        is_right = put_errors(self.form, self.cells)
        written = self.differing(ways)
        for code, said in self.said.items():
            if said == DIFFERS and code not in written:
                self.errors[code] = _(
                    "Write below what it should be. If nobody could say, choose ‘Not asked’ and write it in the note."
                )
            elif said in {RIGHT, NOT_ASKED} and code in written:
                self.errors[code] = _(
                    "Something else is written below. Choose ‘Differs’, or write it as it was."
                )
        return is_right and not self.errors

    def against(self, result: str, ways: frozenset[str], *, rest_is_right: bool = False) -> str:
        """Why what came of the call cannot be what was said of the facts; '' where it can.

        rest_is_right: where something has changed, that all else is said to be right.
        """
        written = self.differing(ways) | {code for code, said in self.said.items() if said == DIFFERS}
        if result and result != "changed" and written:
            return _(
                "You wrote that something differs. Choose ‘Something has changed’, so that it is not lost."
            )
        left = self._named(NOT_ASKED)
        if (result == "confirmed" or (result == "changed" and rest_is_right)) and left:
            return _(
                "Everything is right only where everything was asked. Ring again on another day for: %(facts)s.",
                facts=left,
            )
        return ""

    def in_words(self, result: str) -> str:
        """'Still right: … Not asked: …', for whoever looks next; '' where all is said by the result, or nothing was."""
        if result == "confirmed":
            return ""
        right, left = self._named(RIGHT), self._named(NOT_ASKED)
        return " ".join(
            part
            for part in (
                _("Still right: %(facts)s.", facts=right) if right else "",
                _("Not asked: %(facts)s.", facts=left) if left else "",
            )
            if part
        )

    def _named(self, said: str) -> str:
        return "; ".join(str(fact.asked) for fact in FACTS if self.said.get(fact.code) == said)

    def with_theirs(self, held: Mapping[str, str]) -> CallFacts:
        """After somebody else has written: what this person left alone goes along with what is there now."""
        now = {name: held.get(name, "") for name in COLUMNS}
        return CallFacts(page_form(COLUMNS, {**now, **self.cells}), now, self.said, self.cells)
