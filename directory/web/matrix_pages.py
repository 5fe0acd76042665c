"""The way round the pages about one area, the same on each of them, and the address that shows its figures again."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_babel import gettext as _

from directory.errors import RuleBroken
from directory.matrix.areas import MatrixArea
from directory.queries.current_matrix import MatrixWorld
from directory.web.permanent import permanent_address

UNMET = "unmet"
"""The grid's second face, as `face` in an address names it."""


@dataclass(frozen=True, slots=True)
class AreaPage:
    """A link to a page about an area: its name in the row of all, and what it is about. is_here: the page itself."""

    address: str
    name: str
    about: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class AreaNav:
    """The pages about an area, then the files to take away.

    permanent: the path of the page that will show the figures again; '' where none could be made.
    rests_on_more: the page shows more than a snapshot keeps, so that address shows what its figures rest on.
    """

    area_name: str
    pages: tuple[AreaPage, ...]
    files: tuple[AreaPage, ...]
    permanent: str
    rests_on_more: bool


def area_nav(
    world: MatrixWorld, area: MatrixArea, *, rests_on_more: bool = False, query: str = ""
) -> AreaNav:
    """The way round from the page that is being answered. query: what the permanent address must ask besides."""
    path = permanent_address(world, area)
    if path and query:
        path = f"{path}?{query}"
    return pages_of(area, path, rests_on_more=rests_on_more)


def read_face() -> str:
    """Which face of the grid an address asks for: '' for what there is. Raises RuleBroken."""
    face = request.args.get("face", "")
    if face not in {"", UNMET}:
        raise RuleBroken("face", str(_("This address may say ‘face=unmet’, or leave it out.")))
    return face


def pages_of(area: MatrixArea, permanent: str = "", *, rests_on_more: bool = False) -> AreaNav:
    """The way round from a page that knows the address of its figures, or has none to give."""
    return AreaNav(area.name, _pages(area), _files(area), permanent, rests_on_more)


def _pages(area: MatrixArea) -> tuple[AreaPage, ...]:
    """In the order in which a commissioner asks: what there is, what is missing, why, since when."""
    face = request.args.get("face", "") if request.endpoint == "matrix.area" else ""
    pages = (
        ("matrix.area", "", _("Grid"), _("What there is and what there is not: the grid")),
        ("matrix.area", UNMET, _("Unmet need"), _("The grid’s other face: people without a place")),
        ("gaps.area", "", _("Gaps"), _("The gaps, and what could be done about each")),
        ("gaps.plain", "", _("In plain words"), _("The gaps in plain words, for councillors")),
        ("need.area", "", _("Need"), _("How many people may need support, and what was recorded")),
        ("access.area", "", _("Access"), _("How easily people can get to support")),
        ("compare.areas", "", _("Compare"), _("This area beside others like it")),
        (
            "matrix.views",
            "",
            _("Questions"),
            _("The guide’s questions: waiting, hours, referral, forms of abuse, and who is served less well"),
        ),
        (
            "matrix.calls",
            "",
            _("Calls"),
            _("A round of telephone calls: whom to ring, and what it would settle"),
        ),
        ("snapshots.changes", "", _("What changed"), _("What has changed since an earlier day")),
    )
    return tuple(
        AreaPage(
            url_for(endpoint, area_code=area.code, face=of_face or None),
            str(name),
            str(about),
            is_here=endpoint == request.endpoint and of_face == face,
        )
        for endpoint, of_face, name, about in pages
        if endpoint in current_app.view_functions
    )


def _files(area: MatrixArea) -> tuple[AreaPage, ...]:
    files = (
        ("matrix_files.csv", _("Grid as CSV"), _("This grid as a table (CSV)")),
        ("matrix_files.xlsx", _("Grid as XLSX"), _("This grid as a workbook (XLSX)")),
    )
    return tuple(
        AreaPage(url_for(endpoint, area_code=area.code), str(name), str(about), is_here=False)
        for endpoint, name, about in files
    )
