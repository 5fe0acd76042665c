"""Whatever an import makes of a listing stands in its history, and each version can be brought back."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from directory.actions.changes.apply import stored_cells
from directory.actions.changes.decide import Approval
from directory.actions.changes.restore import restore
from directory.actions.changes.review import review
from directory.actions.changes.verify import Check
from directory.db import Database
from directory.models.listing_past import ListingPast
from directory.queries.history import versions
from directory.reference.hours import now_utc
from tests.accounts import make_account
from tests.builders import TablePlaces, import_rows, make_row
from tests.integration.moderation.changes import moderator, try_approve


def test_each_of_three_imports_is_a_version_and_an_import_that_changes_nothing_is_none(
    either_database: Database, tmp_path: Path
) -> None:
    for weeks in ("4", "5", "5", "6"):
        row = make_row(id=1, waiting_list="open", waiting_weeks=weeks)
        import_rows(either_database, tmp_path / "our services.csv", row)
    with either_database.reading() as session:
        found = [(one.act, one.role, one.changed.get("waiting_weeks")) for one in versions(session, 1)]
    who = "import of our services.csv"
    assert found == [
        ("imported from a file", who, ("5", "6")),
        ("imported from a file", who, ("4", "5")),
        ("as it was before", "", None),
    ]


def test_a_wrong_import_is_undone_from_the_history_whatever_it_changed(
    either_database: Database, tmp_path: Path
) -> None:
    right = make_row(id=1)
    import_rows(either_database, tmp_path / "a.csv", right)
    wrong = {
        "listing": "needs checking", "listing_reason": "A slip.", "url": "https://www.example.net",
        "source_name": "another place", "seen_on": "2026-11-22", "waiting_weeks": "9",
    }  # fmt: skip
    import_rows(either_database, tmp_path / "a.csv", right | wrong)
    with either_database.reading() as session:
        assert stored_cells(session, 1)["listing"] == "needs checking"
        first = session.scalars(select(ListingPast.id).order_by(ListingPast.id)).first()
    one, two = (make_account(either_database, roles=["moderator"]) for _each in range(2))
    with either_database.transaction() as session:
        asked = restore(session, first or 0, TablePlaces(), by=moderator(one), now=now_utc())
    assert asked.waiting_id is not None
    with either_database.transaction() as session:
        channels = review(session, asked.waiting_id, TablePlaces()).channels
    checks = [Check("url", channels[0].channel, channels[0].value)]
    try_approve(either_database, asked.waiting_id, Approval(checks=checks), two)
    with either_database.reading() as session:
        here = stored_cells(session, 1)
    assert {name: here[name] for name in wanted_of(right)} == wanted_of(right)


def test_what_a_moderator_puts_back_at_once_takes_the_day_of_its_source_with_it(
    database: Database, tmp_path: Path
) -> None:
    row = make_row(id=1, waiting_weeks="4")
    import_rows(database, tmp_path / "a.csv", row)
    import_rows(database, tmp_path / "a.csv", row | {"waiting_weeks": "40", "seen_on": "2026-11-22"})
    by = moderator(make_account(database, roles=["moderator"]))
    with database.transaction() as session:
        first = session.scalars(select(ListingPast.id).order_by(ListingPast.id)).first()
        done = restore(session, first or 0, TablePlaces(), by=by, now=now_utc())
        here = stored_cells(session, 1)
    assert done.published_id is not None and (here["waiting_weeks"], here["seen_on"]) == ("4", "2026-11-21")


def wanted_of(row: dict[str, str]) -> dict[str, str]:
    """What a restore can bring back: all but the number and the confirmation."""
    return {name: cell for name, cell in row.items() if name not in {"id", "last_confirmed", "confirmed_by"}}
