"""The newspaper's own name, strap and address, as every page shows them. All of it comes from settings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest

from newsroom import languages


@dataclass(frozen=True)
class Newspaper:
    """What a page says about the site that it belongs to. `place` names the city whose time it keeps."""

    name: str
    strap: str
    url: str
    language: str
    place: str
    direction: str = "ltr"


def newspaper() -> Newspaper:
    """The newspaper, as settings describe it."""
    return _described(
        settings.NEWSROOM_NAME,
        settings.NEWSROOM_STRAP,
        settings.NEWSROOM_URL,
        settings.LANGUAGE_CODE,
        settings.NEWSROOM_TIME_ZONE,
    )


@lru_cache(maxsize=8)
def _described(name: str, strap: str, url: str, language: str, zone: str) -> Newspaper:
    return Newspaper(
        name=name,
        strap=strap,
        url=url,
        language=languages.tag(language),
        # "America/Port_of_Spain" is the time of Port of Spain.
        place=zone.rpartition("/")[2].replace("_", " "),
        direction=languages.language(language).direction,
    )


def absolute(path: str) -> str:
    """The full address of a path of ours; an address that is already full stays as it is.

    From settings and never from the request: a stranger may set the Host header.
    """
    return f"{settings.NEWSROOM_URL}{path}" if path.startswith("/") else path


def context(request: HttpRequest | None = None) -> dict[str, Newspaper]:
    """Context processor: `newspaper` for every template."""
    return {"newspaper": newspaper()}
