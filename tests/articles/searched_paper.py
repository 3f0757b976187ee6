"""A few stories for searching, which every condition tells apart; who asks for them, and what the page then says."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from articles import navigation
from articles.models import Edition
from articles.searching import finding
from articles.searching.questions import ask
from tests.factories import DAY, NOON, AuthorFactory, SectionFactory, published
from tests.readers import Page, Reader


def found(text: str, *, newest: bool = False) -> list[str]:
    """The headlines that a query finds, in order."""
    ids = finding.find(ask(text), at=NOON, navigation=navigation.load(), newest=newest).ids
    headlines = dict(Edition.objects.filter(pk__in=ids).values_list("pk", "headline"))
    return [headlines[pk] for pk in ids]


def story(headline: str, text: str = "", **more: Any) -> Edition:
    """A live story of few words."""
    return published(**{"headline": headline, "standfirst": "", "body": f"<p>{text or 'Nothing.'}</p>", **more})


def page(reader: Reader, **query: Any) -> Page:
    """The search page."""
    return reader.page(f"/search/?{urlencode(query, doseq=True)}")


def headlines(read: Page) -> list[str]:
    """The headlines on a page of results."""
    return read.text_of("h2", class_="teaser__headline")


def printed() -> None:
    """Stories that every condition tells apart."""
    world = SectionFactory(name="World affairs", slug="world")
    europe = SectionFactory(name="Europe", slug="europe", parent=world)
    ada, ben = AuthorFactory(name="Zoë Tennick-Voss", slug="zoe"), AuthorFactory(name="Ben Ray", slug="ben-ray")
    story("One", "Ports and ferries. The night shift begins.", section=world, bylines=[ada], tag_names=["Trade wars"])
    story("Two", "Ports. A shift at night.", section=europe, bylines=[ben, ada], at=NOON - 400 * DAY)
    story("Three", "Café society; don’t ask.", bylines=[ben], tag_names=["Trade wars", "Food"])
