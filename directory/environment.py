"""Readers of the environment's variables: each refuses what would be unsafe or cannot be read, in words."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from directory.mail_address import read_mail_url, read_sender

# Whom mail is from where it goes to nobody: onto the console or into a folder.
NOBODY = "Support Directory <nobody@support-directory.invalid>"
# What may stand in a security policy: a host, perhaps with {s} before it and a port behind.
_HOST = re.compile(r"(\{s\}\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d{1,5})?")
# A name or an IPv4 address under which the site is asked; a dot before it stands for all names below it.
_OWN_NAME = re.compile(r"\.?[a-z0-9-]+(\.[a-z0-9-]+)*")


class UnsafeSettings(Exception):
    """The environment asks for something that must not run; the message says which variable and why."""


def yes(environment: Mapping[str, str], name: str) -> bool:
    """Whether a switch is on."""
    value = environment.get(name, "").strip().lower()
    if value not in {"", "0", "1", "yes", "no", "true", "false"}:
        raise UnsafeSettings(f"{name} is {value!r}. Write yes or no.")
    return value in {"1", "yes", "true"}


def proxies(environment: Mapping[str, str], public: bool) -> int:
    """How many proxies stand in front. A public site says it: without one that it knows, all visitors are one."""
    value = environment.get("PROXIES", "").strip().lower() or "0"
    if value == "none":
        return 0
    if not (value.isascii() and value.isdecimal() and len(value) == 1 and int(value) <= 5):
        raise UnsafeSettings(
            f"PROXIES is {value!r}. Write how many proxies stand in front, 0 to 5; none says that there is none."
        )
    if public and value == "0":
        raise UnsafeSettings(
            "PROXIES must be set on a public site: how many proxies stand in front, usually 1. With 0 every visitor"
            " comes from the proxy's own address, and a few wrong passwords of one keep everybody out. Write none"
            " where visitors reach this server itself."
        )
    return int(value)


def days(environment: Mapping[str, str], name: str, usual: int) -> int:
    """A number of days, or the usual one."""
    value = environment.get(name, "").strip() or str(usual)
    if not value.isdecimal() or not 1 <= int(value) <= 3650:
        raise UnsafeSettings(f"{name} is {value!r}. Write a number of days, 1 to 3650.")
    return int(value)


def minutes(environment: Mapping[str, str], name: str, usual: int) -> int:
    """A number of minutes, or the usual one."""
    value = environment.get(name, "").strip() or str(usual)
    if not value.isdecimal() or not 1 <= int(value) <= 1440:
        raise UnsafeSettings(f"{name} is {value!r}. Write a number of minutes, 1 to 1440.")
    return int(value)


def site_url(environment: Mapping[str, str], public: bool) -> str:
    """Where the site is, without a slash at the end; '' is not known."""
    value = environment.get("SITE_URL", "").strip().rstrip("/")
    if not value:
        # On a public site nobody but its keeper knows the address: without it no link is mailed.
        return "" if public else f"http://127.0.0.1:{environment.get('PORT') or '5000'}"
    no_site = UnsafeSettings(
        "SITE_URL must be like https://support.example.org or http://127.0.0.1:5000, without a path."
    )
    try:
        parts = urlsplit(value)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise no_site from None
    is_host = host is not None and (_OWN_NAME.fullmatch(host) is not None or ":" in host)
    # After the colon of a port must come one.
    is_whole = not parts.netloc.endswith(":") and "@" not in value and not value.endswith(("?", "#"))
    if (
        parts.scheme not in {"http", "https"}
        or not (is_host and is_whole)
        or (parts.path or parts.query or parts.fragment)
    ):
        raise no_site
    if public and parts.scheme != "https":
        raise UnsafeSettings("SITE_URL must begin with https:// on a public site: links in mails lead there.")
    return value


def clock_ahead(environment: Mapping[str, str], public: bool) -> int:
    """How many days in the future the site believes itself to be."""
    if not environment.get("CLOCK_AHEAD_DAYS", "").strip():
        return 0
    if public:
        raise UnsafeSettings("CLOCK_AHEAD_DAYS is for rehearsals. Take it out on a public site.")
    return days(environment, "CLOCK_AHEAD_DAYS", 0)


def tiles(value: str) -> str:
    """The address of map tiles; '' for none."""
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


def contact(value: str) -> str:
    """Where corrections go; '' for nowhere."""
    value = value.strip()
    if value and (value.count("@") != 1 or any(mark in value for mark in " ?&<>\"'\r\n")):
        raise UnsafeSettings("CONTACT_EMAIL must be one plain e-mail address, like listings@example.org.")
    return value


def mail_url(environment: Mapping[str, str], public: bool) -> str:
    """Who takes our mail."""
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


def mail_from(environment: Mapping[str, str]) -> str:
    """Whom our mail is from."""
    value = environment.get("MAIL_FROM", "").strip() or NOBODY
    try:
        read_sender(value)
    except ValueError as problem:
        raise UnsafeSettings(f"MAIL_FROM: {problem}") from None
    return value


def trusted_hosts(value: str, public: bool) -> tuple[str, ...]:
    """The names that the site answers under."""
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


def secret_key(environment: Mapping[str, str], instance_dir: Path, public: bool) -> str:
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
