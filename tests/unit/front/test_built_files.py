"""`npm run build`: hashed names, a manifest that is never wrong, the same files from the same sources."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from directory.config import ROOT
from directory.web import assets

NEEDED = {
    "app.css",
    "app.js",
    "boundaries.geojson",
    "exit.js",
    "icon.svg",
    "leaflet.css",
    "leaflet.js",
    "place.js",
    "places.json",
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the build reads, so that nothing of the real site is touched."""
    root = tmp_path_factory.mktemp("tree")
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    (root / "data").symlink_to(ROOT / "data")
    shutil.copytree(ROOT / "scripts", root / "scripts")
    shutil.copytree(
        ROOT / "directory/static", root / "directory/static", ignore=shutil.ignore_patterns("built")
    )
    build(root)
    return root


def build(root: Path) -> Path:
    subprocess.run(
        ["node", "scripts/build_assets.mjs"], cwd=root, check=True, capture_output=True, timeout=120
    )
    return root / "directory/static/built"


def manifest(root: Path) -> dict[str, str]:
    names: dict[str, str] = json.loads((root / "directory/static/built/manifest.json").read_text())
    return names


def test_each_name_holds_the_hash_of_its_content(tree: Path) -> None:
    names = manifest(tree)
    assert names.keys() >= NEEDED
    for name in names.values():
        content = (tree / "directory/static/built" / name).read_bytes()
        assert hashlib.sha256(content).hexdigest()[:12] == name.split(".")[-2]


def test_scripts_and_styles_ask_for_files_that_are_there_and_for_nothing_elsewhere(tree: Path) -> None:
    built = tree / "directory/static/built"
    for path in built.glob("*.js"):
        for asked in re.findall(
            r"""(?:from\s*|import\s*\(?\s*|new URL\(\s*)['"]\./([^'"]+)['"]""", path.read_text()
        ):
            assert (built / asked).exists(), (path.name, asked)
    for path in built.glob("*.css"):
        for asked in re.findall(r"url\(['\"]?([^'\")]+)", path.read_text()):
            assert asked.startswith(("data:", "#")) or (built / asked).exists(), (path.name, asked)
        assert "GDS Transport" not in path.read_text()


def test_building_again_changes_nothing(tree: Path) -> None:
    before = manifest(tree)
    build(tree)
    assert manifest(tree) == before


def test_a_file_that_changed_gets_a_new_name_and_the_former_one_stays_for_running_sites(tree: Path) -> None:
    before = manifest(tree)
    icon = tree / "directory/static/icons/icon.svg"
    kept = icon.read_text()
    icon.write_text(kept.replace("rx=", "ry="))
    built = build(tree)
    after = manifest(tree)
    assert after["icon.svg"] != before["icon.svg"]
    assert (built / before["icon.svg"]).exists()
    icon.write_text(kept)
    build(tree)
    build(tree)
    assert not (built / after["icon.svg"]).exists()


def test_a_half_written_manifest_does_not_stop_the_next_build(tree: Path) -> None:
    (tree / "directory/static/built/manifest.json").write_text('{"app.css": ')
    build(tree)
    assert manifest(tree).keys() >= NEEDED


def test_a_site_that_is_not_built_says_what_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "BUILT", tmp_path)
    with pytest.raises(assets.NotBuilt, match="npm run build"):
        assets.asset("app.css")


def test_a_name_that_was_not_built_says_which(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "BUILT", tree / "directory/static/built")
    assert assets.asset("app.css").startswith("/static/built/app.")
    with pytest.raises(assets.NotBuilt, match=r"nothing\.css"):
        assets.asset("nothing.css")
