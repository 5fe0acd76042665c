"""Settings come from the environment only; what would be unsafe on a public site is refused."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from directory.config import UnsafeSettings, settings_from


def test_nothing_set_gives_a_site_for_one_machine(tmp_path: Path) -> None:
    settings = settings_from({"INSTANCE_DIR": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path}/directory.sqlite"
    assert (settings.proxies, settings.map_tiles_url, settings.public) == (0, "", False)


def test_a_secret_key_is_made_once_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    first = settings_from({"INSTANCE_DIR": str(tmp_path)}).secret_key
    assert len(first) == 64
    assert settings_from({"INSTANCE_DIR": str(tmp_path)}).secret_key == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("PROXIES", "two"),
        ("PROXIES", "-1"),
        ("PROXIES", "99"),
        ("SUPPORT_DIRECTORY_PUBLIC", "maybe"),
        ("MAP_TILES_URL", "http://tiles.example.org/{z}/{x}/{y}.png"),
        ("MAP_TILES_URL", "https://tiles.example.org/tile.png"),
        ("MAP_TILES_URL", "https://a.example.org;script-src *.example.org/{z}{x}{y}"),
        ("MAP_TILES_URL", "https://user:word@tiles.example.org/{z}/{x}/{y}.png"),
        ("CONTACT_EMAIL", "nobody"),
        ("CONTACT_EMAIL", "a@example.org?bcc=b@example.org"),
        ("CONTACT_EMAIL", 'a@example.org"><script>'),
        ("TRUSTED_HOSTS", "https://www.example.org"),
        ("TRUSTED_HOSTS", "www.example.org:443"),
        ("TRUSTED_HOSTS", "*"),
        ("TRUSTED_HOSTS", "www.example.org/path"),
    ],
)
def test_a_value_that_cannot_be_accepted_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(UnsafeSettings, match=name):
        settings_from({"INSTANCE_DIR": str(tmp_path), name: value})


def test_a_public_site_must_be_given_its_secret_key(tmp_path: Path) -> None:
    with pytest.raises(UnsafeSettings, match="SECRET_KEY"):
        settings_from({"INSTANCE_DIR": str(tmp_path), "SUPPORT_DIRECTORY_PUBLIC": "yes"})


def test_a_public_site_must_be_told_its_own_names(tmp_path: Path) -> None:
    public = {"INSTANCE_DIR": str(tmp_path), "SUPPORT_DIRECTORY_PUBLIC": "yes", "SECRET_KEY": "s" * 32}
    with pytest.raises(UnsafeSettings, match="TRUSTED_HOSTS"):
        settings_from(public)
    named = settings_from(public | {"TRUSTED_HOSTS": "WWW.Example.org, .example.net 192.0.2.1"})
    assert named.trusted_hosts == ("www.example.org", ".example.net", "192.0.2.1")


def test_a_damaged_secret_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(UnsafeSettings, match="SECRET_KEY"):
        settings_from({"INSTANCE_DIR": str(tmp_path)})
