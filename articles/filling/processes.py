"""What a process of its own does first. Nothing here names a model: it is read before Django is set up there."""

from __future__ import annotations

import multiprocessing
import os
import threading

import django


def begin() -> None:
    """Set up Django, and see to it that this process ends with the one it works for, also where that was killed."""
    django.setup()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
