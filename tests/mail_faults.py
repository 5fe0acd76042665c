"""What may befall one connection to the mail server of the tests."""

from __future__ import annotations

from enum import Enum, auto


class Fault(Enum):
    """'taken': the server has kept the mail; otherwise it has not. 'held': until the test lets go."""

    LATER_AT_GREETING = auto()
    LATER_AT_SENDER = auto()
    NO_AT_SENDER = auto()
    LATER_AT_ADDRESS = auto()
    NO_AT_ADDRESS = auto()
    LATER_AT_DATA = auto()
    NO_AT_DATA = auto()
    LATER_AFTER_MAIL = auto()
    NO_AFTER_MAIL = auto()
    DROP_AT_GREETING = auto()
    DROP_AT_ADDRESS = auto()
    DROP_BEFORE_DATA = auto()
    DROP_IN_DATA = auto()
    DROP_AFTER_MAIL_TAKEN = auto()
    DROP_AFTER_MAIL_NOT_TAKEN = auto()
    GARBLED_AFTER_MAIL_TAKEN = auto()
    DROP_AFTER_YES = auto()
    SILENT_AFTER_MAIL_TAKEN = auto()
    SILENT_AT_GREETING = auto()
    SLOW = auto()
    HELD = auto()
    HELD_THEN_DROPPED = auto()


ANSWERS = {
    Fault.LATER_AT_SENDER: ("MAIL", "451 4.3.0 Not now"),
    Fault.NO_AT_SENDER: ("MAIL", "550 5.7.1 Not from you"),
    Fault.LATER_AT_ADDRESS: ("RCPT", "450 4.2.1 Try again"),
    Fault.NO_AT_ADDRESS: ("RCPT", "550 5.1.1 There is nobody of that name"),
    Fault.LATER_AT_DATA: ("DATA", "451 4.3.0 Not now"),
    Fault.NO_AT_DATA: ("DATA", "554 5.7.1 No"),
}
