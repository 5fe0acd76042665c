"""Every word of a page is in the page's language, though the language is asked for once."""

from __future__ import annotations

from pathlib import Path

import flask_babel
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask, render_template_string

from directory.web import translations
from directory.web.words import translated

WELSH = {
    "Find support": "Dod o hyd i gymorth",
    "100% of %(who)s": "100% o %(who)s",
    ("%(num)s service", "%(num)s services"): ("%(num)s gwasanaeth", "%(num)s o wasanaethau"),
}


@pytest.fixture
def welsh(app: Flask, tmp_path: Path) -> Flask:
    """The site in Welsh, with three texts translated."""
    catalogue = Catalog(locale="cy")
    for english, said in WELSH.items():
        catalogue.add(
            english, (*said, *said, *said)[: catalogue.num_plurals] if isinstance(said, tuple) else said
        )
    where = tmp_path / "cy" / "LC_MESSAGES"
    where.mkdir(parents=True)
    with (where / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    babel = app.extensions["babel"]
    babel.default_locale = "cy"
    babel.translation_directories[:] = [str(tmp_path)]
    return app


TEMPLATE = (
    "{{ _('Find support') }}|{{ ngettext('%(num)s service', '%(num)s services', 3) }}|{{ _('Not told') }}"
)


def test_templates_and_labels_of_data_files_speak_the_pages_language(welsh: Flask) -> None:
    with welsh.test_request_context("/"):
        welsh.preprocess_request()
        assert render_template_string(TEMPLATE) == "Dod o hyd i gymorth|3 o wasanaethau|Not told"
        assert translated("Find support") == "Dod o hyd i gymorth"
        assert translations.gettext("Find support") == flask_babel.gettext("Find support")


def test_what_is_said_outside_a_request_is_said_in_the_sites_language(welsh: Flask) -> None:
    with welsh.app_context():
        assert translated("Find support") == "Dod o hyd i gymorth"


def test_a_request_leaves_no_language_behind_for_the_next_one(welsh: Flask) -> None:
    assert welsh.test_client().get("/safety").status_code == 200
    assert translations._of_request.get() is None


@pytest.mark.parametrize("number", [0, 1, 2, 11])
def test_numbers_are_said_as_flask_babel_says_them(welsh: Flask, number: int) -> None:
    with welsh.test_request_context("/"):
        welsh.preprocess_request()
        both = [
            each("%(num)s service", "%(num)s services", number)
            for each in (translations.ngettext, flask_babel.ngettext)
        ]
        assert both[0] == both[1] and str(number) in both[0]


def test_a_percent_sign_in_a_label_means_nothing_and_in_a_text_with_values_is_kept(app: Flask) -> None:
    with app.test_request_context("/"):
        app.preprocess_request()
        assert translated("100% of children") == "100% of children"
        assert translations.gettext("%(share)s% of all".replace("% of", "%% of"), share=3) == "3% of all"
