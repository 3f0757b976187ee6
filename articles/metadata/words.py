"""How machines are told things: instants, a page's title, its description."""

from __future__ import annotations

from datetime import datetime

from newsroom import clock, plaintext
from newsroom.newspaper import newspaper

DESCRIPTION_LIMIT = 300


def stamp(at: datetime) -> str:
    """An instant as machines read it, with the newsroom's offset."""
    return at.astimezone(clock.newsroom_zone()).isoformat(timespec="seconds")


def titled(*parts: str) -> str:
    """A page's title: its own words first, the newspaper's name last."""
    return " – ".join([*filter(None, parts), newspaper().name])


def description(*texts: str) -> str:
    """The first text that says something, cut to a description's length."""
    return plaintext.shorten(next(filter(None, texts), ""), DESCRIPTION_LIMIT)
