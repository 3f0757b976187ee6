"""`manage.py run`: a demonstration newsroom out of nothing, which is what `make run` starts."""

from __future__ import annotations

import importlib
import os
import signal
import threading
import time
from argparse import ArgumentParser
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from newsroom import readiness, staticfiles
from newsroom.management.commands.serve import wait_for_port

HOST = "127.0.0.1"


class Command(BaseCommand):
    """Migrate, fill an empty database, collect static files, serve: each only where something is to be done."""

    help = "Prepares the database and the files, with the demo newsroom if the database is empty, and serves the site."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen."""
        parser.add_argument("--port", type=int, default=8000, help="Port to listen at (8000).")

    def handle(self, *, port: int, **_: Any) -> None:
        """Prepare and serve."""
        _end_with_make()
        wait_for_port(HOST, port)
        with ThreadPoolExecutor(max_workers=1) as meanwhile:
            collecting = meanwhile.submit(staticfiles.collect) if staticfiles.are_outdated() else None
            self._fill()
            if collecting:
                collecting.result()
        self._tell(port)
        call_command("serve", host=HOST, port=port)

    def _fill(self) -> None:
        """Make the tables and the demo newsroom, where there are none."""
        if readiness.pending_migrations():
            self.stdout.write("Making the tables …")
            call_command("migrate", verbosity=0, interactive=False)
        if not any(apps.get_model(name).objects.exists() for name in (settings.AUTH_USER_MODEL, "articles.Article")):
            self.stdout.write("Filling the demo newsroom …")
            with transaction.atomic():  # all of it or nothing: the next start begins again
                call_command("demo", verbosity=0, stdout=StringIO())  # its logins are told below

    def _tell(self, port: int) -> None:
        """Say where the site is and how to sign in."""
        self.stdout.write(f"\n  {settings.NEWSROOM_NAME}\n")
        self.stdout.write(f"  site   http://{HOST}:{port}/")
        self.stdout.write(f"  desk   http://{HOST}:{port}/admin/")
        for login in importlib.import_module("articles.management.commands.demo").LOGINS:
            self.stdout.write(f"         {login}")
        self.stdout.write("\n  Ctrl-C stops it; the data stay in var/.\n")
        self.stdout.flush()


def _end_with_make() -> None:
    """Stop when the `make` that started this is killed: nothing of a demonstration outlives its window."""
    if "MAKELEVEL" not in os.environ:
        return
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="make-watch", daemon=True).start()
