"""The states of 318 authorities × 75 types × 2 modes, against PostgreSQL asked for the same in the same run.

python -m bench.matrix_states [SERVICES]     100,000 without a number

PostgreSQL has the same facts in indexed tables, analysed and read once before, and is asked in two
ways, with and without its parallel workers: the quickest of the four is what we are held against.
Goals: cold (from the columns in memory to every state) at most a tenth of that; one changed service,
its columns and all it touches, at most a hundredth of a rebuild from columns. That the states are the
same, all of them, is asserted; so is that a change gives what a rebuild gives.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from statistics import median
from typing import Any

from sqlalchemy import Connection, create_engine, text
from tqdm import tqdm

from bench.generated_services import TODAY, generate
from bench.matrix_in_postgres import FLAT, STACKED, Reached, ask, fill, reached
from directory.geo.areas import areas
from directory.matrix.areas import Areas
from directory.matrix.cells import LISTINGS, combined
from directory.matrix.columns import axes_of, columns_of
from directory.matrix.statements import Said, Statement
from directory.matrix.states import CountryStates, Listed
from directory.matrix.types import Level, MatrixService, Mode, Rules, State
from directory.queries.current_matrix import cell_types, delivery_models
from tests.integration.postgres import installed, running_server

SERVICES = 100_000
STATEMENTS = 1_000
SEED = 20261126
ROUNDS = 7
CHANGES = 200
COLD_GOAL = 10
CHANGE_GOAL = 100

States = dict[tuple[str, str, Mode], State]


class Country:
    """The areas, types and rules that both are asked about."""

    def __init__(self) -> None:
        self.areas = Areas(areas().values())
        self.cells = tuple(cell_types().values())
        self.around = {code: self.areas.around(code) for code in areas()}
        self.axes = axes_of(
            {code: self.areas.nation_of(code) for code in areas()},
            cell_types(),
            {code: area.region_code for code, area in areas().items()},
        )
        self.rules = Rules(TODAY)

    def states(self, listed: Listed, said: Sequence[Statement] = ()) -> CountryStates:
        """Every state, from what the listings reach and what has been said."""
        return CountryStates(listed, self.cells, self.around, Said(said, TODAY, delivery_models()))

    def reached(self, listed: Listed) -> Reached:
        """What the listings reach of every half cell, where they reach anything."""
        counting, certain, available = listed.counts()
        return {
            (self.axes.authorities[row], self.axes.types[column], tuple(Mode)[place]): (
                1 + bool(available[row, column, place]),
                bool(certain[row, column, place]),
            )
            for row, column, place in zip(*counting.nonzero(), strict=True)
        }

    def states_at(self, levels: Reached) -> States:
        """All 47,700 states that follow from levels, by the rules, one by one."""
        found = {}
        for code in self.axes.authorities:
            for cell in self.cells:
                for mode in Mode:
                    is_open = LISTINGS in cell.filled_by and mode in cell.modes
                    level, is_certain = levels.get((code, cell.code, mode), (0, False))
                    found[code, cell.code, mode], _disputed = combined(
                        Level(level if is_open else 0),
                        is_certain=is_certain and is_open,
                        holding=None,
                        filled_by=cell.filled_by,
                    )
        return found

    def every(self, states: CountryStates) -> States:
        """All 47,700, one by one."""
        return {
            (code, cell.code, mode): states.state(code, cell.code, mode)
            for code in self.axes.authorities
            for cell in self.cells
            for mode in Mode
        }


def run(count: int = SERVICES) -> dict[str, Any]:
    """Medians in ms, ratios, goals met or missed. AssertionError where two answers differ."""
    programs = installed()
    if programs is None:
        return {"not measured": "PostgreSQL is not installed (Debian: apt-get install postgresql)"}
    random = Random(SEED)
    country = Country()
    modes = {cell.code: frozenset(mode.value for mode in cell.modes) for cell in country.cells}
    services = generate(random, count, modes)
    with running_server(programs) as address:
        engine = create_engine(address)
        with engine.connect() as connection:
            fill(connection, services, country.areas)
            results = _race(connection, country, services, random)
        engine.dispose()
    results |= _changes(country, services, random) | _said(country, services, random)
    results["cold goal met"] = results["PostgreSQL / cold"] >= COLD_GOAL
    # Recorded although it is no goal: what a start of the site costs, which reads each service one by one.
    results["cold goal met with columns of services"] = (
        results["PostgreSQL / cold with columns of services"] >= COLD_GOAL
    )
    results["change goal met"] = results["rebuild / one change"] >= CHANGE_GOAL
    print(json.dumps(results, indent=1))
    return results


def _race(
    connection: Connection, country: Country, services: Sequence[MatrixService], random: Random
) -> dict[str, Any]:
    """Ours and PostgreSQL's by turns, in random order; each has run once before."""
    columns = columns_of(services, country.axes, country.rules)

    def in_postgres(query: str, workers: int) -> Callable[[], Any]:
        def asked() -> Any:
            connection.execute(text(f"SET max_parallel_workers_per_gather = {workers}"))
            return ask(connection, query)

        return asked

    contenders: dict[str, Callable[[], Any]] = {
        "cold": lambda: country.states(Listed(country.axes, columns)),
        "columns of services": lambda: columns_of(services, country.axes, country.rules),
        "PostgreSQL, flat": in_postgres(FLAT, 0),
        "PostgreSQL, flat, 2 workers": in_postgres(FLAT, 2),
        "PostgreSQL, stacked": in_postgres(STACKED, 0),
        "PostgreSQL, stacked, 2 workers": in_postgres(STACKED, 2),
    }
    listed = Listed(country.axes, columns)
    ours = country.every(country.states(listed))
    for name, contender in contenders.items():
        answer = contender()
        if name.startswith("PostgreSQL"):
            found_there = reached(answer)
            assert found_there == country.reached(listed), name
            assert country.states_at(found_there) == ours, name
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for _round in tqdm(range(ROUNDS), desc="states", unit="round"):
        for name in random.sample(list(contenders), len(contenders)):
            taken[name].append(_ms(contenders[name]))
    found = {f"{name} ms": median(times) for name, times in taken.items()}
    # The least of each is what is left when nothing else runs on the machine.
    found |= {f"{name}, least ms": min(times) for name, times in taken.items()}
    quickest = min(found[f"{name} ms"] for name in contenders if name.startswith("PostgreSQL"))
    least = min(found[f"{name}, least ms"] for name in contenders if name.startswith("PostgreSQL"))
    with_columns = found["cold ms"] + found["columns of services ms"]
    counts = Counter(state.value for state in ours.values())
    return found | {
        "services": len(services),
        "states held equal": len(ours),
        "states": dict(sorted(counts.items())),
        "PostgreSQL / cold": quickest / found["cold ms"],
        "PostgreSQL / cold, least of each": least / found["cold, least ms"],
        "PostgreSQL / cold with columns of services": quickest / with_columns,
    }


def _changes(country: Country, services: Sequence[MatrixService], random: Random) -> dict[str, Any]:
    """One service after another changes, and then all is compared with a rebuild."""
    now = list(services)
    axes, rules = country.axes, country.rules
    states = country.states(Listed(axes, columns_of(now, axes, rules)))
    taken = []
    for _each in tqdm(range(CHANGES), desc="changes", unit="change"):
        place = random.randrange(len(now))
        old, new = now[place], _changed(now[place], random)

        def change(old: MatrixService = old, new: MatrixService = new) -> None:
            states.change(columns_of([old], axes, rules), columns_of([new], axes, rules))

        taken.append(_ms(change, collect=False))
        now[place] = new
    columns = columns_of(now, axes, rules)
    rebuilds = [_ms(lambda: country.states(Listed(axes, columns))) for _each in range(ROUNDS)]
    assert country.every(states) == country.every(country.states(Listed(axes, columns)))
    return {
        "one change ms": median(taken),
        "rebuild ms": median(rebuilds),
        "rebuild / one change": median(rebuilds) / median(taken),
    }


def _changed(service: MatrixService, random: Random) -> MatrixService:
    """As when somebody confirms it, or says for whom else it is."""
    if random.random() < 0.5:
        return replace(service, confirmed_on=TODAY - timedelta(days=random.randint(0, 300)))
    other = random.choice(list(areas()))
    return replace(service, authorities=service.authorities | {other})


def _said(country: Country, services: Sequence[MatrixService], random: Random) -> dict[str, Any]:
    """A thousand statements, those for nations and all of England and Wales among them."""
    listed = Listed(country.axes, columns_of(services, country.axes, country.rules))
    codes = [area.code for area in country.areas]
    said = [
        Statement(
            id=number,
            area_code=random.choice((random.choice(codes), "E92000001", "W92000004", "K04000001")),
            support_type=random.choice(country.cells).code,
            mode=random.choice(("in-person", "remote", "both")),
            exists=random.choice(list(State)),
            body=random.choice(("commissioner", "partnership", "national")),
            role=f"example role {number % 5}",
            stated_on=TODAY - timedelta(days=random.randint(0, 300)),
        )
        for number in range(1, STATEMENTS + 1)
    ]
    return {
        "statements": STATEMENTS,
        "states with statements ms": median(
            _ms(lambda: country.states(listed, said)) for _each in range(ROUNDS)
        ),
    }


def _ms(work: Callable[[], object], *, collect: bool = True) -> float:
    if collect:
        gc.collect()
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else SERVICES)
