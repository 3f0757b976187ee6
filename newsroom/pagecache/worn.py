"""What the page that answers a request wears: its keys, until when it is right, which parameters it reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest

ENVIRON = "newsroom.worn"  # no header of a request can have this name in the environ


@dataclass
class Worn:
    """What was said by `wear` so far. `by_layer`: whether the page cache asked, and will answer."""

    keys: set[str] = field(default_factory=set)
    loosely: set[str] = field(default_factory=set)
    not_after: datetime | None = None
    parameters: set[str] = field(default_factory=set)
    by_layer: bool = False

    def add(
        self,
        keys: Iterable[str],
        *,
        loosely: Iterable[str],
        not_after: datetime | None,
        parameters: Iterable[str],
    ) -> None:
        """Add keys and parameters, and keep the earlier instant. Raises ValueError for a key that could not be sent."""
        new, loose = set(keys), set(loosely)
        for key in new | loose:
            if not key.isascii() or not key.isprintable() or " " in key or "," in key or not key:
                raise ValueError(f"“{key}” is no key of a page: printable ASCII without spaces and commas.")
        self.keys |= new
        self.loosely |= loose
        self.parameters |= set(parameters)
        if not_after is not None and (self.not_after is None or not_after < self.not_after):
            self.not_after = not_after


def worn(request: HttpRequest) -> Worn:
    """What the page for this request wears so far; also for a request that did not come through the page cache."""
    found = request.META.get(ENVIRON)
    if not isinstance(found, Worn):
        found = request.META[ENVIRON] = Worn()
    return found
