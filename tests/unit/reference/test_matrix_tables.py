"""Groups, support types and the way from general words to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.reference.files import DATA, BadDataFile, read_rows
from directory.reference.groups import groups, read_groups, shown_as, shown_groups
from directory.reference.mapping import (
    GROUPS_OF_SOURCE_GROUP,
    kinds_of,
    read_mapping,
    support_types_for,
    type_mapping,
)
from directory.reference.support_types import read_support_types, support_types
from directory.reference.terms import read_terms, terms

SOURCE_TYPES = (
    "helpline online_chat counselling peer_support group_work information family_work hsb_assessment "
    "hsb_intervention isva_advocacy chisva forensic_medical_sarc legal_process_support psychoeducation "
    "offending_prevention therapeutic_residential"
).split()


def test_nine_groups_are_stored_and_six_are_shown() -> None:
    assert list(groups()) == [f"G{number}" for number in range(1, 10)]
    assert len(shown_groups()) == 6
    assert shown_as(groups()) == set(shown_groups())
    assert shown_as(["G1", "G2"]) == {"children"}
    assert shown_as(["G7", "G9"]) == {"at-risk", "families"}


def test_the_matrix_has_75_rows_of_known_groups_and_kinds() -> None:
    assert len(support_types()) == 75
    assert {row.group for row in support_types().values()} == set(groups())
    assert {row.kind for row in support_types().values()} == set(terms("kind"))
    assert len(terms("kind")) == 12


def test_rows_of_a_group_are_numbered_without_gaps() -> None:
    for group in groups():
        numbers = [int(code.split(".")[1]) for code, row in support_types().items() if row.group == group]
        assert numbers == list(range(1, len(numbers) + 1))


def test_every_row_names_a_source_that_a_reader_can_find() -> None:
    for row in support_types().values():
        assert "http" in row.source or "section" in row.source or "(" in row.source, row.code


def test_every_pair_of_general_words_was_looked_at() -> None:
    assert set(type_mapping()) == {(kind, group) for kind in SOURCE_TYPES for group in GROUPS_OF_SOURCE_GROUP}


def test_each_step_stays_within_its_group() -> None:
    for (_, source_group), steps in type_mapping().items():
        for step in steps:
            assert support_types()[step.support_type].group in GROUPS_OF_SOURCE_GROUP[source_group]


def test_information_alone_leads_to_information_rows_only() -> None:
    for source_group in GROUPS_OF_SOURCE_GROUP:
        for code in support_types_for(["information"], [source_group]):
            assert support_types()[code].kind == "information"


def test_two_groups_behind_one_word_are_never_both_certain() -> None:
    for steps in type_mapping().values():
        certain = {support_types()[step.support_type].group for step in steps if step.certainty == "certain"}
        assert len(certain) <= 1


def test_counselling_for_children_is_one_to_one_therapy() -> None:
    assert support_types_for(["counselling"], ["children"]) == {"G2.7": "certain"}


def test_what_may_be_for_another_group_of_the_row_is_possible_until_it_is_the_only_one() -> None:
    both = support_types_for(["counselling"], ["children", "parents"])
    assert both == {"G2.7": "certain", "G3.4": "possible"}
    assert support_types_for(["counselling"], ["parents"]) == {"G3.4": "certain"}


def test_certain_wins_over_possible() -> None:
    found = support_types_for(["isva_advocacy", "chisva"], ["children", "adult_survivors"])
    assert found["G2.4"] == "certain"
    assert found["G4.4"] == "certain"


def test_families_of_people_who_have_offended_are_families_of_adults() -> None:
    for source_type in SOURCE_TYPES:
        found = support_types_for([source_type], ["families_of_people_who_have_offended"])
        assert all(code.startswith("G9.") for code in found)


def test_a_pair_that_makes_no_sense_leads_to_nothing() -> None:
    assert support_types_for(["therapeutic_residential"], ["adult_survivors"]) == {}


def test_a_word_that_was_never_looked_at_is_refused() -> None:
    with pytest.raises(KeyError):
        support_types_for(["astrology"], ["children"])


def test_kinds_follow_from_support_types_and_certain_wins() -> None:
    assert kinds_of({"G2.7": "certain", "G2.9": "possible", "G2.8": "possible"}) == {
        "therapy": "certain",
        "peer-support": "possible",
    }


def test_terms_of_a_taxonomy_are_told_apart_by_label() -> None:
    for taxonomy in ("kind", "form", "specialism", "mode", "referral", "route", "access", "sector", "age"):
        labels = [term.label for term in terms(taxonomy).values()]
        assert len(labels) == len(set(labels)) > 1


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = write(tmp_path / "terms.csv", "\ufefftaxonomy,code,label,plain,note\nkind,a,A,A,\n")
    assert list(read_terms(path)["kind"]) == ["a"]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("taxonomy,code,label,plain\nkind,a,A,A\n", 1, "note"),
        ("taxonomy,code,label,plain,note\nkind,a,,A,\n", 2, "label"),
        ("taxonomy,code,label,plain,note\nkind,a,A,A,\nkind,a,B,B,\n", 3, "code"),
        ("taxonomy,code,label,plain,note\nkind,a\n", 2, "taxonomy"),
        ("taxonomy,code,label,plain,note\nkind,a,A,A,,extra\n", 2, "taxonomy"),
    ],
)
def test_wrong_terms_are_refused_by_line_and_column(
    tmp_path: Path, text: str, line: int, column: str
) -> None:
    with pytest.raises(BadDataFile) as caught:
        read_terms(write(tmp_path / "terms.csv", text))
    assert (caught.value.line, caught.value.column) == (line, column)
    assert "terms.csv" in str(caught.value)


def test_a_group_that_is_shown_as_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadDataFile, match="shown_as"):
        read_groups(write(tmp_path / "groups.csv", "code,shown_as,label,plain\nG1,pets,A,A\n"), ["children"])


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("G1.1,G2,A,A,universal,x,therapy,remote,listings,,x,1,2026-11-26", "code"),
        ("G1.1,G1,A,A,sometimes,x,therapy,remote,listings,,x,1,2026-11-26", "level"),
        ("G1.1,G1,A,A,universal,x,magic,remote,listings,,x,1,2026-11-26", "kind"),
        ("G1.1,G1,A,A,universal,x,therapy,remote,listings,,,1,2026-11-26", "source"),
        ("G1.1,G9,A,A,universal,x,therapy,remote,listings,,x,1,2026-11-26", "group"),
        ("G1.1,G1,A,A,universal,x,therapy,,listings,,x,1,2026-11-26", "modes"),
        ("G1.1,G1,A,A,universal,x,therapy,remote,,,x,1,2026-11-26", "filled_by"),
        ("G1.1,G1,A,A,universal,x,therapy,remote,listings;anyone,,x,1,2026-11-26", "filled_by"),
        ("G1.1,G1,A,A,universal,x,therapy,remote,listings,G9.99,x,1,2026-11-26", "fills"),
        ("G1.1,G1,A,A,universal,x,therapy,remote,listings,G1.1,x,1,2026-11-26", "fills"),
        ("G1.1,G1,A,A,universal,x,therapy,remote,listings,,x,0,2026-11-26", "version"),
        ("G1.1,G1,A,A,universal,x,therapy,remote,listings,,x,1,yesterday", "changed_on"),
    ],
)
def test_a_wrong_support_type_is_refused(tmp_path: Path, cells: str, column: str) -> None:
    header = (
        "code,group,label,definition,level,usual_commissioner,kind,modes,filled_by,fills,source,version,"
        "changed_on\n"
    )
    with pytest.raises(BadDataFile) as caught:
        read_support_types(write(tmp_path / "support_types.csv", header + cells), ["G1", "G2"], ["therapy"])
    assert caught.value.column == column


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("counselling,children,G4.6,certain,Because,", "support_type"),
        ("counselling,children,G2.99,certain,Because,", "support_type"),
        ("counselling,children,G2.7,surely,Because,", "certainty"),
        ("counselling,children,G2.7,certain,,", "reason"),
        ("counselling,pets,G2.7,certain,Because,", "source_group"),
        ("counselling,children,,certain,Because,", "support_type"),
        ("counselling,children,,,Because,\ncounselling,children,G2.7,certain,Because,", "support_type"),
        ("counselling,children,G2.7,certain,Because,perhaps", "certain_if_only_group"),
    ],
)
def test_a_wrong_step_is_refused(tmp_path: Path, cells: str, column: str) -> None:
    header = "source_type,source_group,support_type,certainty,reason,certain_if_only_group\n"
    with pytest.raises(BadDataFile) as caught:
        read_mapping(write(tmp_path / "type_mapping.csv", header + cells + "\n"), support_types())
    assert caught.value.column == column


def test_no_label_stands_in_two_tables_with_two_spellings() -> None:
    """A shown group has the same label wherever a visitor meets it."""
    for row in read_rows(DATA / "terms.csv", ("taxonomy",)):
        if row["taxonomy"] == "help_for" and row["code"] in shown_groups():
            assert row["label"] == shown_groups()[row["code"]].label


def test_the_duties_of_everyday_services_are_filled_by_statement_alone() -> None:
    for code in ("G2.1", "G3.3", "G4.1", "G4.10", "G5.1", "G8.5"):
        assert "listings" not in support_types()[code].filled_by, code


def test_one_place_for_everything_fills_the_six_types_it_gives() -> None:
    assert support_types()["G2.14"].fills == ("G2.3", "G2.4", "G2.5", "G2.6", "G2.7", "G2.11")
