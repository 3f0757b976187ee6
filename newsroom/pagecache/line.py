"""The thread by which a worker hears what transactions tell. It ends with its process.

A heartbeat a few times a second finds a line that has gone silent. A broken line is made again at once: LISTEN, then
flush, then read the plan, and only then is anything shown.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from time import monotonic

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from newsroom import clock
from newsroom.pagecache.messages import FLUSH, RESCHEDULE, keys_of
from newsroom.pagecache.numbers import Numbers, forget_the_dead
from newsroom.pagecache.page import Page
from newsroom.pagecache.plan import Plan
from newsroom.pagecache.store import MARGIN, Store
from newsroom.pagecache.trust import Trust
from newsroom.pagecache.wire import Broken, Wire, address

logger = logging.getLogger(__name__)
DEAF = "the page cache does not hear of changes"

HEARTBEAT = 0.25  # seconds between two; with Wire's patience for an answer, less than Trust's grace
HEART = "SELECT extract(epoch FROM clock_timestamp())"
PAUSE = 0.15  # seconds between two tries to connect
BACK = timedelta(seconds=60)  # how much older than the oldest page the plan is read
PLAN_LASTS = 300.0  # seconds after which the plan is read anew; before that, if its last instant has come
REPORT = 2.0  # seconds between two writings of the numbers
SAY_AGAIN = 60.0  # seconds after which the log is told once more what still is wrong


class Line:
    """Keeps `store` up to date and `trust` informed, from start() on."""

    def __init__(self, store: Store, trust: Trust, numbers: Numbers, *, ceiling: float) -> None:
        """A line that is not made yet. `ceiling` is how old a page may get, in seconds."""
        self.let_go: Callable[[Iterable[Page]], None] = lambda _: None  # is told which pages were let go
        self.address: Callable[[], bytes] = address
        self._store, self._trust, self._numbers = store, trust, numbers
        self._ceiling = timedelta(seconds=ceiling)
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._process = 0
        self._stopped = threading.Event()
        self._beaten = self._planned = self._reported = 0.0
        self._said, self._said_at = "", 0.0

    def start(self) -> None:
        """Start, unless that is done: in the process that serves, which may be a fork of the one that loaded this."""
        if self._process == os.getpid():
            return
        with self._starting:
            if self._process != os.getpid():
                self._thread = threading.Thread(target=self._run, name="page-line", daemon=True)
                self._thread.start()
                self._process = os.getpid()

    def stop(self) -> None:
        """Stop, and wait for the end. Nothing held is shown from then on."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        with suppress(OSError):
            forget_the_dead()
        while not self._stopped.is_set():
            began = monotonic()
            try:
                self._report()
                self._hold()
            except Exception as error:  # noqa: BLE001 - it is told to the log, and the thread must not end
                # What nobody keeps up to date is not shown, and the next try begins afresh.
                self._trust.refuse()
                self._say(DEAF, f"{type(error).__name__}: {error}", error)
            if monotonic() - began < PAUSE:  # a line that had been whole is made again without a pause
                self._stopped.wait(PAUSE)
        self._trust.give_up()

    def _hold(self) -> None:
        """Make the line, and return when it broke, or when it could not be made."""
        try:
            wire = Wire(self.address())
        except Broken as broken:
            if broken.reached:
                self._trust.refuse()
            else:
                self._trust.lose()
            self._say(DEAF, str(broken))
            return
        # What changed while nobody listened is shown no more from here on, since the database can be reached.
        self._trust.give_up()
        try:
            self._listen(wire)
        except Broken as broken:
            # A line that fell silent says nothing of the database: the next try will tell.
            if broken.reached:
                self._trust.refuse()
            self._say(DEAF, str(broken))
        finally:
            wire.close()

    def _listen(self, wire: Wire) -> None:
        wire.listen()
        gone = self._store.flush()
        self._read_plan()
        self._beat(wire)
        self._numbers.reconnections += 1
        self.let_go(gone)
        while not self._stopped.is_set():
            due = self._beaten + HEARTBEAT - monotonic()
            if due <= 0:
                self._beat(wire)
            else:
                wire.wait(due)
                self._obey(wire.messages())

    def _beat(self, wire: Wire) -> None:
        """Ask for the time: proof that the line is whole, and the clock's newest measurement."""
        before = self._beaten = monotonic()
        answer = wire.ask(HEART)
        after = monotonic()
        self._obey(wire.messages())
        clock.told(datetime.fromtimestamp(float(answer), tz=UTC), before=before, after=after)
        ahead = clock.ahead()
        if self._trust.ahead and abs(ahead - self._trust.ahead) > MARGIN:
            self._say("all pages are made anew", f"the database’s clock was set by {ahead - self._trust.ahead:.3f} s")
            self._store.flush()
        self._trust.confirm(before, ahead=ahead)
        if gone := self._store.let_due_go():
            self.let_go(gone)
        if after - self._planned > PLAN_LASTS or self._planned < self._store.plan.ends - ahead <= after:
            self._read_plan()
        if after - self._reported > REPORT:
            self._report()

    def _obey(self, payloads: list[str]) -> None:
        if not payloads:
            return
        gone: list[Page] = []
        if FLUSH in payloads:
            gone += self._store.flush()
        if purged := frozenset[str]().union(*(keys_of(each) for each in payloads if each not in (FLUSH, RESCHEDULE))):
            gone += self._store.purge(purged)
        if RESCHEDULE in payloads:
            self._read_plan()
        self.let_go(gone)

    def _read_plan(self) -> None:
        """Read what is planned, from before the oldest page on: a transaction may have taken its time to commit."""
        try:
            planned: list[tuple[datetime, frozenset[str]]] = import_string(settings.PAGECACHE_PLAN)(
                at=clock.now() - self._ceiling - BACK
            )
        finally:
            connection.close()
        self._planned = monotonic()
        self._store.follow(Plan(planned))

    def _report(self) -> None:
        self._reported = monotonic()
        try:
            self._numbers.write()
        except OSError as error:
            self._say("the page cache cannot write its numbers", str(error))

    def _say(self, what: str, why: str, error: Exception | None = None) -> None:
        """Tell the log, once a minute where it is always the same."""
        now = monotonic()
        if why != self._said or now - self._said_at > SAY_AGAIN:
            self._said, self._said_at = why, now
            logger.warning("%s: %s", what, why, exc_info=error)
