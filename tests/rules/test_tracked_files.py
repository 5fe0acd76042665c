"""What may stand in a file that is committed: no registry, no machine's path, no long file."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Written in pieces, so that this file does not find itself.
REGISTRY_HOSTS = (
    "pypi" + ".org",
    "python" + "hosted",
    "registry." + "npmjs",
    "npmjs" + ".com/",
    "registry." + "yarnpkg",
    "deb." + "debian",
    "--index" + "-url=",
    "--extra-index" + "-url",
)
MACHINE_PATHS = re.compile(
    r"(?<![\w./-])/(?:"
    + "|".join(("wo" + "rk", "ho" + "me", "ro" + "ot", "fa" + "rm", "Us" + "ers"))
    + r")/[\w.]"
)
OUTSIDE = ".." + "/shared"
MODULE_LINES_MAX = 300


def tracked() -> list[Path]:
    """Every file git tracks, or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    """(name, text) of every tracked text file."""
    found = []
    for path in tracked():
        try:
            found.append((str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def test_no_tracked_file_names_a_package_registry() -> None:
    assert [(name, host) for name, text in texts() for host in REGISTRY_HOSTS if host in text] == []


def test_no_tracked_file_holds_a_path_of_one_machine() -> None:
    assert [(name, hit[0]) for name, text in texts() if (hit := MACHINE_PATHS.search(text))] == []
    assert [name for name, text in texts() if OUTSIDE in text] == []


def test_the_front_end_lock_file_holds_no_address_to_download_from() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_every_pinned_package_has_a_hash() -> None:
    for name in ("run.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
        pins = [block for block in blocks if re.match(r"[A-Za-z0-9._-]+(\[.*\])?==", block)]
        assert pins
        assert [block.split()[0] for block in pins if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("folder", ["directory", "tests", "scripts", "bench"])
def test_a_file_has_one_subject_and_stays_short(folder: str) -> None:
    """Longer than this: split by noun, not into 'part 2'."""
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked()
        if path.suffix == ".py"
        and path.is_relative_to(ROOT / folder)
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > MODULE_LINES_MAX
    }
    assert long == {}


def test_no_work_is_left_marked_as_unfinished() -> None:
    marks = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error", "x" + "fail")))
    assert [
        name
        for name, text in texts()
        if name.endswith((".py", ".html", ".mjs", ".js")) and marks.search(text)
    ] == []


def test_every_exception_to_the_types_has_its_code_and_its_reason() -> None:
    asked = re.compile("# type: " + r"ignore(?!\[[a-z, -]+\]  # \w)")
    assert [name for name, text in texts() if name.endswith((".py", ".pyi")) and asked.search(text)] == []
