"""Mail onto the error stream, for whoever runs the site on their own machine."""

from __future__ import annotations

import sys
from email.message import EmailMessage


class Console:
    """Prints what would be sent."""

    def send(self, message: EmailMessage) -> None:
        """Print it, as a person reads it."""
        head = "\n".join(f"{name}: {message[name]}" for name in ("To", "From", "Subject"))
        print(
            f"--- mail ---\n{head}\n\n{message.get_content()}--- end of mail ---", file=sys.stderr, flush=True
        )
