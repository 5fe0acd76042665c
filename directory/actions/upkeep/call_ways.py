"""The ways to reach a service, as they should be after what was said in a call."""

from __future__ import annotations

from dataclasses import dataclass, replace

from directory.actions.changes.refused import ChangedMeanwhile, TwoAnswers
from directory.actions.lines import routes, write_route
from directory.actions.problem import Refused
from directory.errors import RuleBroken
from directory.reference.route_checks import is_abroad, is_dearest
from directory.reference.routes import Route
from directory.reference.telephones import is_number


@dataclass(frozen=True, slots=True)
class WaysSaid:
    """telephone, email: as it should be, '' for as it is; …_was: the one that it replaces, '' for a further one.

    hours: of that number, in the notation; the same as hours_was for as they are.
    """

    telephone: str = ""
    telephone_was: str = ""
    hours: str = ""
    hours_was: str = ""
    email: str = ""
    email_was: str = ""

    @property
    def differs(self) -> bool:
        """Whether anything was said that the page did not show."""
        return (
            self.telephone not in {"", self.telephone_was}
            or self.hours != self.hours_was
            or self.email not in {"", self.email_was}
        )


def with_ways(cell: str, said: WaysSaid) -> str:
    """The ways in the cell, with what was said in their place.

    Raises RuleBroken('telephone', 'hours' or 'email'), or ChangedMeanwhile where what is replaced is there no more.
    What is replaced is known by what the page showed: the first may be held, and then no page shows it.
    """
    held = list(routes(cell))
    if said.telephone not in {"", said.telephone_was}:
        if not is_number(said.telephone) or is_abroad(said.telephone) or is_dearest(said.telephone):
            raise RuleBroken(
                "telephone", "Enter a telephone number of the United Kingdom, at the usual price."
            )
        _put(held, cell, "telephone", said.telephone, said.telephone_was)
    if said.hours != said.hours_was:
        _put_hours(held, cell, said)
    if said.email not in {"", said.email_was}:
        _put_email(held, cell, said)
    return "\n".join(map(write_route, held))


def _put(held: list[Route], cell: str, kind: str, value: str, instead_of: str) -> None:
    place = _place(held, kind, instead_of)
    if place is None and instead_of:
        raise ChangedMeanwhile({"contact_routes": TwoAnswers(instead_of, cell, value)})
    if place is None:
        held.insert(0 if kind == "telephone" else len(held), Route(kind, value))
    else:
        held[place] = replace(held[place], value=value)


def _put_hours(held: list[Route], cell: str, said: WaysSaid) -> None:
    place = _place(held, "telephone", said.telephone or said.telephone_was)
    if place is None:
        raise RuleBroken("hours", "There is no number that these hours could belong to.")
    if held[place].hours not in {said.hours_was, said.hours}:
        raise ChangedMeanwhile({"contact_routes": TwoAnswers(said.hours_was, cell, said.hours)})
    held[place] = replace(held[place], hours=said.hours)


def _put_email(held: list[Route], cell: str, said: WaysSaid) -> None:
    try:
        read = routes(write_route(Route("email", said.email)))
    except Refused:
        read = ()
    if read != (Route("email", said.email),):
        raise RuleBroken("email", "Enter one e-mail address, such as hello@example.org.")
    _put(held, cell, "email", said.email, said.email_was)


def _place(held: list[Route], kind: str, value: str) -> int | None:
    return next((at for at, one in enumerate(held) if (one.kind, one.value) == (kind, value)), None)
