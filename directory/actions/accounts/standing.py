"""What somebody may do about people: from roles and memberships that they hold at this moment."""

from __future__ import annotations

from dataclasses import dataclass, field

from directory.actions.actor import THE_COMMAND_LINE, THE_SITE, Actor
from directory.queries.sign_ins import STAFF


@dataclass(frozen=True, slots=True)
class Standing:
    """Who acts, and what they are.

    roles: those that hold now; a moderator or an administrator who gave no second factor has none of these two.
    owner_of: organisations. is_command: somebody at the server itself, who may do everything.
    decided_for: the organisation about whose owners a request was just approved; for that decision alone.
    """

    actor: Actor
    roles: frozenset[str] = field(default_factory=frozenset)
    owner_of: frozenset[int] = field(default_factory=frozenset)
    is_command: bool = False
    decided_for: int | None = None

    @property
    def is_staff(self) -> bool:
        """A moderator or an administrator, or the command."""
        return self.is_command or bool(self.roles & STAFF)

    @property
    def is_administrator(self) -> bool:
        """An administrator, or the command."""
        return self.is_command or "administrator" in self.roles

    def decides_about(self, organisation_id: int | None) -> bool:
        """Whether the organisation was asked about its owners, or the command says so."""
        return self.is_command or (organisation_id is not None and organisation_id == self.decided_for)

    def may_manage(self, organisation_id: int) -> bool:
        """Whether they decide who belongs to an organisation."""
        return self.is_staff or organisation_id in self.owner_of


THE_COMMAND = Standing(THE_COMMAND_LINE, is_command=True)
THE_SITE_ITSELF = Standing(THE_SITE, is_command=True)
"""What runs out by itself."""


class NotAllowed(Exception):
    """This person may not do it. The message is for the log of a test or a command, never for a page."""
