"""What a mail can be handed to, and the three ways in which that can fail."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Protocol


class NotSent(Exception):
    """The mail was not taken, as far as is known. answer: what was said, in a line for staff."""

    def __init__(self, answer: str) -> None:
        super().__init__(answer)
        self.answer = answer


class Refused(NotSent):
    """The server said no to this mail, for good."""


class Later(NotSent):
    """The mail was certainly not taken, and may be tried again.

    for_all: it was not about this mail (nobody answered, or we were not let in), so that no other will fare better.
    """

    def __init__(self, answer: str, *, for_all: bool = False) -> None:
        super().__init__(answer)
        self.for_all = for_all


class AnswerLost(NotSent):
    """The whole mail was handed over, and no answer came: nobody knows whether it was taken."""


class MailClient(Protocol):
    """Takes one mail at a time. To be used by one thread."""

    def send(self, message: EmailMessage) -> None:
        """Hand it over to the one address in its To; returns only where the server said yes.

        Raises Refused, Later or AnswerLost.
        """
