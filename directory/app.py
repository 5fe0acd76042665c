"""create_app(settings): wires, decides nothing."""

from __future__ import annotations

from flask import Flask, current_app, g, render_template, request
from flask_babel import Babel
from govuk_frontend_wtf.main import WTFormsHelpers
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from directory.actions.take_snapshot import SnapshotKeeper
from directory.cli.accounts import accounts_cli
from directory.cli.backup import backup, restore
from directory.cli.check_routes import check_routes_command
from directory.cli.database import database_cli
from directory.cli.gaps import funding_command, gaps_cli
from directory.cli.listings import listings_cli
from directory.cli.mail import mail_cli
from directory.cli.matrix import matrix_cli
from directory.cli.postcodes import postcodes_cli
from directory.cli.prepare import prepare
from directory.cli.reminders import reminders_cli
from directory.cli.snapshots import snapshots_cli
from directory.config import BODY_BYTES_MAX, ROOT, Settings
from directory.db import Database
from directory.errors import NotFound, RuleBroken
from directory.geo.load import load_locator
from directory.queries.current_access import CurrentAccess
from directory.queries.current_gaps import CurrentGaps
from directory.queries.current_index import CurrentIndex
from directory.queries.current_listings import CurrentListings
from directory.queries.current_matrix import CurrentMatrix
from directory.queries.snapshots import SnapshotWorlds
from directory.reference.hours import set_clock_ahead
from directory.search.synonyms import synonyms
from directory.security.headers import add_headers, csp_nonce
from directory.security.kept_form import kept_form
from directory.security.limits import init_limits
from directory.security.list_cookie import init_list_cookie
from directory.security.own_site import CHANGES_NOTHING, refuse_cross_site_writes
from directory.security.quiet_tracebacks import write_quiet_tracebacks
from directory.security.seal import Seal
from directory.security.sign_in_library import init_library
from directory.security.sign_in_session import init_sign_in
from directory.security.small_request import SmallRequest, refuse_strange_address
from directory.security.who_may import refuse_unless_allowed
from directory.web import (
    about,
    access,
    account,
    administration,
    call_list,
    checks,
    compare,
    confirm_link,
    correct,
    door,
    doors,
    family,
    find,
    gaps,
    invitation,
    invite_organisation,
    kept,
    listing,
    manage,
    manage_requests,
    matrix,
    matrix_files,
    my_list,
    my_listings_file,
    need,
    new_mailbox,
    own_account,
    people_of,
    results,
    said,
    sheets,
    side_by_side,
    snapshots,
    statements,
)
from directory.web import map as map_pages
from directory.web.held import take_last_known
from directory.web.moderation import changes as moderated_changes
from directory.web.moderation import corrections as moderated_corrections
from directory.web.moderation import holds
from directory.web.moderation import listings as moderated_listings
from directory.web.moderation import merges as moderated_merges
from directory.web.moderation import queue as moderation
from directory.web.my_listings import acts as listing_acts
from directory.web.my_listings import cells_page as listing_cells
from directory.web.my_listings import edit as edit_listing
from directory.web.my_listings import history as listing_history
from directory.web.my_listings import new as new_listing
from directory.web.my_listings import overview as my_listings
from directory.web.my_listings import send as send_listing
from directory.web.one_case import ask_once_more
from directory.web.out_of_reach import cannot_be_reached
from directory.web.templating import init_templates

PAGES = (
    find,
    doors,
    results,
    listing,
    map_pages,
    family,
    my_list,
    sheets,
    side_by_side,
    matrix,
    gaps,
    need,
    access,
    matrix_files,
    snapshots,
    kept,
    compare,
    statements,
    said,
    my_listings_file,
    about,
    confirm_link,
    call_list,
    checks,
    correct,
    holds,
    moderation,
    moderated_changes,
    moderated_corrections,
    moderated_listings,
    moderated_merges,
    door,
    account,
    invitation,
    invite_organisation,
    people_of,
    manage,
    manage_requests,
    own_account,
    new_mailbox,
    administration,
    my_listings,
    edit_listing,
    send_listing,
    new_listing,
    listing_acts,
    listing_cells,
    listing_history,
)
COMMANDS = (
    postcodes_cli,
    database_cli,
    listings_cli,
    matrix_cli,
    gaps_cli,
    snapshots_cli,
    mail_cli,
    reminders_cli,
    prepare,
    accounts_cli,
    backup,
    restore,
)

# Shown when no page can be made: needs no template, no built file and no translation. It cannot ask what is held:
# the one place whose numbers only a new version of the site changes (README, 'Moderate').
LAST_RESORT = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Support Directory</title>
<meta name="viewport" content="width=device-width"><h1>Something went wrong</h1>
<p>It is our fault, not yours. If anyone is in danger now, call <a href="tel:999">999</a>.</p>
<p>Childline, for anyone under 19: <a href="tel:08001111">0800 1111</a>.
Samaritans, at any time: <a href="tel:116123">116 123</a>.
Without speaking: text SHOUT to <a href="sms:85258">85258</a>.</p>
<p><a href="/">Try again</a> · <a href="/exit" rel="nofollow noreferrer">Exit this page</a></p></html>"""


class Site(Flask):
    """Flask, with requests that are small."""

    request_class = SmallRequest


def create_app(settings: Settings) -> Flask:
    """The site. Reads the packed postcodes; opens no database connection yet."""
    write_quiet_tracebacks()
    set_clock_ahead(settings.clock_ahead_days)
    app = Site("directory", template_folder=str(ROOT / "templates"), instance_path=str(settings.instance_dir))
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=BODY_BYTES_MAX,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.public,
        BABEL_DEFAULT_LOCALE="en",
        BABEL_DEFAULT_TIMEZONE="Europe/London",
        RATELIMIT_HEADERS_ENABLED=False,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
    )
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # how Flask documents wrapping the app
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=0
        )
    # A path with two slashes is answered 404, not by a redirect that repeats whatever name it was asked under.
    app.url_map.merge_slashes = False
    app.extensions["database"] = Database(settings.database_url, settings.database_read_url)
    app.extensions["seal"] = Seal(settings.secret_key)
    app.extensions["index"] = CurrentIndex(synonyms())
    app.extensions["listings"] = CurrentListings()
    app.extensions["matrix"] = CurrentMatrix(settings.stale_after_days)
    app.extensions["access"] = CurrentAccess(settings.postcodes_dir)
    app.extensions["snapshots"] = SnapshotKeeper(app.extensions["database"])
    app.extensions["snapshot_worlds"] = SnapshotWorlds()
    app.extensions["gaps"] = CurrentGaps()
    # Apart from today's, so that nobody who reads an old snapshot makes today's pages slow.
    app.extensions["snapshot_gaps"] = CurrentGaps()
    app.extensions["snapshot_access"] = CurrentAccess(settings.postcodes_dir)
    _lazy_locator(app, settings)
    _templates(app)
    # First an address that is none of ours, then what another site sends: both before it is asked who is signed in.
    for refuse in (refuse_strange_address, refuse_cross_site_writes, refuse_unless_allowed):
        app.before_request(refuse)
    app.after_request(add_headers)
    init_limits(app, settings)
    init_list_cookie(app, settings)
    init_library(app, settings)
    init_sign_in(app)
    # After all that refuses: who may not send the words is not asked about them.
    app.before_request(ask_once_more)
    for pages in PAGES:
        app.register_blueprint(pages.bp)
    matrix_cli.add_command(funding_command)
    listings_cli.add_command(check_routes_command)
    for command in COMMANDS:
        app.cli.add_command(command)
    _errors(app)
    return app


def _lazy_locator(app: Flask, settings: Settings) -> None:
    """The packed postcodes, when they are there: the commands that pack them run in this app too."""
    if settings.postcodes_dir.exists():
        app.extensions["locator"] = load_locator(settings.postcodes_dir)


def _templates(app: Flask) -> None:
    Babel(app)
    WTFormsHelpers(app)
    init_templates(app)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    app.jinja_env.globals["settings"] = app.config["SETTINGS"]


def _errors(app: Flask) -> None:
    @app.errorhandler(RuleBroken)
    def _rule_broken(broken: RuleBroken) -> tuple[str, int]:
        return render_template("errors/address.html", broken=broken), 400

    @app.errorhandler(NotFound)
    def _not_found(_missing: NotFound) -> tuple[str, int]:
        return render_template("errors/404.html"), 404

    designed = {400, 403, 404, 405, 413, 429, 500, 503}

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> tuple[str, int] | HTTPException:
        code = error.code or 500
        if code < 400:
            return error
        return _designed(code if code in designed else (400 if code < 500 else 500)), code

    @app.errorhandler(Exception)
    def _anything(error: Exception) -> tuple[str, int]:
        # The endpoint alone: a path, a query or a body may say where somebody is looking.
        app.logger.exception("Could not answer %s %s", request.method, request.endpoint)
        # A page that says what went wrong does not ask who is signed in; of the database only what is held.
        g.setdefault("me", None)
        if not cannot_be_reached(error):
            return _designed(500), 500
        take_last_known(error)
        if request.method == "POST" and request.endpoint not in CHANGES_NOTHING:
            return _designed("not_saved", kept=kept_form()), 503
        return _designed(503), 503


def _designed(page: int | str, **values: object) -> str:
    """The page for an error; a bare one with the numbers to call when even that cannot be made."""
    try:
        return render_template(f"errors/{page}.html", **values)
    except Exception:
        current_app.logger.exception("Could not make the page for %s", page)
        return LAST_RESORT
