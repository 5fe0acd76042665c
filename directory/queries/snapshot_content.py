"""A world of the matrix turned into what a snapshot holds, and back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache

from directory.geo.pack import current_stamp
from directory.matrix.areas import Areas
from directory.matrix.snapshot import FORM, KeptDecision, Labels, SnapshotContent, kept
from directory.matrix.types import Mode, State
from directory.queries.current_matrix import MatrixWorld, cell_types_of, delivery_models_of, world_of
from directory.reference.files import DATA
from directory.reference.groups import groups
from directory.reference.support_types import support_types
from directory.reference.terms import terms
from directory.reference.welsh_leads import welsh_leads
from directory.tables_of_day import of_the_tables, table_text

TAXONOMIES = ("matrix_state", "cell_test", "filled_by", "area_kind", "body", "mode")
WELSH_LEADS = "welsh_lead"
"""Kept beside the taxonomies: who would usually pay or provide in Wales, by who would in England."""

FIGURES_REST_ON = (
    "access_bands.csv",
    "areas.csv",
    "duty_scope.csv",
    "gap_rules.csv",
    "groups.csv",
    "identification.csv",
    "need_assumptions.csv",
    "need_rates.csv",
    "priority_weights.csv",
    "support_types.csv",
    "terms.csv",
)
"""The data files of which a snapshot keeps the text, for gaps, need and access are worked out of them."""

TABLES = (*FIGURES_REST_ON, "named_areas.csv", "welsh_leads.csv")
"""The data files that shape the matrix and what stands beside it."""

_STATES = tuple(State)


@of_the_tables
def labels_now() -> Labels:
    """The words of the tables that ship."""
    return Labels(
        support_types(),
        {one.code: one.label for one in groups().values()},
        {name: {code: term.label for code, term in terms(name).items()} for name in TAXONOMIES}
        | {WELSH_LEADS: {english: lead.welsh for english, lead in welsh_leads().items()}},
    )


@cache
def table_fingerprints() -> dict[str, str]:
    """Data file → the beginning of its SHA-256."""
    return {name: hashlib.sha256((DATA / name).read_bytes()).hexdigest()[:16] for name in TABLES}


@of_the_tables
def table_texts() -> Mapping[str, str]:
    """Data file → its text, of those that figures rest on."""
    return {name: table_text(DATA / name) for name in FIGURES_REST_ON}


def content_of(
    world: MatrixWorld, decisions: Mapping[str, Mapping[str, tuple[KeptDecision, ...]]] | None = None
) -> SnapshotContent:
    """What a snapshot of today's world holds. decisions: see SnapshotContent."""
    labels = labels_now()
    return SnapshotContent(
        form=FORM,
        rules=world.rules,
        versions=world.versions,
        services=world.services,
        statements=world.statements,
        named_areas=tuple(area.named for area in world.areas if area.named is not None),
        authorities=tuple(kept(one) for one in world.areas.authorities.values()),
        support_types=tuple(labels.types.values()),
        groups=tuple(labels.groups.items()),
        terms=labels.terms,
        tables=table_fingerprints(),
        states=digits_of(world),
        texts=table_texts(),
        postcodes=current_stamp(),
        decisions=decisions or {},
    )


def digits_of(world: MatrixWorld) -> dict[str, str]:
    """Authority → a digit for each half cell; see SnapshotContent."""
    return {
        authority: "".join(
            str(_STATES.index(world.states.state(authority, code, mode)))
            for code in world.types
            for mode in Mode
        )
        for authority in world.areas.authorities
    }


def world_again(content: SnapshotContent) -> MatrixWorld:
    """The world of a snapshot, from nothing but the snapshot."""
    types = cell_types_of(content.support_types)
    where = Areas(content.authorities, content.named_areas, on=content.rules.today)
    return world_of(
        content.versions,
        content.rules,
        where,
        content.services,
        content.statements,
        types,
        delivery_models_of(content.support_types),
    )
