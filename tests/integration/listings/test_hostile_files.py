"""Files and cells that are broken, careless or meant to harm: a clear answer each, and nothing changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.actions.listing_row import COLUMN_NAMES
from directory.db import Database
from directory.queries.listings import index_listings
from tests.builders import import_file, import_rows, make_listing, make_row, write_file

HEADER = ",".join(COLUMN_NAMES)

BAD_CELLS: list[tuple[str, str, str]] = [
    ("id", "0", "whole number from 1"),
    ("id", "-4", "formula"),
    ("id", "１２", "whole number"),
    ("id", "99999999999999999999", "whole number"),
    ("organisation", "  ", "blank"),
    ("name", "A" * 201, "Shorten"),
    ("name", "=1+1", "formula"),
    ("name", "@SUM(A1)", "formula"),
    ("description", '=HYPERLINK("https://example.org","x")', "apostrophe"),
    ("description", "+441632960001", "formula"),
    ("description", "＝1+1", "formula"),
    ("description", "x" * 9_000, "Shorten"),
    ("description", "bad \x07 bell", "cannot be seen"),
    ("description", "gro.elpmaxe \u202e", "cannot be seen"),
    ("status", "open", "one of: active, inactive"),
    ("listing", "", "blank"),
    ("groups", "G4;G4?", "twice"),
    ("groups", "G12", "one of: G1, G2"),
    ("support_types", "G4.99", "codes"),
    ("support_types", "G2.7;G4.6", "G2"),
    ("source_types", "magic", "codes"),
    ("forms_of_abuse", "online?", "one of"),
    ("minimum_age", "4.5", "whole number"),
    ("minimum_age", "121", "0 to 120"),
    ("modes", "by pigeon", "in-person, remote"),
    ("coverage", "Atlantis", "coverage_names.csv"),
    ("coverage", "Peterborough;<script>alert(1)</script>", "coverage_names.csv"),
    ("locations", "exact | Peterborough", "full postcode"),
    ("locations", "exact | Peterborough | ZZ99 9ZZ", "no place for this postcode"),
    ("locations", "town | Huntingdon | PE28 9AA", "must not carry a postcode"),
    ("locations", "town | Newport", "Newport, Isle of Wight"),
    ("locations", "town | Nowhere-on-Sea", "no town"),
    ("locations", "town", "needs its town"),
    ("locations", "moon | Peterborough", "exact, town"),
    ("locations", "town | a | | b | c", "four parts"),
    ("locations", "\n".join(["town | Huntingdon"] * 51), "Keep it to 50"),
    ("contact_routes", "telephone", "how to use it"),
    ("contact_routes", "telephone | ring us", "telephone number"),
    ("contact_routes", "telegram | 01632 960001", "one of: telephone"),
    ("contact_routes", "email | not an address", "email"),
    ("contact_routes", "form | javascript:alert(1)", "https://"),
    ("contact_routes", "form | https://user:p@evil.org", "web address"),
    ("contact_routes", "web chat | https://example.org\\@evil.org", "web address"),
    ("contact_routes", "BSL video | http://localhost/", "web address"),
    ("contact_routes", "form | https://example.org:99999/", "web address"),
    ("contact_routes", "form | https://@evil.org/", "web address"),
    ("contact_routes", "web chat | https://example.org/'onclick='x", "web address"),
    ("contact_routes", "walk-in | https://evil.org/", "in words"),
    ("contact_routes", "walk-in | HTTPS://evil.org/", "in words"),
    ("contact_routes", "walk-in | javascript:alert(1)", "in words"),
    ("contact_routes", "telephone | 01632 960001 | whenever", "whenever"),
    ("url", "javascript:alert(1)", "web address"),
    ("url", "https://user:secret@example.org", "web address"),
    ("url", "https://example.org/\" onclick=\"x", "web address"),
    ("url", "data:text/html,x", "web address"),
    ("url", "https://[::1", "web address"),
    ("url", "www.example.org", "in full"),
    ("source_url", "https://example.org file:///etc/passwd", "web address"),
    ("free_to_person", "maybe", "yes or no"),
    ("languages", "klingon", "codes"),
    ("waiting_weeks", "about six", "whole number"),
    ("waiting_as_at", "2025-13", "date"),
    ("inclusion", "included: my profile", "first profile"),
    ("inclusion_evidence", "free | perhaps | x", "yes, no, not known"),
    ("source_date", "21/11/2025", "2025-11-21"),
    ("seen_on", "2025-11", "year, month, day"),
    ("seen_on", "2025-02-30", "date"),
    ("last_confirmed", "2026-01-01", "confirmed_by"),
    ("only_for", "deaf", "only_for"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "cell", "answer"), BAD_CELLS)
def test_a_bad_cell_is_named_with_its_line_value_and_remedy(
    column: str, cell: str, answer: str, database: Database, tmp_path: Path
) -> None:
    bad = make_row(adapted_for="deaf") | {column: cell}
    report = import_rows(database, tmp_path / "a.csv", make_row(), bad)
    assert report.problems and not report.written
    told = "\n".join(str(problem) for problem in report.problems)
    assert told.startswith("line 3") and answer in told, told
    assert "\x07" not in told and len(told) < 1000
    with database.reading() as session:
        assert index_listings(session) == []


def test_every_problem_of_a_file_is_told_at_once(database: Database, tmp_path: Path) -> None:
    rows = [make_row(minimum_age="x", url="y"), make_row(), make_row(coverage="z;w", seen_on="v")]
    report = import_rows(database, tmp_path / "a.csv", *rows)
    assert [(problem.line, problem.column) for problem in report.problems] == [
        (2, "minimum_age"), (2, "url"), (4, "seen_on")
    ]  # fmt: skip
    rows[2]["seen_on"] = ""
    report = import_rows(database, tmp_path / "a.csv", *rows)
    assert [problem.value for problem in report.problems][2:] == ["z", "w"]


def test_a_row_after_a_cell_of_many_lines_is_named_by_its_own_first_line(
    database: Database, tmp_path: Path
) -> None:
    first = make_row(contact_routes="email | a@example.org\nemail | b@example.org\nemail | c@example.org")
    report = import_rows(database, tmp_path / "a.csv", first, make_row(url="x"))
    assert report.problems[0].line == 5


BAD_FILES: list[tuple[bytes, int, str]] = [
    (b"", 1, "empty"),
    (b"\n\n", 1, "empty"),
    (b"id,name\n1,x\n", 1, "missing: organisation"),
    (HEADER.replace("organisation,", "organization,").encode(), 1, "organisation for ‘organization’"),
    (f"{HEADER},rating\n".encode(), 1, "not ours: ‘rating’"),
    (f"{HEADER},name\n".encode(), 1, "twice: ‘name’"),
    (HEADER.replace(",", ";").encode(), 1, "semicolons"),
    (HEADER.replace(",", "\t").encode(), 1, "tabs"),
    (f"{HEADER}\n1,x\n".encode(), 2, "2 cells"),
    (f"{HEADER}\n{',' * 80}x\n".encode(), 2, "81 cells"),
    (f"{HEADER}\n1,Caf\xe9 Example\n".encode("cp1252"), 2, "Windows-1252"),
    (f"{HEADER}\n1,It\x92s\n".encode("latin-1"), 2, "‘1,It’s’"),
    (HEADER.encode("utf-16"), 1, "UTF-16"),
    (f"{HEADER}\n1,a\x00b\n".encode(), 2, "NUL"),
    (f'{HEADER}\n1,"never closed\n'.encode(), 2, "cannot be read"),
    (f'{HEADER}\n1,"closed" too early,x\n'.encode(), 2, "cannot be read"),
    (f"{HEADER}\n1,{'x' * 1_100_000}\n".encode(), 2, "longer than"),
    (f"{HEADER}\n1,{'x' * 200_000}\n".encode(), 2, "cannot be read"),
    (b"PK\x03\x04\x14\x00\x06\x00", 1, "NUL"),
]


@pytest.mark.parametrize(("content", "line", "answer"), BAD_FILES)
def test_a_file_that_cannot_be_read_gets_a_clear_answer(
    content: bytes, line: int, answer: str, database: Database, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    for skip_bad in (False, True):
        report = import_file(database, tmp_path / "a.csv", skip_bad=skip_bad)
        assert (report.problems[0].line, report.added) == (line, 0)
        assert answer in str(report.problems[0]), str(report.problems[0])


def test_a_file_that_breaks_off_changes_nothing_even_when_bad_rows_may_be_skipped(
    database: Database, tmp_path: Path
) -> None:
    path = write_file(tmp_path / "a.csv", [make_row()])
    path.write_bytes(path.read_bytes() + b"1,Caf\xe9\n")
    report = import_file(database, path, skip_bad=True)
    assert report.whole_file_refused and not report.written
    with database.reading() as session:
        assert index_listings(session) == []


def test_two_rows_with_one_id_are_a_problem(database: Database, tmp_path: Path) -> None:
    report = import_rows(database, tmp_path / "a.csv", make_row(id=3), make_row(id=3))
    assert "Line 2 has this id already" in str(report.problems[0])


def test_an_id_is_never_given_to_another_service(database: Database, tmp_path: Path) -> None:
    import_rows(database, tmp_path / "a.csv", make_row(id=3))
    other = make_row(id=3, organisation="Example Other", name="Example Service Z")
    report = import_rows(database, tmp_path / "b.csv", other)
    assert "3 is ‘Example Service A’ of ‘Example Organisation’" in str(report.problems[0])


def test_a_row_without_an_id_is_not_listed_a_second_time(database: Database, tmp_path: Path) -> None:
    number = make_listing(database, name="Example Service Q")
    report = import_rows(database, tmp_path / "a.csv", make_row(id="", name="example  service q"))
    assert f"listed already, under {number}" in str(report.problems[0])
    twice = [make_row(id="", name="Example Service R"), make_row(id="", name="Example Service R")]
    assert "Line 2 holds" in str(import_rows(database, tmp_path / "b.csv", *twice).problems[0])


def test_a_file_cannot_confirm_a_listing(database: Database, tmp_path: Path) -> None:
    row = make_row(id=3)
    import_rows(database, tmp_path / "a.csv", row)
    claimed = row | {"last_confirmed": "2026-11-01", "confirmed_by": "manager"}
    report = import_rows(database, tmp_path / "b.csv", claimed)
    assert "flask listings confirm 3 --by ROLE --on 2026-11-01" in str(report.problems[0])


def test_columns_may_stand_in_any_order(database: Database, tmp_path: Path) -> None:
    row = make_row(id=1)
    names = list(reversed(COLUMN_NAMES))
    cells = ",".join(f'"{row[name]}"' for name in names)
    (tmp_path / "a.csv").write_text(f"{','.join(names)}\n{cells}\n", encoding="utf-8")
    assert import_file(database, tmp_path / "a.csv").added == 1
