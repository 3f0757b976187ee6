"""`manage.py send_notices`: mail what the web processes could not. Running it twice sends nothing twice."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import mail
from newsroom import clock


class Command(BaseCommand):
    """Send the notices that wait."""

    help = "Mails the notices that could not be sent yet. Web processes do so by themselves while they run."

    def handle(self, **_: Any) -> None:
        """Send, and say how many went; fails where some could not."""
        if not mail.is_set_up():
            raise CommandError("No mail server is set up. Put its name into EMAIL_HOST.")
        sent = 0
        while (done := mail.deliver(at=clock.now())).sent:
            sent += done.sent
        self.stdout.write(f"{sent} sent.")
        if done.waiting:
            raise CommandError(f"{done.waiting} could not be sent and will be tried again.")
