"""How many people of a group an area may hold, in words: a national rate applied locally."""

from __future__ import annotations

from collections.abc import Mapping

from directory.matrix.areas import MatrixArea
from directory.matrix.people import people_of
from directory.security.who_sees import Fact, sees
from directory.web.need_words import estimated_words


def people_affected(area: MatrixArea) -> Mapping[str, str]:
    """Group → 'about 2,300 (1,700 to 2,800) a year'; without the groups of which no rate may be shown to this reader.

    For the adults who may harm or have harmed a child only an upper bound is published, which
    is for commissioners.
    """
    may_see_bounds = sees(Fact.UPPER_BOUND_OF_NEED)
    return {
        group: estimated_words(one)
        for group, one in people_of(area.members).items()
        if may_see_bounds or not one.is_upper_bound
    }
