"""The addresses of routes that pages name again and again, worked out once: what a route is does not change."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=4096)
def address(route: str, *arguments: str | int) -> str:
    """The address of a route, with what stands in it."""
    return reverse(route, args=arguments)
