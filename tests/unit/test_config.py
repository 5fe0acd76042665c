"""Settings come from the environment only; what would be unsafe on a public site is refused."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from directory.config import UnsafeSettings, UpkeepTimes, settings_from


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
        ("PROXIES", "٣"),  # noqa: RUF001  # an Arabic digit
        ("SUPPORT_DIRECTORY_PUBLIC", "maybe"),
        ("MAP_TILES_URL", "http://tiles.example.org/{z}/{x}/{y}.png"),
        ("MAP_TILES_URL", "https://tiles.example.org/tile.png"),
        ("MAP_TILES_URL", "https://a.example.org;script-src *.example.org/{z}{x}{y}"),
        ("MAP_TILES_URL", "https://user:word@tiles.example.org/{z}/{x}/{y}.png"),
        ("CONTACT_EMAIL", "nobody"),
        ("CONTACT_EMAIL", "a@example.org?bcc=b@example.org"),
        ("CONTACT_EMAIL", 'a@example.org"><script>'),
        ("MAIL_URL", "mail.example.org"),
        ("MAIL_URL", "http://mail.example.org"),
        ("MAIL_URL", "smtp://mail.example.org:port"),
        ("MAIL_URL", "smtp://user:geheim@mail.example.org"),
        ("MAIL_URL", "smtps://user@mail.example.org"),
        ("MAIL_URL", "smtps://mail.example.org?tls=no"),
        ("MAIL_URL", "outbox://folder"),
        ("MAIL_FROM", "nobody"),
        ("MAIL_FROM", "A <a@example.org>, B <b@example.org>"),
        ("MAIL_FROM", "A <a@example.org>\r\nBcc: b@example.org"),
        ("TRUSTED_HOSTS", "https://www.example.org"),
        ("TRUSTED_HOSTS", "www.example.org:443"),
        ("TRUSTED_HOSTS", "*"),
        ("TRUSTED_HOSTS", "www.example.org/path"),
    ],
)
def test_a_value_that_cannot_be_accepted_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(UnsafeSettings, match=name):
        settings_from({"INSTANCE_DIR": str(tmp_path), name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REMIND_AFTER_DAYS", "120,90"),
        ("REMIND_AFTER_DAYS", "90,90"),
        ("REMIND_AFTER_DAYS", "90,,120"),
        ("REMIND_AFTER_DAYS", "soon"),
        ("REMIND_AFTER_DAYS", "90,120,400"),
        ("STALE_AFTER_DAYS", "90"),
        ("STALE_AFTER_DAYS", "-1"),
        ("CALL_AFTER_DAYS", "179"),
        ("REMINDER_LINK_DAYS", "0"),
        ("REMINDER_EVERY_DAYS", "a month"),
        ("SITE_URL", "support.example.org"),
        ("SITE_URL", "https://support.example.org/path"),
        ("SITE_URL", "https://user@support.example.org"),
        ("SITE_URL", "javascript:alert(1)"),
        ("SITE_URL", "https://"),
        ("SITE_URL", "https://a b"),
        ("SITE_URL", "https://x:abc"),
        ("SITE_URL", "https://x:99999"),
        ("SITE_URL", "https://x:"),
        ("SITE_URL", "https://:443"),
        ("SITE_URL", "https://[::1"),
        ("SITE_URL", "https://x?"),
    ],
)
def test_times_that_make_no_sense_and_addresses_that_are_none_are_refused_in_words(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(UnsafeSettings, match=r"Write |must be like"):
        settings_from({"INSTANCE_DIR": str(tmp_path), name: value})


def test_all_times_of_upkeep_are_settings(tmp_path: Path) -> None:
    settings = settings_from(
        {
            "INSTANCE_DIR": str(tmp_path),
            "REMIND_AFTER_DAYS": "7, 14",
            "STALE_AFTER_DAYS": "20",
            "CALL_AFTER_DAYS": "30",
            "REMINDER_LINK_DAYS": "5",
            "REMINDER_EVERY_DAYS": "6",
            "SITE_URL": "https://support.example.org/",
        }
    )
    assert settings.upkeep == UpkeepTimes((7, 14), 20, 30, 5, 6)
    assert (settings.stale_after_days, settings.site_url) == (20, "https://support.example.org")


@pytest.mark.parametrize(
    "value", ["http://127.0.0.1:5000", "https://Support.Example.org:8443", "http://[::1]:5000", "https://x"]
)
def test_where_the_site_is_may_have_a_port(tmp_path: Path, value: str) -> None:
    assert settings_from({"INSTANCE_DIR": str(tmp_path), "SITE_URL": value}).site_url == value


def test_no_password_and_no_key_stands_in_the_repr_of_the_settings(tmp_path: Path) -> None:
    settings = settings_from(
        {
            "INSTANCE_DIR": str(tmp_path),
            "SECRET_KEY": "hidden" * 6,
            "DATABASE_URL": "postgresql://u:hidden@db/d",
            "DATABASE_READ_URL": "postgresql://u:hidden@reader/d",
            "REDIS_URL": "redis://:hidden@redis/0",
            "MAIL_URL": "smtps://u:hidden@mail.example.org",
            "MAIL_FROM": "listings@example.org",
        }
    )
    assert "hidden" not in repr(settings) and "hidden" in settings.redis_url


def test_a_public_site_must_be_given_its_secret_key(tmp_path: Path) -> None:
    with pytest.raises(UnsafeSettings, match="SECRET_KEY"):
        settings_from({"INSTANCE_DIR": str(tmp_path), "SUPPORT_DIRECTORY_PUBLIC": "yes"})


def test_a_public_site_must_be_told_its_own_names(tmp_path: Path) -> None:
    public = {"INSTANCE_DIR": str(tmp_path), "SUPPORT_DIRECTORY_PUBLIC": "yes", "SECRET_KEY": "s" * 32}
    public |= {"MAIL_URL": "smtps://mail.example.org", "MAIL_FROM": "listings@example.org", "PROXIES": "1"}
    with pytest.raises(UnsafeSettings, match="TRUSTED_HOSTS"):
        settings_from(public)
    named = settings_from(public | {"TRUSTED_HOSTS": "WWW.Example.org, .example.net 192.0.2.1"})
    assert named.trusted_hosts == ("www.example.org", ".example.net", "192.0.2.1")


def test_a_public_site_says_how_many_proxies_there_are(tmp_path: Path) -> None:
    public = {"INSTANCE_DIR": str(tmp_path), "SUPPORT_DIRECTORY_PUBLIC": "yes", "SECRET_KEY": "s" * 32}
    public |= {"MAIL_URL": "smtps://mail.example.org", "MAIL_FROM": "listings@example.org"}
    public |= {"TRUSTED_HOSTS": "www.example.org"}
    for unsaid in ({}, {"PROXIES": ""}, {"PROXIES": "0"}):
        with pytest.raises(UnsafeSettings, match="PROXIES must be set on a public site"):
            settings_from(public | unsaid)
    assert settings_from(public | {"PROXIES": "2"}).proxies == 2
    assert settings_from(public | {"PROXIES": "None"}).proxies == 0
    assert settings_from({"INSTANCE_DIR": str(tmp_path)}).proxies == 0


def test_a_damaged_secret_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(UnsafeSettings, match="SECRET_KEY"):
        settings_from({"INSTANCE_DIR": str(tmp_path)})


def test_mail_stays_on_the_console_until_a_server_is_given(tmp_path: Path) -> None:
    settings = settings_from({"INSTANCE_DIR": str(tmp_path)})
    assert settings.mail_url == "console:"
    given = {"MAIL_URL": "smtps://user:geheim@mail.example.org", "MAIL_FROM": "Listings <l@example.org>"}
    assert "geheim" not in repr(settings_from({"INSTANCE_DIR": str(tmp_path)} | given))


@pytest.mark.parametrize(
    ("url", "is_accepted"),
    [
        ("smtps://mail.example.org", True),
        ("smtp+starttls://user:word@mail.example.org:2525", True),
        ("smtp://127.0.0.1", True),
        ("smtp://[::1]:2525", True),
        ("smtp://mail.example.org", False),
        ("console:", False),
        ("outbox:///srv/mail", False),
        ("", False),
    ],
)
def test_a_public_site_sends_mail_that_nobody_can_read_on_the_way(
    tmp_path: Path, url: str, is_accepted: bool
) -> None:
    environment = {
        "INSTANCE_DIR": str(tmp_path),
        "SUPPORT_DIRECTORY_PUBLIC": "yes",
        "SECRET_KEY": "x" * 32,
        "TRUSTED_HOSTS": "www.example.org",
        "PROXIES": "1",
        "MAIL_URL": url,
        "MAIL_FROM": "listings@example.org",
    }
    if is_accepted:
        assert settings_from(environment).mail_url == url
        return
    with pytest.raises(UnsafeSettings, match="MAIL_URL"):
        settings_from(environment)


def test_a_mail_server_needs_a_sender_and_its_password_is_in_no_message(tmp_path: Path) -> None:
    with pytest.raises(UnsafeSettings, match="MAIL_FROM"):
        settings_from({"INSTANCE_DIR": str(tmp_path), "MAIL_URL": "smtp://127.0.0.1"})
    with pytest.raises(UnsafeSettings) as refused:
        settings_from({"INSTANCE_DIR": str(tmp_path), "MAIL_URL": "smtp://user:geheim@mail.example.org"})
    assert "geheim" not in str(refused.value)


def test_the_clock_can_be_set_ahead_to_rehearse_and_never_on_a_public_site(tmp_path: Path) -> None:
    ahead = {"INSTANCE_DIR": str(tmp_path), "CLOCK_AHEAD_DAYS": "200"}
    assert settings_from(ahead).clock_ahead_days == 200
    public = {**ahead, "SUPPORT_DIRECTORY_PUBLIC": "yes", "SECRET_KEY": "x" * 32, "PROXIES": "1"}
    with pytest.raises(UnsafeSettings, match="CLOCK_AHEAD_DAYS"):
        settings_from(public)
