"""People of a listing's life: each with a browser of their own, who accept invitations and sign in."""

from __future__ import annotations

import re
import time

from passlib.totp import TOTP
from playwright.sync_api import Browser, Page, expect

from tests.mail_server import MailServer

PASSWORD = "three lamps on a green hill"  # noqa: S105  # only for tests
MAIL_SECONDS = 40.0


def new_page(browser: Browser) -> Page:
    """A browser that nobody has used, on a desk."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    return context.new_page()


def heading(page: Page, words: str) -> None:
    """The page's one heading says this."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def code_of(key: str) -> str:
    """What an authenticator app shows now for a key that was typed into it."""
    app = TOTP(key=re.sub(r"[^A-Z2-7]", "", key.upper()))
    return str(app.generate(time=time.time()).token)


def accept(page: Page, link: str, title: str, password: str = "") -> None:
    """Open the invitation's link, look, and say yes."""
    page.goto(link)
    heading(page, "You are invited")
    page.get_by_label("What you are").fill(title)
    if password:
        page.get_by_label("Password").first.fill(password)
    page.get_by_role("button", name="Accept the invitation").click()
    heading(page, "Sign in")


def set_up_second_step(page: Page, email: str) -> None:
    """Staff sign in for the first time: with the password, and then an authenticator app."""
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("Your role needs a second step")).to_be_visible()
    page.get_by_role("link", name="Set up an authenticator app").click()
    key = page.locator("code").first.inner_text()
    page.get_by_label("The code that the app shows now").fill(code_of(key))
    page.get_by_role("button", name="Set up", exact=True).click()
    heading(page, "Your recovery codes")
    page.get_by_role("link", name="I have kept them").click()


def sign_in_by_mail(page: Page, site: str, email: str, mail: MailServer, *, next_path: str = "") -> None:
    """Ask for a link, take it from the mailbox, press the button."""
    known = len([one for one in mail.messages_to(email) if "link to sign in" in one.subject])
    page.goto(f"{site}/account/sign-in{'?next=' + next_path if next_path else ''}")
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_role("button", name="E-mail me a link instead").click()
    heading(page, "Check your e-mail")
    page.goto(mail.wait_for(email, "link to sign in", MAIL_SECONDS, after=known).links[0])
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("navigation", name="Your account")).to_be_visible()
