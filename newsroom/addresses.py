"""The addresses of routes that pages name again and again, worked out once: what a route is does not change."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=4096)
def address(route: str, slug: str) -> str:
    """The address of a route that has a slug."""
    return reverse(route, kwargs={"slug": slug})
