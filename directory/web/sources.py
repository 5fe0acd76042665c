"""Where what we show comes from: each source with its licence and date, for /about/data."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Source:
    """One source. `dated` is the source's own date. `url` may be '' where the file itself says all."""

    used_for: LazyString
    name: LazyString
    licence: LazyString
    dated: LazyString
    url: str = ""


SOURCES = (
    Source(
        used_for=_l("Services: what they do, who for, how to reach them"),
        name=_l(
            "Each service’s own pages, or a page by the council, police or NHS. "
            "Every listing names its source"
        ),
        licence=_l("Facts, in our own words"),
        dated=_l("Differs; every listing shows its own date"),
    ),
    Source(
        used_for=_l("Help lines and councils’ numbers for reporting a concern"),
        name=_l("The pages of the help lines and of the councils"),
        licence=_l("Facts, in our own words"),
        dated=_l("Read in November 2026"),
    ),
    Source(
        used_for=_l("First steps: what to do, what may happen and who must be told"),
        name=_l("Pages by police, charities and safeguarding partnerships. Each of our pages names its own"),
        licence=_l("Facts, in our own words"),
        dated=_l("Differs; each is shown with the day it was read"),
    ),
    Source(
        used_for=_l("Guides to read"),
        name=_l("Links to the pages of the CSA Centre; nothing is copied"),
        licence=_l("Their publishers’ own"),
        dated=_l("Addresses seen in November 2026"),
    ),
    Source(
        used_for=_l("Finding a postcode"),
        name=_l("ONS Postcode Directory, Office for National Statistics"),
        licence=_l("Open Government Licence v3.0"),
        dated=_l("November 2025"),
        url="https://geoportal.statistics.gov.uk/",
    ),
    Source(
        used_for=_l("Council areas on the map"),
        name=_l("Drawn by us from the postcodes above: near enough to find your way, not exact borders"),
        licence=_l("Open Government Licence v3.0"),
        dated=_l("November 2025"),
    ),
    Source(
        used_for=_l("Names and populations of councils"),
        name=_l("Office for National Statistics"),
        licence=_l("Open Government Licence v3.0"),
        dated=_l("Middle of 2024"),
        url="https://www.ons.gov.uk/",
    ),
    Source(
        used_for=_l("How many people may need support: national rates applied locally"),
        name=_l(
            "The CSA Centre, the Office for National Statistics, the NSPCC, the National Crime Agency and others. "
            "The page of each area names the source of each rate"
        ),
        licence=_l("Facts, in our own words"),
        dated=_l("Differs; every rate shows its own year"),
    ),
    Source(
        used_for=_l("How often children’s services recorded child sexual abuse"),
        name=_l("Children in need, Department for Education"),
        licence=_l("Open Government Licence v3.0"),
        dated=_l("2018 to 2025"),
        url="https://github.com/dfe-analytical-services/CSC_outcomes_and_enablers",
    ),
    Source(
        used_for=_l("Names of towns and cities"),
        name=_l("GeoNames"),
        licence=_l("Creative Commons Attribution 4.0"),
        dated=_l("See the file’s own note"),
        url="https://www.geonames.org/",
    ),
    Source(
        used_for=_l("Opening times on bank holidays"),
        name=_l("Bank holidays of England and Wales"),
        licence=_l("Facts"),
        dated=_l("Worked out for each year"),
    ),
)
