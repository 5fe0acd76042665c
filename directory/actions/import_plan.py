"""What a file would change: rows checked, compared with what is stored, and sorted, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.actions.derived import Derived, columns_that_differ, derived_from, stored_derived
from directory.actions.held_row import without_held
from directory.actions.import_report import Kept
from directory.actions.listing_file import FileRow
from directory.actions.listing_history import COMPARED
from directory.actions.listing_row import ListingRow, read_row, write_row
from directory.actions.problem import Problem
from directory.actions.resolve import Resolved, Resolver, confidential, with_derived_codes
from directory.actions.stored_rows import BATCH, stored_rows, without_confidential_places
from directory.models.import_record import ImportRecord
from directory.models.organisation import Organisation
from directory.models.service import Service
from directory.queries.holds import NOTHING_HELD, HeldValues, holds_of_services


@dataclass(frozen=True, slots=True)
class Change:
    """A stored service as it will be: columns are those that change, cells what the record will hold.

    before, after: every cell as it is stored until then, and from then on, for the history.

    A column also counts where its cell stays and what follows from it changes, as the rule does.
    """

    resolved: Resolved
    columns: tuple[str, ...]
    cells: dict[str, str]
    before: dict[str, str]
    after: dict[str, str]


@dataclass(slots=True)
class Batch:
    """What some rows of the file come to. new: (line, row); its id is None where the file gives none."""

    new: list[tuple[int, Resolved]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    kept: list[Kept] = field(default_factory=list)
    bad: list[tuple[FileRow, list[Problem]]] = field(default_factory=list)


class Known:
    """Which services are stored, by id and by name; and which ids and names the file has shown so far."""

    def __init__(self, session: Session) -> None:
        query = select(Service.id, Organisation.name, Service.name).join(Organisation)
        self.names: dict[int, tuple[str, str]] = {
            number: (_key(organisation), _key(name)) for number, organisation, name in session.execute(query)
        }
        self.ids_by_name = {names: number for number, names in self.names.items()}
        self.lines_by_id: dict[int, int] = {}
        self._lines_by_name: dict[tuple[str, str], int] = {}
        self.highest_id = session.scalar(select(func.max(Service.id))) or 0

    def check(self, row: ListingRow, line: int) -> list[Problem]:
        """Take note of the row, and say whether its id can be its own."""
        names = (_key(row.organisation), _key(row.name))
        earlier = self._lines_by_name.setdefault(names, line)
        if row.id is None:
            return self._check_without_id(names, line, earlier)
        first = self.lines_by_id.setdefault(row.id, line)
        self.highest_id = max(self.highest_id, row.id)
        if first == line:
            return []
        what = f"Line {first} has this id already."
        return [
            Problem(
                line, "id", str(row.id), what, "Give each row its own id, or leave it blank for a new one."
            )
        ]

    def _check_without_id(self, names: tuple[str, str], line: int, earlier: int) -> list[Problem]:
        if names in self.ids_by_name:
            number = self.ids_by_name[names]
            what = f"A service of this name is listed already, under {number}."
            return [
                Problem(
                    line, "id", "", what, f"Write {number} as its id, or give the new service its own name."
                )
            ]
        if earlier != line:
            what = f"Line {earlier} holds a service of the same organisation and name."
            return [Problem(line, "id", "", what, "Take one of them out, or give them different names.")]
        return []


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def plan(session: Session, rows: Iterable[FileRow], resolver: Resolver, known: Known) -> Iterator[Batch]:
    """Batches in the order of the file. Reads the database, writes nothing."""
    left = iter(rows)
    while some := list(islice(left, BATCH)):
        batch = Batch()
        fresh: list[tuple[FileRow, Resolved]] = []
        for file_row in some:
            found = _read(file_row, resolver, known)
            if isinstance(found, Resolved):
                fresh.append((file_row, found))
            else:
                batch.bad.append((file_row, found))
        _compare(session, fresh, resolver, known, batch)
        yield batch


def _read(file_row: FileRow, resolver: Resolver, known: Known) -> Resolved | list[Problem]:
    if file_row.problem is not None:
        return [file_row.problem]
    row = read_row(file_row.texts, file_row.line)
    if not isinstance(row, ListingRow):
        return row
    clashes = known.check(row, file_row.line)
    found = resolver.resolve(with_derived_codes(row), file_row.line)
    if isinstance(found, Resolved):
        return clashes or found
    return clashes + found


def _compare(
    session: Session, fresh: list[tuple[FileRow, Resolved]], resolver: Resolver, known: Known, batch: Batch
) -> None:
    ids = [one.row.id for _file_row, one in fresh if one.row.id in known.names]
    stored = stored_rows(session, [number for number in ids if number is not None])
    records = _records(session, list(stored))
    derived = stored_derived(session, list(stored))
    held = holds_of_services(session, stored)
    for file_row, one in fresh:
        current = stored.get(one.row.id) if one.row.id is not None else None
        problems = _confirmation(one.row, current, file_row.line)
        if current is None:
            if problems:
                batch.bad.append((file_row, problems))
            else:
                batch.new.append((file_row.line, one))
            continue
        last = records.get(current.id or 0)
        problems += _identity(one.row, current, last, file_row.line)
        if not problems:
            hidden = held.get(current.id or 0, NOTHING_HELD)
            here = _Stored(current, derived[current.id or 0], last, hidden)
            problems = _change(one, here, file_row.line, resolver, batch)
        if problems:
            batch.bad.append((file_row, problems))


def _records(session: Session, ids: list[int]) -> dict[int, dict[str, str]]:
    query = select(ImportRecord.service_id, ImportRecord.cells).where(ImportRecord.service_id.in_(ids))
    return dict(session.execute(query).all())


def _confirmation(row: ListingRow, current: ListingRow | None, line: int) -> list[Problem]:
    """A file cannot confirm: only a person can, and the command records who and when."""
    if row.last_confirmed is None:
        return []
    if current and (row.last_confirmed, row.confirmed_by) == (current.last_confirmed, current.confirmed_by):
        return []
    number = row.id if row.id is not None else "ID"
    return [
        Problem(
            line,
            "last_confirmed",
            row.last_confirmed.isoformat(),
            "A file cannot confirm a listing, and this differs from what is stored.",
            f"Leave it blank, and run: flask listings confirm {number} --by ROLE --on {row.last_confirmed}",
        )
    ]


def _identity(row: ListingRow, current: ListingRow, last: dict[str, str] | None, line: int) -> list[Problem]:
    """An id is a service's for good: a row with neither its organisation nor its name is another service."""
    organisations = {_key(current.organisation), _key((last or {}).get("organisation", ""))}
    names = {_key(current.name), _key((last or {}).get("name", ""))}
    if _key(row.organisation) in organisations or _key(row.name) in names:
        return []
    what = f"{row.id} is ‘{current.name}’ of ‘{current.organisation}’, and an id is never given away."
    return [
        Problem(line, "id", str(row.id), what, "Leave the id blank for a new service, or correct the names.")
    ]


@dataclass(frozen=True, slots=True)
class _Stored:
    """A service as it is stored: its row, what follows from it, the cells of the last import, what is held of it."""

    row: ListingRow
    derived: Derived
    last: dict[str, str] | None
    held: HeldValues


def _change(one: Resolved, stored: _Stored, line: int, resolver: Resolver, batch: Batch) -> list[Problem]:
    """Sort one stored service into changed or unchanged. Returns problems that arise from both together."""
    current, last = stored.row, stored.last
    in_file, here = write_row(one.row), write_row(current)
    told = write_row(without_held(without_confidential_places(current), stored.held))
    columns = []
    kept = []
    differs = False
    for name in COMPARED:
        if in_file[name] == here[name]:
            continue
        differs = True
        # A file never holds confidential places or what is held, since no export writes them:
        # that it lacks them says nothing about them.
        if in_file[name] == told[name]:
            continue
        if last is not None and here[name] == last.get(name, ""):
            columns.append(name)
        else:
            kept.append(Kept(current.id or 0, line, name, in_file[name], here[name]))
    merged = replace(current, **{name: getattr(one.row, name) for name in columns})
    found = resolver.resolve(merged, line) if differs else one
    if columns and not isinstance(found, Resolved):
        return found
    resolved = found if isinstance(found, Resolved) else _as_it_stands(current, stored.derived, resolver)
    followed = columns_that_differ(stored.derived, derived_from(resolved)) if resolved else ()
    if resolved and (columns or followed):
        cells = {**(last or {}), **{name: in_file[name] for name in columns}}
        changed = (*columns, *(name for name in followed if name not in columns))
        filled = {name: cell for name, cell in cells.items() if cell}
        after = {**here, **{name: in_file[name] for name in columns}}
        batch.changes.append(Change(resolved, changed, filled, here, after))
    else:
        batch.unchanged += 1
    batch.kept += kept
    return []


def _as_it_stands(current: ListingRow, derived: Derived, resolver: Resolver) -> Resolved | None:
    """A stored row that breaks a rule of today and that the file cannot mend: hidden if it must be, else left."""
    if derived.is_confidential or not confidential(current):
        return None
    return resolver.hide(current)


def record_of(row: ListingRow) -> dict[str, str]:
    """The cells to remember of a row that an import wrote."""
    cells = write_row(row)
    return {name: cells[name] for name in COMPARED if cells[name]}
