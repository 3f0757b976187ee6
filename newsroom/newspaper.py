"""The newspaper's own name, strap and address, as every page shows them. All of it comes from settings."""

from __future__ import annotations

from dataclasses import dataclass

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
    return Newspaper(
        name=settings.NEWSROOM_NAME,
        strap=settings.NEWSROOM_STRAP,
        url=settings.NEWSROOM_URL,
        language=languages.tag(settings.LANGUAGE_CODE),
        # "America/Port_of_Spain" is the time of Port of Spain.
        place=settings.NEWSROOM_TIME_ZONE.rpartition("/")[2].replace("_", " "),
        direction=languages.language(settings.LANGUAGE_CODE).direction,
    )


def absolute(path: str) -> str:
    """The full address of a path of ours; an address that is already full stays as it is.

    From settings and never from the request: a stranger may set the Host header.
    """
    return f"{settings.NEWSROOM_URL}{path}" if path.startswith("/") else path


def context(request: HttpRequest | None = None) -> dict[str, Newspaper]:
    """Context processor: `newspaper` for every template."""
    return {"newspaper": newspaper()}
