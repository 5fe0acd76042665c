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
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
# What ships with the site: the listings, and the tables of the field.
DATA = ROOT / "data"

PAGE_SIZE = 20
PLACE_LENGTH_MAX = 200
WORDS_LENGTH_MAX = 200
BODY_BYTES_MAX = 64 * 1024
# Where leaving leads: a fixed, neutral, busy page. GOV.UK's pattern for leaving a page uses the same.
NEUTRAL_ADDRESS = "https://www.bbc.co.uk/weather"
# What may stand in a security policy: a host, perhaps with {s} before it and a port behind.
_HOST = re.compile(r"(\{s\}\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d{1,5})?")
# A name or an IPv4 address under which the site is asked; a dot before it stands for all names below it.
_OWN_NAME = re.compile(r"\.?[a-z0-9-]+(\.[a-z0-9-]+)*")


class UnsafeSettings(Exception):
    """The environment asks for something that must not run; the message says which variable and why."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment decides.

    proxies: how many proxies stand in front and set X-Forwarded-For; 0 trusts nobody's word.
    map_tiles_url: a tile address with {z}/{x}/{y}; empty asks no third party for anything.
    contact_email: where corrections go; empty shows none.
    stale_after_days: how long a confirmation lets a listing make a cell of the matrix *available*.
    jobs: whether the server does its own work by the clock, such as the snapshot of each week.
    trusted_hosts: the names the site answers under, without a port; empty answers under any.
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
    stale_after_days: int = 180
    jobs: bool = True
    trusted_hosts: tuple[str, ...] = ()

    @property
    def postcodes_dir(self) -> Path:
        """Where the packed postcodes are."""
        return self.instance_dir / "postcodes"


def settings_from(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings. Raises UnsafeSettings naming the variable that cannot be accepted."""
    instance_dir = Path(environment.get("INSTANCE_DIR") or ROOT / "instance")
    database_url = environment.get("DATABASE_URL") or f"sqlite:///{instance_dir / 'directory.sqlite'}"
    public = _yes(environment, "SUPPORT_DIRECTORY_PUBLIC")
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
        stale_after_days=_days(environment, "STALE_AFTER_DAYS", 180),
        jobs=environment.get("JOBS", "on") != "off",
        trusted_hosts=_trusted_hosts(environment.get("TRUSTED_HOSTS", ""), public),
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


def _trusted_hosts(value: str, public: bool) -> tuple[str, ...]:
    names = tuple(value.lower().replace(",", " ").split())
    if any(not _OWN_NAME.fullmatch(name) for name in names):
        raise UnsafeSettings(
            "TRUSTED_HOSTS must be the names of this site, like www.example.org, without https:// or a port."
        )
    if public and not names:
        raise UnsafeSettings(
            "TRUSTED_HOSTS must be set on a public site: the names it is asked under, like www.example.org."
        )
    return names


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
