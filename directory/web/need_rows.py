"""The face of unmet need as a page shows it: rows of words, one for each group and each support type."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from directory.matrix.need_face import GroupNeed, NeedFace
from directory.reference.groups import groups
from directory.reference.need_assumptions import Uptake
from directory.reference.need_rates import NeedRate, need_rates, shown_measures
from directory.reference.support_types import support_types
from directory.web.need_words import (
    assumption_words,
    estimated_words,
    per_service_words,
    places_words,
    seekers_words,
    type_words,
    unmet_words,
)
from directory.web.words import translated


@dataclass(frozen=True, slots=True)
class RateRow:
    """Where an estimate comes from: its definition, ages, year, source and what to beware of."""

    definition: str
    ages: str
    year: str
    kind: str
    source_name: str
    source_urls: tuple[str, ...]
    cautions: tuple[str, ...]
    uptake_source: str
    uptake_urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group: every cell in words. counted: what is counted, which is narrower than the group's name."""

    code: str
    name: str
    counted: str
    estimated: str
    seekers: str
    assumption: str
    places: str
    unmet: str
    per_service: str
    rate: RateRow


@dataclass(frozen=True, slots=True)
class TypeRow:
    """One support type: numbers, or for how many services capacity is not known."""

    code: str
    name: str
    places: str
    unmet: str


@dataclass(frozen=True, slots=True)
class TypesOfGroup:
    """The support types of one group."""

    code: str
    name: str
    rows: tuple[TypeRow, ...]


def group_rows(face: NeedFace) -> tuple[GroupRow, ...]:
    """G1 to G9."""
    measures = shown_measures(need_rates())
    return tuple(
        _group_row(group, measures[code][0], face.has_whole_nation) for code, group in face.groups.items()
    )


def _group_row(group: GroupNeed, rate: NeedRate, has_whole_nation: bool) -> GroupRow:
    return GroupRow(
        code=group.group,
        name=translated(groups()[group.group].label),
        counted=translated(rate.label),
        estimated=estimated_words(group.estimate)
        if group.estimate
        else str(_("not shown here: only an upper bound for the United Kingdom is published")),
        seekers=seekers_words(group),
        assumption=assumption_words(group),
        places=places_words(group.places),
        unmet=unmet_words(group.unmet),
        per_service=per_service_words(
            group.per_service, group.local, group.national, is_whole_nation=has_whole_nation
        ),
        rate=RateRow(
            definition=translated(rate.definition),
            ages=translated(rate.age_band),
            year=translated(rate.reference_year),
            kind=str(_("published") if rate.kind == "published" else _("rests on an assumption of ours")),
            source_name=rate.source_name,
            source_urls=rate.source_urls,
            cautions=(translated(rate.caution), *_cautions_of_uptake(group.uptake, rate)),
            uptake_source="" if group.uptake.is_yours else group.uptake.source_name,
            uptake_urls=() if group.uptake.is_yours else group.uptake.source_urls,
        ),
    )


def _cautions_of_uptake(uptake: Uptake, rate: NeedRate) -> tuple[str, ...]:
    """Ours speaks of our own percentage and years: it is left out where the reader's stand in their place."""
    is_theirs = uptake.is_yours or (uptake.years_are_yours and rate.per == "life")
    return () if is_theirs else (translated(uptake.caution),)


def type_rows(face: NeedFace) -> tuple[TypesOfGroup, ...]:
    """All support types by group, in the order of the matrix."""
    return tuple(
        TypesOfGroup(
            code,
            translated(groups()[code].label),
            tuple(
                TypeRow(
                    one.support_type,
                    translated(support_types()[one.support_type].label),
                    places_words(one.places),
                    type_words(one),
                )
                for one in face.types.values()
                if support_types()[one.support_type].group == code
            ),
        )
        for code in face.groups
    )
