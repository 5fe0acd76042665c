"""Boxes for staff: what may be of one child or one case is asked about once more before anything is stored.

A date of birth or an NHS number is refused by whoever stores the words; what is only likely stands to be confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from directory.actions.changes.inclusion import QUESTIONS
from directory.reference.case_data import case_data_in
from directory.reference.case_hints import case_hints
from directory.web.cell_words import column_label

SURE = "not_one_case"
"""The field that says: these words were shown once more, and are of no single case."""

BOXES: Mapping[str, tuple[str, ...]] = {
    "call_list.end": ("note",),
    "holds.lift": ("words",),
    "manage_requests.refuse": ("reason",),
    "moderated_changes.approve": ("evidence-", "edit-"),
    "moderated_changes.say_no": ("words",),
    "moderated_changes.answer": ("words",),
    "moderated_corrections.close": ("result",),
    "moderated_listings.close_service": ("reason",),
    "moderated_merges.merge": ("because",),
    "new_listing.save_evidence": tuple({name for names in QUESTIONS.values() for name in names}),
    "said.reply": ("words",),
    "statements.record": ("what", "evidence"),
    "statements.record_decision": ("because", "words"),
    "statements.record_funding": ("words",),
    "statements.take_back_funding": ("words",),
    "statements.withdraw": ("because",),
}
"""Endpoint → how the names of its boxes begin. Others show what they found beside the answers that are checked.

Not among them is taking down: nothing may delay that.
"""

_CRITERIA = frozenset(name for names in QUESTIONS.values() for name in names)
# Boxes that are named after no column and no question.
_NAMED = {
    "what": _l("What there is, or what is missing (optional)"),
    "evidence": _l("How you know (optional)"),
    "evidence-all": _l("The same evidence for all"),
}


@dataclass(frozen=True, slots=True)
class Box:
    """One box in which something was found. found: as it stands there."""

    name: str
    words: str
    found: tuple[str, ...]

    @property
    def question(self) -> str:
        """What the box is called on its page, to tell it from the others that are asked about."""
        if self.name in _NAMED:
            return str(_NAMED[self.name])
        of, _dash, column = self.name.partition("-")
        if self.name in _CRITERIA:  # Their names hold dashes of their own.
            return column_label(self.name)
        return f"{_('Evidence')}: {column_label(column)}" if of == "evidence" else column_label(column or of)


def ask_once_more() -> str | None:
    """The page that asks, or None where nothing was found or it was answered already. Nothing is stored by it."""
    names = BOXES.get(request.endpoint or "", ())
    if request.method != "POST" or not names or "change" in request.form:
        return None
    boxes = _boxes(names)
    found = "; ".join(dict.fromkeys(one for box in boxes for one in box.found))
    if not found or request.form.get(SURE) == found:
        return None
    shown = {box.name for box in boxes} | {SURE}
    kept = [(name, value) for name, value in request.form.items(multi=True) if name not in shown]
    action = request.full_path if request.query_string else request.path
    return render_template(
        "moderation/one_case.html", boxes=boxes, found=found, kept=kept, action=action, sure=SURE
    )


def _boxes(names: tuple[str, ...]) -> list[Box]:
    return [
        Box(name, words, hints)
        for name, words in request.form.items()
        if name.startswith(names)
        and words != request.form.get(name.replace("edit-", "asked-", 1) if name.startswith("edit-") else "")
        and not case_data_in(words)
        and (hints := case_hints(words))
    ]
