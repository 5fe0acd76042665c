"""Settings, from the environment only, frozen at the start.

Defaults serve one person on one machine; a value that would be unsafe on a
public site is refused when SUPPORT_DIRECTORY_PUBLIC says that it is one.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from directory.mail_address import read_mail_url, read_sender

ROOT = Path(__file__).resolve().parent.parent
# What ships with the site: the listings, and the tables of the field.
DATA = ROOT / "data"

PAGE_SIZE = 20
PLACE_LENGTH_MAX = 200
WORDS_LENGTH_MAX = 200
BODY_BYTES_MAX = 64 * 1024
# Where leaving leads: a fixed, neutral, busy page. GOV.UK's pattern for leaving a page uses the same.
NEUTRAL_ADDRESS = "https://www.bbc.co.uk/weather"
# Whom mail is from where it goes to nobody: onto the console or into a folder.
NOBODY = "Support Directory <nobody@support-directory.invalid>"
# What may stand in a security policy: a host, perhaps with {s} before it and a port behind.
_HOST = re.compile(r"(\{s\}\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d{1,5})?")


class UnsafeSettings(Exception):
    """The environment asks for something that must not run; the message says which variable and why."""


@dataclass(frozen=True, slots=True)
class UpkeepTimes:
    """When somebody is asked whether a listing is still right; days since its last confirmation.

    remind_after_days: rising; at each of them an organisation is written to. reminder_every_days: never sooner again.
    stale_after_days: how long a confirmation counts. call_after_days: then a moderator rings.
    reminder_link_days: how long the link in a reminder works.
    """

    remind_after_days: tuple[int, ...] = (90, 120, 150)
    stale_after_days: int = 180
    call_after_days: int = 365
    reminder_link_days: int = 30
    reminder_every_days: int = 28


@dataclass(frozen=True, slots=True)
class SignInTimes:
    """How long somebody stays signed in, in minutes. Short, because phones and desks are shared.

    idle_min: without asking for a page. longest_min: in all. link_min: how long a link in a mail works.
    """

    idle_min: int = 120
    longest_min: int = 720
    link_min: int = 15


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment decides.

    proxies: how many proxies stand in front and set X-Forwarded-For; 0 trusts nobody's word.
    map_tiles_url: a tile address with {z}/{x}/{y}; empty asks no third party for anything.
    contact_email: where corrections go; empty shows none.
    jobs: whether the server does its own work by the clock, such as sending mail and the snapshot of each week.
    mail_url: who takes our mail; it may hold a password, so that it is in no repr.
    mail_from: who it is from, as in its From line.
    clock_ahead_days: how far in the future the site believes itself to be, to rehearse; never on a public site.
    site_url: where this site is, without a slash at the end; links in mails begin with it. '' is not known.
    upkeep: when listings are asked about, and how long a confirmation counts.
    sign_in: how long somebody stays signed in.
    """

    instance_dir: Path
    database_url: str
    database_read_url: str
    redis_url: str
    secret_key: str
    map_tiles_url: str
    contact_email: str
    proxies: int
    public: bool
    rate_limits: bool
    jobs: bool = True
    sign_in: SignInTimes = field(default_factory=SignInTimes)
    clock_ahead_days: int = 0
    mail_url: str = field(default="console:", repr=False)
    mail_from: str = NOBODY
    site_url: str = "http://127.0.0.1:5000"
    upkeep: UpkeepTimes = field(default_factory=UpkeepTimes)

    @property
    def stale_after_days(self) -> int:
        """How long a confirmation lets a listing make a cell of the matrix *available*."""
        return self.upkeep.stale_after_days

    @property
    def postcodes_dir(self) -> Path:
        """Where the packed postcodes are."""
        return self.instance_dir / "postcodes"


def settings_from(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings. Raises UnsafeSettings naming the variable that cannot be accepted."""
    instance_dir = Path(environment.get("INSTANCE_DIR") or ROOT / "instance")
    database_url = environment.get("DATABASE_URL") or f"sqlite:///{instance_dir / 'directory.sqlite'}"
    public = _yes(environment, "SUPPORT_DIRECTORY_PUBLIC")
    upkeep = _upkeep(environment)
    return Settings(
        instance_dir=instance_dir,
        database_url=database_url,
        database_read_url=environment.get("DATABASE_READ_URL") or database_url,
        redis_url=environment.get("REDIS_URL", ""),
        secret_key=_secret_key(environment, instance_dir, public),
        map_tiles_url=_tiles(environment.get("MAP_TILES_URL", "")),
        contact_email=_contact(environment.get("CONTACT_EMAIL", "")),
        proxies=_whole_number(environment, "PROXIES"),
        public=public,
        rate_limits=environment.get("RATE_LIMITS", "on") != "off",
        jobs=environment.get("JOBS", "on") != "off",
        sign_in=_sign_in_times(environment),
        clock_ahead_days=_clock_ahead(environment, public),
        mail_url=_mail_url(environment, public),
        mail_from=_mail_from(environment),
        site_url=_site_url(environment, public),
        upkeep=upkeep,
    )


def _yes(environment: Mapping[str, str], name: str) -> bool:
    value = environment.get(name, "").strip().lower()
    if value not in {"", "0", "1", "yes", "no", "true", "false"}:
        raise UnsafeSettings(f"{name} is {value!r}. Write yes or no.")
    return value in {"1", "yes", "true"}


def _whole_number(environment: Mapping[str, str], name: str) -> int:
    value = environment.get(name, "0").strip() or "0"
    if not value.isdecimal() or int(value) > 5:
        raise UnsafeSettings(f"{name} is {value!r}. Write how many proxies stand in front, 0 to 5.")
    return int(value)


def _days(environment: Mapping[str, str], name: str, usual: int) -> int:
    value = environment.get(name, "").strip() or str(usual)
    if not value.isdecimal() or not 1 <= int(value) <= 3650:
        raise UnsafeSettings(f"{name} is {value!r}. Write a number of days, 1 to 3650.")
    return int(value)


def _upkeep(environment: Mapping[str, str]) -> UpkeepTimes:
    """The times of upkeep. They must rise, or a listing would be marked as old before anybody was asked."""
    usual = UpkeepTimes()
    written = environment.get("REMIND_AFTER_DAYS", "").strip() or ",".join(map(str, usual.remind_after_days))
    steps = [_days({"REMIND_AFTER_DAYS": part}, "REMIND_AFTER_DAYS", 0) for part in written.split(",")]
    times = UpkeepTimes(
        tuple(steps),
        _days(environment, "STALE_AFTER_DAYS", usual.stale_after_days),
        _days(environment, "CALL_AFTER_DAYS", usual.call_after_days),
        _days(environment, "REMINDER_LINK_DAYS", usual.reminder_link_days),
        _days(environment, "REMINDER_EVERY_DAYS", usual.reminder_every_days),
    )
    if steps != sorted(set(steps)):
        raise UnsafeSettings(f"REMIND_AFTER_DAYS is {written!r}. Write days that rise, like 90,120,150.")
    if times.stale_after_days <= steps[0]:
        raise UnsafeSettings(
            f"STALE_AFTER_DAYS is {times.stale_after_days}. Write more than the first of REMIND_AFTER_DAYS: "
            "nobody's listing is marked before they were asked about it."
        )
    if times.call_after_days < max(times.stale_after_days, steps[-1]):
        raise UnsafeSettings(
            f"CALL_AFTER_DAYS is {times.call_after_days}. Write no less than STALE_AFTER_DAYS and the last of "
            "REMIND_AFTER_DAYS: mails come before calls."
        )
    return times


def _minutes(environment: Mapping[str, str], name: str, usual: int) -> int:
    value = environment.get(name, "").strip() or str(usual)
    if not value.isdecimal() or not 1 <= int(value) <= 1440:
        raise UnsafeSettings(f"{name} is {value!r}. Write a number of minutes, 1 to 1440.")
    return int(value)


def _sign_in_times(environment: Mapping[str, str]) -> SignInTimes:
    usual = SignInTimes()
    return SignInTimes(
        _minutes(environment, "SIGN_IN_IDLE_MIN", usual.idle_min),
        _minutes(environment, "SIGN_IN_LONGEST_MIN", usual.longest_min),
        _minutes(environment, "SIGN_IN_LINK_MIN", usual.link_min),
    )


def _site_url(environment: Mapping[str, str], public: bool) -> str:
    value = environment.get("SITE_URL", "").strip().rstrip("/")
    if not value:
        # On a public site nobody but its keeper knows the address: without it no link is mailed.
        return "" if public else f"http://127.0.0.1:{environment.get('PORT') or '5000'}"
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or parts.path or parts.query or parts.fragment or "@" in value:
        raise UnsafeSettings("SITE_URL must be like https://support.example.org, without a path.")
    if public and parts.scheme != "https":
        raise UnsafeSettings("SITE_URL must begin with https:// on a public site: links in mails lead there.")
    return value


def _clock_ahead(environment: Mapping[str, str], public: bool) -> int:
    if not environment.get("CLOCK_AHEAD_DAYS", "").strip():
        return 0
    if public:
        raise UnsafeSettings("CLOCK_AHEAD_DAYS is for rehearsals. Take it out on a public site.")
    return _days(environment, "CLOCK_AHEAD_DAYS", 0)


def _tiles(value: str) -> str:
    if not value:
        return ""
    parts = urlsplit(value)
    marks = ("{z}", "{x}", "{y}")
    if (
        parts.scheme != "https"
        or not _HOST.fullmatch(parts.netloc)
        or any(mark not in value for mark in marks)
    ):
        raise UnsafeSettings("MAP_TILES_URL must be an https address with {z}, {x} and {y} in it.")
    return value


def _contact(value: str) -> str:
    value = value.strip()
    if value and (value.count("@") != 1 or any(mark in value for mark in " ?&<>\"'\r\n")):
        raise UnsafeSettings("CONTACT_EMAIL must be one plain e-mail address, like listings@example.org.")
    return value


def _mail_url(environment: Mapping[str, str], public: bool) -> str:
    value = environment.get("MAIL_URL", "").strip() or "console:"
    try:
        server = read_mail_url(value)
    except ValueError as problem:
        raise UnsafeSettings(f"MAIL_URL: {problem}") from None
    if public and not (server.is_smtp and server.is_private):
        raise UnsafeSettings(
            "MAIL_URL must be smtps://… or smtp+starttls://… on a public site (or smtp:// on this machine):"
            " its mail holds links that sign people in."
        )
    if server.is_smtp and not environment.get("MAIL_FROM", "").strip():
        raise UnsafeSettings("MAIL_FROM must say whom the mail is from when MAIL_URL is a server.")
    return value


def _mail_from(environment: Mapping[str, str]) -> str:
    value = environment.get("MAIL_FROM", "").strip() or NOBODY
    try:
        read_sender(value)
    except ValueError as problem:
        raise UnsafeSettings(f"MAIL_FROM: {problem}") from None
    return value


def _secret_key(environment: Mapping[str, str], instance_dir: Path, public: bool) -> str:
    """The key that seals typed words into addresses; made once and kept when none is given."""
    given = environment.get("SECRET_KEY", "")
    if given:
        if len(given) < 32:
            raise UnsafeSettings("SECRET_KEY is too short. Give at least 32 random characters.")
        return given
    if public:
        raise UnsafeSettings("SECRET_KEY must be set on a public site, the same for every server.")
    kept = instance_dir / "secret_key"
    # It holds places that must stay confidential: nobody else on this machine may look in.
    instance_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not kept.exists():
        # Written aside and linked into place: two workers starting together must
        # agree on one key, and neither may read a half-written one.
        made = instance_dir / f".secret_key.{os.getpid()}"
        made.touch(mode=0o600)
        made.write_text(secrets.token_hex(32), encoding="ascii")
        with contextlib.suppress(FileExistsError):
            os.link(made, kept)
        made.unlink()
    key = kept.read_text(encoding="ascii").strip()
    if len(key) < 32:
        raise UnsafeSettings(
            f"SECRET_KEY: {kept.name} in the instance folder is damaged. Delete it and start again."
        )
    return key
