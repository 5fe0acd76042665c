"""The relations of a family, as they ship and as an editor may get them wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.reference.files import BadDataFile
from directory.reference.relations import read_relations, relations


def test_every_kind_of_carer_has_a_relation_of_their_own() -> None:
    labels = {relation.label for relation in relations().values()}
    assert {
        "Mother",
        "Father",
        "Step-parent",
        "Foster carer",
        "Adoptive parent",
        "Kinship carer",
        "Grandparent",
        "Sister",
        "Brother",
        "Partner",
    } <= labels


def test_a_relation_reads_well_in_a_sentence() -> None:
    assert all(relation.plain.startswith("the ") for relation in relations().values())


@pytest.mark.parametrize(
    ("row", "column"),
    [("mum,Mother,the mother", "code"), ("MO,Mother,the mother", "code"), ("mo,,the mother", "label")]
    + [("mo,Mother,", "plain"), ("mo,Mother,the mother\nmo,Father,the father", "code")],
)
def test_a_wrong_line_is_refused_by_line_and_column(tmp_path: Path, row: str, column: str) -> None:
    file = tmp_path / "relations.csv"
    file.write_text(f"code,label,plain\n{row}\n", encoding="utf-8")
    with pytest.raises(BadDataFile, match=f"column {column}"):
        read_relations(file)
