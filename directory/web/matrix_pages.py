"""The other pages about the same area: those that this site has."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, url_for
from flask_babel import gettext as _

from directory.matrix.areas import MatrixArea


@dataclass(frozen=True, slots=True)
class AreaPage:
    """A link to another page about an area."""

    address: str
    words: str


def area_pages(area: MatrixArea) -> tuple[AreaPage, ...]:
    """In the order in which a commissioner asks: what to do, why, since when, and what to take away."""
    pages = (
        ("matrix.calls", _("A round of telephone calls: whom to ring, and what it would settle")),
        ("gaps.area", _("The gaps, and what could be done about each")),
        ("need.area", _("How many people may need support, and what was recorded")),
        ("access.area", _("How easily people can get to support")),
        (
            "matrix.views",
            _("The guide’s questions: waiting, hours, referral, forms of abuse, and who is served less well"),
        ),
        ("compare.areas", _("This area beside others like it")),
        ("snapshots.changes", _("What has changed")),
        ("matrix_files.xlsx", _("This grid as a workbook (XLSX)")),
        ("matrix_files.csv", _("This grid as a table (CSV)")),
    )
    return tuple(
        AreaPage(url_for(endpoint, area_code=area.code), str(words))
        for endpoint, words in pages
        if endpoint in current_app.view_functions
    )
