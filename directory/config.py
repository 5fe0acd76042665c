"""Settings, from the environment only, frozen at the start.

Defaults serve one person on one machine; a value that would be unsafe on a
public site is refused when SUPPORT_DIRECTORY_PUBLIC says that it is one.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from directory.environment import (
    NOBODY,
    UnsafeSettings,
    clock_ahead,
    contact,
    days,
    mail_from,
    mail_url,
    minutes,
    proxies,
    secret_key,
    site_url,
    tiles,
    trusted_hosts,
    yes,
)

__all__ = [
    "NOBODY",
    "PeopleTimes",
    "Settings",
    "SignInTimes",
    "UnsafeSettings",
    "UpkeepTimes",
    "settings_from",
]

ROOT = Path(__file__).resolve().parent.parent
# What ships with the site: the listings, and the tables of the field.
DATA = ROOT / "data"

PAGE_SIZE = 20
PLACE_LENGTH_MAX = 200
WORDS_LENGTH_MAX = 200
BODY_BYTES_MAX = 64 * 1024
# Where leaving leads: a fixed, neutral, busy page. GOV.UK's pattern for leaving a page uses the same.
NEUTRAL_ADDRESS = "https://www.bbc.co.uk/weather"


@dataclass(frozen=True, slots=True)
class UpkeepTimes:
    """When somebody is asked whether a listing is still right; days since its last confirmation.

    remind_after_days: rising; at each of them an organisation is written to. reminder_every_days: never sooner again,
    nor twice in one month of the calendar.
    stale_after_days: how long a confirmation counts. call_after_days: then a moderator rings; who was reached is
    left in peace for call_again_days, also where what they said has not been put in place.
    reminder_link_days: how long the link in a reminder works.
    """

    remind_after_days: tuple[int, ...] = (90, 120, 150)
    stale_after_days: int = 180
    call_after_days: int = 365
    reminder_link_days: int = 30
    reminder_every_days: int = 30
    call_again_days: int = 30


@dataclass(frozen=True, slots=True)
class SignInTimes:
    """How long somebody stays signed in, in minutes. Short, because phones and desks are shared.

    idle_min: without asking for a page. longest_min: in all. link_min: how long a link in a mail works.
    """

    idle_min: int = 120
    longest_min: int = 720
    link_min: int = 15


@dataclass(frozen=True, slots=True)
class PeopleTimes:
    """When what nobody uses or decides ends, in days.

    idle_days: without a sign-in, after which an account is told; notice_days: from then until it is closed.
    request_days: after which a request that no moderator has decided ends; correction_days: after which what a
    visitor wrote and nobody has closed is closed.
    """

    idle_days: int = 730
    notice_days: int = 30
    request_days: int = 60
    correction_days: int = 180


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment decides.

    proxies: how many proxies stand in front and set X-Forwarded-For; 0 trusts nobody's word.
    map_tiles_url: a tile address with {z}/{x}/{y}; empty asks no third party for anything.
    contact_email: where corrections go; empty shows none.
    jobs: whether the server does its own work by the clock, such as sending mail and the snapshot of each week.
    mail_url: who takes our mail. What may hold a password or a key is in no repr.
    mail_from: who it is from, as in its From line.
    clock_ahead_days: how far in the future the site believes itself to be, to rehearse; never on a public site.
    site_url: where this site is, without a slash at the end; links in mails begin with it. '' is not known.
    upkeep: when listings are asked about, and how long a confirmation counts.
    sign_in: how long somebody stays signed in.
    people: when accounts that nobody uses and requests that nobody decides end.
    trusted_hosts: the names the site answers under, without a port; empty answers under any.
    """

    instance_dir: Path
    database_url: str = field(repr=False)
    database_read_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    secret_key: str = field(repr=False)
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
    people: PeopleTimes = field(default_factory=PeopleTimes)
    trusted_hosts: tuple[str, ...] = ()

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
    public = yes(environment, "SUPPORT_DIRECTORY_PUBLIC")
    upkeep = _upkeep(environment)
    return Settings(
        instance_dir=instance_dir,
        database_url=database_url,
        database_read_url=environment.get("DATABASE_READ_URL") or database_url,
        redis_url=environment.get("REDIS_URL", ""),
        secret_key=secret_key(environment, instance_dir, public),
        map_tiles_url=tiles(environment.get("MAP_TILES_URL", "")),
        contact_email=contact(environment.get("CONTACT_EMAIL", "")),
        proxies=proxies(environment, public),
        public=public,
        rate_limits=environment.get("RATE_LIMITS", "on") != "off",
        jobs=environment.get("JOBS", "on") != "off",
        sign_in=_sign_in_times(environment),
        clock_ahead_days=clock_ahead(environment, public),
        mail_url=mail_url(environment, public),
        mail_from=mail_from(environment),
        site_url=site_url(environment, public),
        upkeep=upkeep,
        people=_people_times(environment),
        trusted_hosts=trusted_hosts(environment.get("TRUSTED_HOSTS", ""), public),
    )


def _upkeep(environment: Mapping[str, str]) -> UpkeepTimes:
    """The times of upkeep. They must rise, or a listing would be marked as old before anybody was asked."""
    usual = UpkeepTimes()
    written = environment.get("REMIND_AFTER_DAYS", "").strip() or ",".join(map(str, usual.remind_after_days))
    steps = [days({"REMIND_AFTER_DAYS": part}, "REMIND_AFTER_DAYS", 0) for part in written.split(",")]
    times = UpkeepTimes(
        tuple(steps),
        days(environment, "STALE_AFTER_DAYS", usual.stale_after_days),
        days(environment, "CALL_AFTER_DAYS", usual.call_after_days),
        days(environment, "REMINDER_LINK_DAYS", usual.reminder_link_days),
        days(environment, "REMINDER_EVERY_DAYS", usual.reminder_every_days),
        days(environment, "CALL_AGAIN_DAYS", usual.call_again_days),
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


def _people_times(environment: Mapping[str, str]) -> PeopleTimes:
    usual = PeopleTimes()
    return PeopleTimes(
        days(environment, "ACCOUNT_IDLE_DAYS", usual.idle_days),
        days(environment, "ACCOUNT_NOTICE_DAYS", usual.notice_days),
        days(environment, "REQUEST_DAYS", usual.request_days),
        days(environment, "CORRECTION_DAYS", usual.correction_days),
    )


def _sign_in_times(environment: Mapping[str, str]) -> SignInTimes:
    usual = SignInTimes()
    return SignInTimes(
        minutes(environment, "SIGN_IN_IDLE_MIN", usual.idle_min),
        minutes(environment, "SIGN_IN_LONGEST_MIN", usual.longest_min),
        minutes(environment, "SIGN_IN_LINK_MIN", usual.link_min),
    )
