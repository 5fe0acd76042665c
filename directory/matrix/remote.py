"""Supply that is not tied to a place, shared out by head: services by phone or online, and places not known.

A layer of its own: what is reached by phone or online never adds to what is reached in person.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from directory.matrix.demand import Floats


def shared_by_head(accepts: NDArray[np.bool_], people: Floats, supply: Floats) -> Floats:
    """Supply for each person, by authority: every service is shared by all the people it accepts.

    accepts: services x authorities. people: by authority. supply: by service. A service that
    accepts no people at all is given to nobody. What is given out sums to what there was.

    It is also how a service in person enters whose place is not known or is kept private: as if
    it were equally far from everybody it accepts. How far does not matter, because a weight
    that is the same for all falls out of both steps; so nothing has to be assumed of the place,
    and nothing can be learnt of it.
    """
    wanted = accepts @ people
    ratio = np.divide(supply, wanted, out=np.zeros(len(supply)), where=wanted > 0)
    scores: Floats = ratio @ accepts
    return scores
