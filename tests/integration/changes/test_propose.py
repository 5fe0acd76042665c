"""A proposed change: what is published at once, what waits, and what is refused whole."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from directory.actions.actor import Actor
from directory.actions.changes.apply import apply_cells, stored_cells
from directory.actions.changes.propose import Proposal, Proposed, propose
from directory.actions.changes.refused import ChangedMeanwhile, ChangeRefused
from directory.db import Database
from directory.models.listing_past import ListingPast
from directory.models.proposed_change import ProposedChange
from directory.queries.listings import listings_version
from directory.reference.hours import now_utc
from tests.accounts import make_account, make_organisation
from tests.builders import TablePlaces, make_listing

HERS = Actor(None, "service manager")


def _propose(database: Database, proposal: Proposal, by: Actor = HERS) -> Proposed:
    with database.transaction() as session:
        return propose(session, proposal, TablePlaces(), by=by, now=now_utc())


def _approved_before(database: Database, organisation_id: int, source: str = "form") -> None:
    with database.transaction() as session:
        session.add(
            ProposedChange(
                organisation_id=organisation_id, kind="edit", source=source, cells={}, base={},
                state="approved", role="service manager", made_at=now_utc(),
            )
        )  # fmt: skip


def test_a_new_number_waits_for_a_second_person_while_the_old_one_stays(either_database: Database) -> None:
    number = make_listing(either_database)
    cells = {"contact_routes": "telephone | 01632 960222 | Mo-Fr 09:00-17:00"}
    proposed = _propose(either_database, Proposal(number, None, cells))
    assert proposed.published == () and proposed.waiting == ("contact_routes",)
    with either_database.reading() as session:
        assert "960001" in stored_cells(session, number)["contact_routes"]
        change = session.get_one(ProposedChange, proposed.waiting_id)
        assert (change.state, change.base["contact_routes"][:24]) == ("waiting", "telephone | 01632 960001")


def test_small_facts_of_an_organisation_with_standing_are_published_and_the_rest_waits(
    database: Database,
) -> None:
    organisation_id, number = make_organisation(database), make_listing(database)
    _approved_before(database, organisation_id)
    before = _version(database)
    cells = {"waiting_list": "open", "waiting_weeks": "6", "url": "https://example.com"}
    proposed = _propose(database, Proposal(number, organisation_id, cells))
    assert (set(proposed.published), proposed.waiting) == ({"waiting_list", "waiting_weeks"}, ("url",))
    with database.reading() as session:
        here = stored_cells(session, number)
        assert (here["waiting_weeks"], here["url"]) == ("6", "https://www.example.org")
        acts = session.scalars(select(ListingPast.act).order_by(ListingPast.id)).all()
    assert acts == ["as it was before", "small facts changed"]
    assert _version(database) == before + 1


def test_without_standing_even_small_facts_wait(database: Database) -> None:
    organisation_id, number = make_organisation(database), make_listing(database)
    assert _propose(database, Proposal(number, organisation_id, {"waiting_weeks": "6"})).published == ()


def test_what_a_moderator_wrote_gives_an_organisation_no_standing(database: Database) -> None:
    organisation_id, number = make_organisation(database), make_listing(database)
    _approved_before(database, organisation_id, source="moderator")
    assert _propose(database, Proposal(number, organisation_id, {"waiting_weeks": "6"})).published == ()


def test_a_small_fact_that_is_wrong_without_the_rest_waits_with_it(database: Database) -> None:
    organisation_id, number = make_organisation(database), make_listing(database, only_for="deaf")
    _approved_before(database, organisation_id)
    cells = {"only_for": "", "adapted_for": "deaf"}
    proposed = _propose(database, Proposal(number, organisation_id, cells))
    assert (proposed.published, set(proposed.waiting)) == ((), set(cells))


def test_what_is_the_same_as_listed_makes_no_change(database: Database) -> None:
    number = make_listing(database)
    assert _propose(database, Proposal(number, None, {"url": "https://www.example.org"})) == Proposed(
        None, None
    )


def test_two_people_who_change_the_same_field_see_both_answers(database: Database) -> None:
    number = make_listing(database)
    with database.transaction() as session:
        cells = {"waiting_note": "about a month"}
        apply_cells(session, number, cells, TablePlaces(), act="t", role="editor", now=now_utc())
    with pytest.raises(ChangedMeanwhile) as clash:
        _propose(database, Proposal(number, None, {"waiting_note": "two months"}, base={"waiting_note": ""}))
    (found,) = clash.value.columns.values()
    assert (found.was, found.is_now, found.yours) == ("", "about a month", "two months")


@pytest.mark.parametrize(
    ("cells", "published"),
    [
        ({"before_you_call": "Ask for the duty worker."}, True),
        ({"before_you_call": "Ring 01632 960 999 instead."}, False),
        ({"referral_note": "Forms are at www.example.com"}, False),
        ({"description": "Counselling. Write to help@example.com."}, False),
        ({"waiting_note": "Closed for two weeks from 4 January 2027."}, True),
    ],
)
def test_a_number_or_an_address_in_any_words_waits_for_a_second_person(
    database: Database, cells: dict[str, str], published: bool
) -> None:
    organisation_id, number = make_organisation(database), make_listing(database)
    _approved_before(database, organisation_id)
    assert bool(_propose(database, Proposal(number, organisation_id, cells)).published) is published


@pytest.mark.parametrize(
    ("was", "becomes", "published"),
    [
        ("Write to help@example.org.", "Write to help@example.com.", False),
        ("Write to help@example.org.", "Please write to help@example.org!", True),
        ("See https://www.example.org", "See https://www.example.com", False),
        ("Ring 01632 960001.", "Ring 01632 960002.", False),
        ("Ring 01632 960001.", "Ring (01632) 960-001 first.", True),
        ("We listen.", "See example-site.com", False),
        ("We listen.", "Ring 0808/800/5000", False),
        ("We listen.", "Ring 0808,800,5000", False),
        ("We listen.", "Ring 08\u200b08 80\u200b0 50\u200b00", False),
        ("We listen.", "text HELP to 85258", False),
        ("We listen.", "Come to 12 High Street, Peterborough PE1 1QL", False),
    ],
)
def test_words_that_lead_elsewhere_than_they_did_wait(
    database: Database, was: str, becomes: str, published: bool
) -> None:
    organisation_id, number = make_organisation(database), make_listing(database, safe_contact=was)
    _approved_before(database, organisation_id)
    done = _propose(database, Proposal(number, organisation_id, {"safe_contact": becomes}))
    assert bool(done.published) is published


@pytest.mark.parametrize(
    ("was", "becomes", "standing", "published"),
    [
        ("active", "temporarily closed", False, True),
        ("temporarily closed", "active", True, True),
        ("temporarily closed", "active", False, False),
        ("active", "defunct", True, False),
        ("defunct", "active", True, False),
        ("defunct", "temporarily closed", True, False),
    ],
)
def test_closing_for_now_is_at_once_and_what_brings_a_page_back_or_takes_it_for_good_waits(
    database: Database, was: str, becomes: str, standing: bool, published: bool
) -> None:
    organisation_id, number = make_organisation(database), make_listing(database, status=was)
    if standing:
        _approved_before(database, organisation_id)
    proposed = _propose(database, Proposal(number, organisation_id, {"status": becomes}))
    assert bool(proposed.published) is published


def test_closing_until_a_day_carries_its_note_and_nothing_else_at_once(database: Database) -> None:
    number = make_listing(database)
    cells = {"status": "temporarily closed", "waiting_note": "Closed until 4 January 2027."}
    assert set(_propose(database, Proposal(number, None, cells)).published) == set(cells)
    other = make_listing(database, name="Example Service B")
    cells["waiting_note"] += " Ring somebody else."
    assert _propose(database, Proposal(other, None, cells)).published == ()


def test_a_stored_text_that_a_spreadsheet_would_run_does_not_stop_later_changes(database: Database) -> None:
    number = make_listing(database, waiting_note="'+ 2 weeks at Christmas")
    proposed = _propose(database, Proposal(number, None, {"url": "https://example.com"}))
    assert proposed.waiting == ("url",)
    with database.transaction() as session:
        cells = {"waiting_weeks": "3"}
        apply_cells(session, number, cells, TablePlaces(), act="t", role="editor", now=now_utc())
    with database.reading() as session:
        assert stored_cells(session, number)["waiting_note"] == "+ 2 weeks at Christmas"


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"url": "javascript:alert(1)"}, "url"),
        ({"waiting_weeks": "many"}, "waiting_weeks"),
        ({"description": "=HYPERLINK(1)"}, "description"),
        ({"coverage": "Atlantis"}, "coverage"),
        ({"minimum_age": "30", "maximum_age": "20"}, "minimum_age"),
        ({"listing": "needs checking"}, "listing"),
        ({"id": "7"}, "id"),
        ({"last_confirmed": "2026-11-01"}, "last_confirmed"),
    ],
)
def test_what_cannot_be_listed_is_refused_and_nothing_is_stored(
    database: Database, cells: dict[str, str], column: str
) -> None:
    number = make_listing(database)
    with pytest.raises(ChangeRefused) as refused:
        _propose(database, Proposal(number, None, cells))
    assert [one.column for one in refused.value.problems] == [column]
    with database.reading() as session:
        assert session.scalars(select(ProposedChange.id)).all() == []


def test_the_log_of_acts_keeps_what_was_done_and_loses_only_the_person(either_database: Database) -> None:
    from directory.models.audit import AuditEntry

    account_id = make_account(either_database)
    number = make_listing(either_database)
    _propose(either_database, Proposal(number, None, {"waiting_weeks": "6"}), Actor(account_id, "manager"))
    for spoil in ({"act": "nothing"}, {"role": ""}, {"details": {}}):
        with (
            pytest.raises(Exception, match="stays as it was written"),
            either_database.transaction() as session,
        ):
            (entry,) = session.scalars(select(AuditEntry))
            for name, value in spoil.items():
                setattr(entry, name, value)
    with (
        pytest.raises(Exception, match="not deleted|stays as it was"),
        either_database.transaction() as session,
    ):
        session.delete(session.scalars(select(AuditEntry)).one())
    with either_database.transaction() as session:
        session.scalars(select(AuditEntry)).one().account_id = None
    with either_database.reading() as session:
        assert session.scalars(select(AuditEntry)).one().act == "propose change"


def _version(database: Database) -> int:
    with database.reading() as session:
        return listings_version(session)
