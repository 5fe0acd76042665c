"""How long pages take while ten people edit and two hundred read, against the same pages on a quiet site, in one run.

python -m bench.signed_in_load. 200 readers and ten editors each ask once in ten seconds, at moments that do not
wait for earlier answers (open arrival): a late answer is counted from when it was due. Loopback, two workers.
"""

from __future__ import annotations

import http.client
import statistics
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

from tqdm import tqdm

from bench.signed_in_site import WORKERS, Editor, drafts, make_editors, make_site, served

SEED = 20261126
READERS = 200
EDITORS = 10
EACH_S = 10.0
SECONDS = 60
QUIET_ASKS = 300
THREADS = 96
"""More than can be waiting at once, so that the client itself never keeps an ask back."""
MEDIAN_GOAL, P99_GOAL = 2.0, 10.0
PLACES = ("PE1 1QL", "LS1 4AP", "Cardiff", "Peterborough", "SW1A 1AA")


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. due_s: after the beginning. form: what is posted; None for a page that is read."""

    due_s: float
    path: str
    form: dict[str, str] | None = None
    cookie: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """How an ask went. seconds: from when it was due to the last byte."""

    ask: Ask
    status: int
    seconds: float


def run() -> dict[str, Any]:
    """Medians and 99th percentiles in ms, their ratios to the quiet median, errors, and edits that were lost."""
    random = Random(SEED)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = make_site(folder)
        editors = make_editors(app, EDITORS)
        app.extensions["database"].dispose()
        with served(app, folder / "site.log") as port:
            pages = _pages(port, editors)
            for _each in range(2 * WORKERS):
                for path in pages:
                    _send(port, Ask(0, path))
            load = _arrivals(random, pages, editors)
            quiet = _quiet(port, random.sample(load, min(QUIET_ASKS, len(load))))
            saved_before = {number: rounds for number, (rounds, _note) in drafts(app).items()}
            loaded = _loaded(port, load)
        held = drafts(app)
        app.extensions["database"].dispose()
    return _results(quiet, loaded, _lost(editors, loaded, saved_before, held))


def _pages(port: int, editors: list[Editor]) -> list[str]:
    """What readers ask for: answers of searches, listings, the first page, a page of the matrix."""
    found = [_search(port, place) for place in PLACES]
    return [*found, *(f"/services/{editor.service_id}" for editor in editors[:5]), "/", "/matrix/E06000031"]


def _search(port: int, place: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    connection.request("POST", "/find", urlencode({"place": place}), headers)
    answer = connection.getresponse()
    there = answer.headers.get("Location", "")
    connection.close()
    assert answer.status == 303 and there.startswith("/"), (answer.status, there)
    return there


def _arrivals(random: Random, pages: list[str], editors: list[Editor]) -> list[Ask]:
    """Everything that is asked for in the minute, by the moment: each person once in each ten seconds."""
    asks = []
    for turn in range(int(SECONDS / EACH_S)):
        begins = turn * EACH_S
        asks += [Ask(begins + random.uniform(0, EACH_S), random.choice(pages)) for _reader in range(READERS)]
        asks += [
            _save(editor, f"as told in turn {turn}", begins + random.uniform(0, EACH_S)) for editor in editors
        ]
    return sorted(asks, key=lambda ask: ask.due_s)


def _save(editor: Editor, note: str, due_s: float) -> Ask:
    return Ask(
        due_s,
        f"/my-listings/{editor.service_id}/edit/waiting",
        {"waiting_note": note, "stop": "1"},
        editor.cookie,
    )


def _send(port: int, ask: Ask, due: float | None = None) -> Answered:
    """Ask, and read all of the answer. due: the clock's reading at which it was due; None for now."""
    began = time.perf_counter() if due is None else due
    headers = {"Sec-Fetch-Site": "same-origin"}
    if ask.cookie:
        headers["Cookie"] = f"session={ask.cookie}"
    body = None
    if ask.form is not None:
        body = urlencode(ask.form)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    status = 0
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("POST" if ask.form is not None else "GET", ask.path, body, headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        status = answer.status
    except (OSError, http.client.HTTPException):
        pass  # No answer is an error as much as a wrong one: its status is 0.
    return Answered(ask, status, time.perf_counter() - began)


def _quiet(port: int, asks: list[Ask]) -> list[Answered]:
    """The same mix, one after another, with nobody else asking. Saves say something of their own."""
    done = []
    for turn, ask in enumerate(tqdm(asks, desc="quiet", unit="ask", leave=False)):
        form = ask.form and {**ask.form, "waiting_note": f"quiet {turn}"}
        done.append(_send(port, Ask(0, ask.path, form, ask.cookie)))
    return done


def _loaded(port: int, asks: list[Ask]) -> list[Answered]:
    """Each at its moment, whether or not those before have been answered."""
    with (
        ThreadPoolExecutor(THREADS) as pool,
        tqdm(total=len(asks), desc="loaded", unit="ask", leave=False) as bar,
    ):
        futures = []
        begin = time.perf_counter()
        for ask in asks:
            time.sleep(max(0.0, begin + ask.due_s - time.perf_counter()))
            futures.append(pool.submit(_send, port, ask, begin + ask.due_s))
            bar.update()
        return [future.result() for future in futures]


def _lost(
    editors: list[Editor], loaded: list[Answered], before: dict[int, int], held: dict[int, tuple[int, str]]
) -> int:
    """Saves that were answered as done and are not there: each counts one more in its draft, which holds the last."""
    lost = 0
    for editor in editors:
        path = _save(editor, "", 0).path
        done = [each for each in loaded if each.ask.path == path and each.status == 303]
        rounds, note = held.get(editor.service_id, (0, ""))
        lost += max(0, len(done) - (rounds - before.get(editor.service_id, 0)))
        last = done[-1].ask.form if done else None
        lost += last is not None and note != last["waiting_note"]
    return lost


def _results(quiet: list[Answered], loaded: list[Answered], lost: int) -> dict[str, Any]:
    statuses = Counter(each.status for each in loaded)
    base = statistics.median(each.seconds for each in quiet) * 1000
    times = [each.seconds * 1000 for each in loaded]
    saves = [each.seconds * 1000 for each in loaded if each.ask.form is not None]
    median, p99 = statistics.median(times), statistics.quantiles(times, n=100)[98]
    errors = sum(count for status, count in statuses.items() if status not in {200, 303})
    return {
        "asks": len(loaded),
        "saves": len(saves),
        "errors": errors + sum(each.status not in {200, 303} for each in quiet),
        "statuses": {str(status): count for status, count in sorted(statuses.items())},
        "lost_edits": lost,
        "quiet_median_ms": round(base, 1),
        "median_ms": round(median, 1),
        "p99_ms": round(p99, 1),
        "saves_median_ms": round(statistics.median(saves), 1),
        "saves_p99_ms": round(statistics.quantiles(saves, n=100)[98], 1),
        "median_ratio": round(median / base, 2),
        "p99_ratio": round(p99 / base, 2),
        "median_goal_met": median <= MEDIAN_GOAL * base,
        "p99_goal_met": p99 <= P99_GOAL * base,
        "nothing_lost_and_no_error": lost == 0 and errors == 0,
    }


if __name__ == "__main__":
    for key, value in run().items():
        print(f"{key}: {value}")
