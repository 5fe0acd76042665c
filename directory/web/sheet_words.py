"""The words of a sheet: for one person without a word of anybody else's need; for the practitioner, all of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from flask_babel import gettext as _

from directory.documents.sheet import Sheet, SheetPart, SheetService
from directory.queries.views import ListingView, RouteView
from directory.reference.support_types import support_types
from directory.reference.terms import terms
from directory.search.sheet_rules import own_kinds, quiet_address, quiet_words
from directory.web.dates import day, when
from directory.web.facts import cost_words, hours_words, place_words, waiting_words
from directory.web.lately import lately_words
from directory.web.my_list import ChosenFor, ChosenService
from directory.web.words import term, term_list

# Ways that work only while somebody is there.
_ANSWERED_BY_SOMEBODY = frozenset({"telephone", "text", "web chat", "BSL video", "Relay UK", "walk-in"})


def person_sheet(
    chosen: ChosenFor, groups: Collection[str], only: Collection[int] | None, today: date
) -> Sheet:
    """The sheet to give to one person. groups: their own. only: ids to put on it; None is all.

    Its heading and every label are neutral. Of the services it tells kinds of support and ways in; words of
    a source are left off where they say what the help is about, with a hint to ask instead.
    """
    services = tuple(
        SheetService(each.listing.name, tuple(_person_rows(each.listing, groups)))
        for each in chosen.for_sheet
        if only is None or each.listing.id in only
    )
    lead = (_("For %(who)s.", who=chosen.person.plain),) if chosen.person else ()
    return Sheet(
        _("Services you can contact"), lead, (SheetPart("", (), services),), _closing(today), made_on=today
    )


def working_sheet(everyone: Iterable[ChosenFor], groups_of: dict[int, frozenset[str]], today: date) -> Sheet:
    """The sheet for the practitioner: everybody's needs and services together. groups_of: person → groups."""
    parts = []
    for chosen in everyone:
        groups = groups_of.get(chosen.number, frozenset())
        lead = [*chosen.person.concerns] if chosen.person else []
        if chosen.person and chosen.person.age:
            lead.append(_("Age: %(age)s", age=chosen.person.age))
        if not chosen.services:
            lead.append(_("Nothing chosen yet."))
        parts.append(
            SheetPart(
                chosen.person.name if chosen.person else _("Not for one person"),
                tuple(lead),
                tuple(
                    SheetService(each.listing.name, tuple(_working_rows(each, groups)))
                    for each in chosen.services
                ),
            )
        )
    warning = (_("For your own work. Do not give it to the family: it holds everyone’s needs."),)
    return Sheet(_("Working sheet"), warning, tuple(parts), _closing(today), made_on=today)


def _closing(today: date) -> tuple[str, ...]:
    return (
        _("If anyone is in danger now, call 999."),
        _("Date of this sheet: %(date)s. Details change: ask if something is not right.", date=day(today)),
    )


def _person_rows(listing: ListingView, groups: Collection[str]) -> Iterable[tuple[str, str]]:
    yield from _run_by(listing)
    offered = own_kinds(((tag.code, tag.is_certain) for tag in listing.support_types), groups)
    kinds = [
        _(label.label) if offered[code] else _("%(kind)s (perhaps)", kind=_(label.label))
        for code, label in terms("kind").items()
        if code in offered
    ]
    yield _("What it is"), "; ".join(kinds) or _("Support. Ask what they offer.")
    yield from _ways(listing, quiet=True)
    yield _("Where"), quiet_words(place_words(listing)) or _("Ask when you get in touch.")
    yield from _before(listing, quiet=True)
    if before := quiet_words(listing.before_you_refer):
        yield _("If somebody refers you"), before
    yield _("Cost"), quiet_words(cost_words(listing)) or _("Ask before you start.")
    yield _("Waiting list"), quiet_words(_waiting(listing)) or _("Ask how long people wait.")
    yield _("How fresh this is"), _freshness(listing, "")


def _working_rows(chosen: ChosenService, groups: Collection[str]) -> Iterable[tuple[str, str]]:
    listing = chosen.listing
    yield from _run_by(listing)
    if listing.description:
        yield _("What it is"), listing.description
    offers = [
        _(support_types()[tag.code].label) + ("" if tag.is_certain else f" ({_('possible, not certain')})")
        for tag in listing.support_types
        if not groups or support_types()[tag.code].group in groups
    ]
    yield _("What it offers"), "; ".join(offers) or _("Not known")
    if not listing.is_reachable:
        yield _("How to reach them"), _("Not known, so it stands on nobody’s own sheet.")
    yield from _ways(listing, quiet=False)
    yield _("Where"), place_words(listing)
    yield from _before(listing, quiet=False)
    yield _("About referring"), listing.before_you_refer or listing.referral_note or _("Not known")
    yield _("Cost"), cost_words(listing)
    yield _("Waiting list"), _waiting(listing)
    if chosen.meets:
        yield (
            _("May meet"),
            _("%(who)s. Ask how the service keeps them apart, or choose another.", who=chosen.meets),
        )
    yield _("How fresh this is"), _freshness(listing, listing.source_name)


def _run_by(listing: ListingView) -> Iterable[tuple[str, str]]:
    """Who runs it; and before that, whether it is closed for now."""
    if listing.status != "active":
        yield _("Please note"), term(listing.status, "status")
    if listing.organisation and listing.organisation != listing.name:
        yield _("Run by"), listing.organisation


def _ways(listing: ListingView, *, quiet: bool) -> Iterable[tuple[str, str]]:
    for route in listing.contact_routes:
        if route.value:
            yield term(route.kind, "route"), _way(route, quiet=quiet)
    if listing.url:
        yield _("Website"), quiet_address(listing.url) if quiet else listing.url


def _way(route: RouteView, *, quiet: bool) -> str:
    note, value = route.note, quiet_address(route.value) if quiet else route.value
    if quiet and note and not quiet_words(note):
        note = _("Ask if this is the right way for you.")
    hours = hours_words(route.hours) if route.hours else ""
    if not hours and not note and route.kind in _ANSWERED_BY_SOMEBODY:
        hours = _("Hours not known")
    return ". ".join(part.rstrip(".") for part in (value, hours, note) if part)


def _before(listing: ListingView, *, quiet: bool) -> Iterable[tuple[str, str]]:
    """What to know before calling or referring."""
    who = "; ".join(term_list(listing.referral_routes, "referral")) or _("Not known")
    yield _("Who can get in touch"), who
    if listing.accepting_referrals is False:
        yield _("Taking new people now"), _("No")
    must_tell = listing.when_they_must_tell or _("Not known. Ask at the start.")
    before = listing.before_you_call
    if quiet:
        must_tell = quiet_words(must_tell) or _("Sometimes they must pass on what you say. Ask at the start.")
        before = quiet_words(before)
    yield _("When they must tell someone"), must_tell
    if before:
        yield _("Good to know"), before
    if listing.safe_contact and (not quiet or quiet_words(listing.safe_contact)):
        yield _("Voicemail, letters and caller display"), listing.safe_contact


def _waiting(listing: ListingView) -> str:
    label = _(terms("waiting")[listing.waiting_list].plain) if listing.waiting_list else ""
    return waiting_words(listing, label)


def _freshness(listing: ListingView, source: str) -> str:
    """Confirmed or not, and when it was read. source: '' where its name might tell too much."""
    if listing.last_confirmed:
        words = _("Confirmed by the service in %(month)s.", month=when(listing.last_confirmed))
        return " ".join(filter(None, (words, lately_words(listing.last_confirmed))))
    read = _("Not yet confirmed by the service.")
    if source:
        read += " " + _("Source: %(source)s, %(month)s.", source=source, month=when(listing.source_date))
    elif listing.source_date:
        read += " " + _("Details of %(month)s.", month=when(listing.source_date))
    if listing.seen_on:
        read += " " + _("We read it in %(month)s.", month=when(listing.seen_on))
    return read + " " + _("Listing %(number)s.", number=listing.id)
