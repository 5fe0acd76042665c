"""Whether a new service is listed: the questions of a profile, one by one, and what follows from the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from directory.actions.changes.apply import problem_of
from directory.actions.changes.refused import ChangeRefused
from directory.actions.lines import Evidence, write_evidence
from directory.actions.problem import Problem
from directory.actions.said_words import ONLY_IN_A_LISTING
from directory.reference.case_data import case_data_in
from directory.reference.ways_in_words import way_in

BOTH = (
    "affected-people",
    "wellbeing",
    "free",
    "lives-here",
    "specific",
    "not-general-statutory",
    "not-medical-only",
    "not-other-forms-only",
)
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "first profile": (*BOTH, "not-prevention-only"),
    "wider profile": (*BOTH, "direct-help"),
}
"""Profile → its criteria, in the order in which they are asked. The wider one is for groups G5 to G9."""

ANSWERS = ("yes", "no", "not known")
EVIDENCE_LENGTH_MAX = 300


@dataclass(frozen=True, slots=True)
class Inclusion:
    """What a moderator found. profile: which rules. answers: criterion → ('yes', 'no' or 'not known', evidence)."""

    profile: str
    answers: Mapping[str, tuple[str, str]]


def inclusion_cells(found: Inclusion, today: date) -> dict[str, str]:
    """The columns of a service that is included. Raises ChangeRefused unless every question is answered with 'yes'.

    Each 'yes' needs its evidence: whoever reads the listing's page sees it.
    """
    problems = inclusion_problems(found)
    if problems:
        raise ChangeRefused(problems)
    lines = [
        write_evidence(Evidence(name, "yes", " ".join(found.answers[name][1].split()), today.isoformat()))
        for name in QUESTIONS[found.profile]
    ]
    return {
        "listing": "listed",
        "listing_reason": "",
        "inclusion": f"included: {found.profile}",
        "inclusion_evidence": "\n".join(lines),
    }


def inclusion_problems(found: Inclusion) -> Sequence[Problem]:
    """What stands against including it, question by question; empty where nothing does."""
    if found.profile not in QUESTIONS:
        return [problem_of("profile", found.profile, "No rules were chosen.", "Choose the profile.")]
    problems = []
    for name in QUESTIONS[found.profile]:
        answer, evidence = found.answers.get(name, ("", ""))
        if answer not in ANSWERS:
            problems.append(problem_of(name, answer, "This question has no answer.", "Answer it."))
        elif answer != "yes":
            problems.append(
                problem_of(
                    name, answer, "It is not included while this is not a yes.", "Send it back, or refuse it."
                )
            )
        elif not evidence.strip() or len(evidence) > EVIDENCE_LENGTH_MAX or "|" in evidence:
            problems.append(
                problem_of(
                    name,
                    "",
                    "A yes needs its evidence.",
                    f"Say where it says so, in up to {EVIDENCE_LENGTH_MAX} letters, without |.",
                )
            )
        elif found_in := case_data_in(evidence):
            problems.append(
                problem_of(
                    name,
                    "",
                    f"This looks as if it held {found_in}, and anyone can read it.",
                    "Write nothing about a person or a case.",
                )
            )
        elif way := way_in(evidence):
            # It stands on the public page, and nobody but its writer has looked at it.
            problems.append(problem_of(name, "", f"Leave out {way}: anyone can read it.", ONLY_IN_A_LISTING))
    return problems
