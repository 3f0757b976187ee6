"""The WSGI application, as the production server's workers load it."""

# ruff: noqa: E402 - the collector of garbage is told first

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import wait

gc.disable()  # until all is loaded, next to nothing of which is garbage: looking for some took a tenth of the time

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from newsroom.pagecache.layer import PageCache
from newsroom.pagecache.rendering import Application
from newsroom.presses import Presses

# Limits for requests, and not for commands: no page waits longer than a reader does.
os.environ.setdefault("STATEMENT_TIMEOUT_MS", "4000")
os.environ.setdefault("LOCK_TIMEOUT_MS", "3000")
os.environ.setdefault("IDLE_TRANSACTION_TIMEOUT_MS", "30000")
# What is prepared (newsroom/database/statements.py) is planned once: planning took longer than reading.
os.environ.setdefault("PLAN_CACHE_MODE", "force_generic_plan")
# So much memory for each step of a statement: what a common word finds in a large archive has room in it. Where it has
# none, PostgreSQL keeps pages in place of stories, and reads the words of each story there: ten times as long.
os.environ.setdefault("WORK_MEM", "16MB")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")


def _end_with_server() -> None:
    """In a worker: end when the server is killed, so as not to hold its port; leave Ctrl-C to the server.

    A worker that gets both the terminal's interrupt and its server's stop signal does not stop gracefully.
    """
    server = multiprocessing.parent_process()
    if server is None:
        return
    os.setpgid(0, 0)

    def watch() -> None:
        wait([server.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)
        threading.Event().wait(5)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, name="server-watch", daemon=True).start()


def _collect_less() -> None:
    """In a worker: leave what the application is made of to itself, and look for circles of garbage less often.

    A page makes thousands of objects, nearly all of which go by their count of references: looking among them after
    each 700, and now and then among all that was ever imported, took a fifth of a page's time (docs/performance.md).
    """
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)
    gc.enable()


application: Application = Presses(get_wsgi_application())
if settings.PAGECACHE_MB:
    application = PageCache(application)
_end_with_server()
_collect_less()
