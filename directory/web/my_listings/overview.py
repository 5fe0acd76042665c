"""My listings: each with its state, its age, what is missing and what waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Blueprint, current_app, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from directory.actions.changes.theirs import may_take_back
from directory.errors import NotFound
from directory.queries.accounts import SignedIn
from directory.queries.moderation import oldest_wait
from directory.queries.my_drafts import OWN, STAFF
from directory.queries.my_listings import MyChange, MyListing, MyOrganisation, my_organisations
from directory.queries.my_numbers import my_numbers
from directory.queries.said_of_services import said_so_far, services_of
from directory.queries.statements import matrix_version
from directory.reference.hours import LONDON, now_utc, today_in_london
from directory.reference.working_days import working_days_between
from directory.security.me import is_staff
from directory.web.cell_words import column_label
from directory.web.database import database
from directory.web.dates import day
from directory.web.matrix_world import matrix_world
from directory.web.my_listings.edit_pages import PAGE_OF
from directory.web.my_listings.mine import may_edit, who_asks
from directory.web.page_of import page_of

bp = Blueprint("my_listings", __name__)

AIM_WORKING_DAYS = 2
"""Within so many a moderator wants to have answered."""
_ID_DIGITS_MAX = 10
LISTINGS_ON_A_PAGE = 50
"""A council may have thousands: the file is for those."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that the listing does not say, and the page on which to say it."""

    label: str
    slug: str


@dataclass(frozen=True, slots=True)
class Row:
    """A listing in words. is_stale: its confirmation no longer counts, or there never was one."""

    listing: MyListing
    state: str
    age: str
    is_stale: bool
    missing: tuple[Missing, ...]


@bp.get("/my-listings")
def overview() -> str:
    """Of one's own organisations; staff name one: ?organisation=12."""
    who = who_asks()
    asked = request.args.get("organisation", "")
    mine = who.owner_of | who.editor_of
    if asked:
        number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < _ID_DIGITS_MAX else 0
        if not may_edit(who, number):
            raise NotFound("No organisation of theirs has this number.")
        mine = frozenset({number})
    source = STAFF if is_staff(who) and not mine & (who.owner_of | who.editor_of) else OWN
    with database().reading() as session:
        numbers = my_numbers(session, mine)
        if asked and not numbers.organisations:
            raise NotFound("No organisation has this number.")
        on_page, pages = page_of(
            [number for number, _organisation_id in numbers.listings],
            LISTINGS_ON_A_PAGE,
            lambda number: url_for("my_listings.overview", organisation=asked or None, page=number),
        )
        organisations = my_organisations(session, numbers, on_page, source, who.account_id)
        oldest = oldest_wait(session)
        # Nothing was ever said where the number is 0; then the matrix need not be read.
        owned = services_of(session, mine & who.owner_of) if matrix_version(session) else ()
    today = today_in_london()
    stale_days = current_app.config["SETTINGS"].stale_after_days
    return render_template(
        "my_listings/overview.html",
        organisations=_on_page(organisations, is_first=not pages.previous_url),
        rows={
            listing.id: row_of(listing, today, stale_days)
            for each in organisations
            for listing in each.listings
        },
        pages=pages,
        said=said_so_far(matrix_world(), owned, today) if owned else {},
        columns=column_label,
        waited=waited_words,
        oldest=waited_words(oldest) if oldest else "",
        aim=AIM_WORKING_DAYS,
        is_staff=is_staff(who),
        mine=who.owner_of | who.editor_of,
        may_act=lambda change: _may_act(who, change),
        may_take_back=lambda change: (
            _may_act(who, change) and may_take_back(change.source, change.proposed_by, who.account_id)
        ),
    )


def _may_act(who: SignedIn, change: MyChange) -> bool:
    """Whether they answer it: they act for the organisation, or sent it themselves."""
    return change.organisation_id in who.owner_of | who.editor_of or change.proposed_by == who.account_id


def _on_page(organisations: Iterable[MyOrganisation], *, is_first: bool) -> tuple[MyOrganisation, ...]:
    """Those with a listing on the page; on the first page also those that have none yet."""
    return tuple(each for each in organisations if each.listings or (is_first and not each.has_listings))


def row_of(listing: MyListing, today: date, stale_days: int) -> Row:
    """A listing in words."""
    stale_on = listing.confirmed_on + timedelta(days=stale_days) if listing.confirmed_on else None
    return Row(
        listing,
        state_words(listing.state),
        age_of_confirmation(listing.confirmed_on, stale_on, today),
        stale_on is None or stale_on <= today,
        tuple(Missing(_missing_label(name), _page_of(name)) for name in listing.missing),
    )


def state_words(state: str) -> str:
    """What a listing is to its owner."""
    words = {
        "listed": _("Listed"),
        "needs checking": _("Needs checking: not shown yet"),
        "being checked": _("Being checked: not shown until a moderator has looked"),
        "temporarily closed": _("Temporarily closed"),
        "inactive": _("Not running: not shown"),
        "defunct": _("Closed"),
    }
    return words[state]


def age_of_confirmation(confirmed_on: date | None, stale_on: date | None, today: date) -> str:
    """'Confirmed on 1 November 2026, 25 days ago. It counts until 29 April 2027.'"""
    if confirmed_on is None or stale_on is None:
        return _(
            "Nobody at the service has confirmed it yet. Until then, those who plan support see it as partly available."
        )
    days = (today - confirmed_on).days
    ago = _("today") if days == 0 else ngettext("%(num)s day ago", "%(num)s days ago", days)
    when = {"day": day(confirmed_on), "ago": ago, "until": day(stale_on - timedelta(days=1))}
    if stale_on <= today:
        return _(
            "Last confirmed on %(day)s, %(ago)s. That counted until %(until)s: confirm it again.", **when
        )
    return _("Confirmed on %(day)s, %(ago)s. That counts until %(until)s.", **when)


def waited_words(since: datetime) -> str:
    """'since 24 November 2026, 2 working days'."""
    began = since.astimezone(LONDON).date()
    today = now_utc().astimezone(LONDON).date()
    if began == today:
        return _("since today")
    days = working_days_between(began, today)
    return _(
        "since %(day)s, %(days)s",
        day=day(began),
        days=ngettext("%(num)s working day", "%(num)s working days", days),
    )


def _missing_label(name: str) -> str:
    return str(_("Opening hours")) if name == "hours" else column_label(name)


def _page_of(name: str) -> str:
    return PAGE_OF["contact_routes" if name == "hours" else name].slug
