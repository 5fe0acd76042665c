"""Pages ask only this site for anything, and hold no script or style of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.config import ROOT
from tests.unit.front.template_files import name_of, template_files, written

LOADING = {
    "script": "src",
    "link": "href",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "object": "data",
    "embed": "src",
    "form": "action",
}
ELSEWHERE = ("http:", "https:", "//", "data:", "javascript:")


@pytest.mark.parametrize("path", template_files(), ids=name_of)
def test_a_template_names_no_other_host_to_load_from(path: Path) -> None:
    tags = written(path.read_text(encoding="utf-8")).tags
    loaded = [(tag.name, tag.attributes.get(LOADING[tag.name], "")) for tag in tags if tag.name in LOADING]
    assert [
        (name, address) for name, address in loaded if address.strip().lower().startswith(ELSEWHERE)
    ] == []


@pytest.mark.parametrize("path", template_files(), ids=name_of)
def test_a_template_holds_no_style_and_no_handler(path: Path) -> None:
    tags = written(path.read_text(encoding="utf-8")).tags
    assert [tag for tag in tags if tag.name == "style" or "style" in tag.attributes] == []
    assert [name for tag in tags for name in tag.attributes if name.startswith("on")] == []


@pytest.mark.parametrize("path", template_files(), ids=name_of)
def test_every_script_of_a_template_carries_the_nonce(path: Path) -> None:
    scripts = [tag for tag in written(path.read_text(encoding="utf-8")).tags if tag.name == "script"]
    assert [tag for tag in scripts if "nonce" not in tag.attributes and "src" not in tag.attributes] == []


@pytest.mark.parametrize("path", template_files(), ids=name_of)
def test_a_link_to_another_site_does_not_say_where_it_was_followed(path: Path) -> None:
    tags = written(path.read_text(encoding="utf-8")).tags
    links = [tag for tag in tags if tag.name == "a" and tag.attributes.get("href", "").startswith("http")]
    assert [tag for tag in links if "noreferrer" not in tag.attributes.get("rel", "")] == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "directory/static").glob("[cj]s*/*")), ids=lambda path: path.name
)
def test_our_styles_and_scripts_name_no_other_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "http:" not in text and "https:" not in text.replace('a[href^="https:"]', "")


def test_the_exit_is_never_prefetched() -> None:
    for path in template_files():
        for tag in written(path.read_text(encoding="utf-8")).tags:
            assert not (tag.name == "link" and "/exit" in tag.attributes.get("href", "")), path
            if tag.name == "a" and tag.attributes.get("href") == "/exit":
                assert tag.attributes["rel"] == "nofollow noreferrer", path
