"""How many people of a group an area may hold, in words: a national rate applied locally."""

from __future__ import annotations

from directory.geo.areas import areas
from directory.matrix.areas import MatrixArea
from directory.matrix.need import estimate_need
from directory.reference.need_rates import need_rates
from directory.security.who_sees import Fact, sees
from directory.web.need_words import estimated_words


def people_affected(area: MatrixArea, group: str) -> str:
    """'about 2,300 (1,700 to 2,800) a year'; '' where no rate is published, or this reader may not see it.

    Of the adults who may harm or have harmed a child only an upper bound is published, which
    is for commissioners.
    """
    estimate = estimate_need([areas()[code] for code in area.members], need_rates()).get(group)
    if estimate is None or (estimate.is_upper_bound and not sees(Fact.UPPER_BOUND_OF_NEED)):
        return ""
    return estimated_words(estimate)
