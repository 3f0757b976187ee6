"""Five scheduled editions and a withdrawal, edited in between, go by exactly as planned on every public surface."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from articles import publishing
from articles.models import Article, Block, Change, Edition, Section
from tests.factories import (
    HOUR,
    MINUTE,
    NOON,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    kept,
    managing_editor,
    published,
    revised,
    updated,
)
from tests.surfaces import NO_PAGE, addresses

if TYPE_CHECKING:
    from tests.readers import Reader

pytestmark = pytest.mark.django_db

MOMENT = timedelta(microseconds=1)
WORDS = ("Aspen", "Birch", "Cedar", "Damson", "Elder")
# What has no headline on it, whoever is live.
WITHOUT_HEADLINES = (
    *("/robots.txt", "/manifest.webmanifest", "/healthz", "/readyz"),
    *("/archive/", "/authors/", "/sitemap.xml", "/corrections/"),
    "/.well-known/security.txt",
)


@dataclass
class Plan:
    """What readers are to see from an instant on: a word of the headline and one of the body; nothing for None."""

    starts: datetime
    headline: str | None
    standfirst: str = ""


def _chain(section: Section) -> tuple[Article, list[Plan]]:
    """The story, planned at noon: one edition an hour from one o’clock, gone at six; then edited in every way."""
    by = managing_editor()
    author = AuthorFactory(name="Ada Quill", slug="ada-quill")
    article = ArticleFactory(
        headline="Aspen report", standfirst="First.", section=section, bylines=[author], tag_names=["Ports"]
    )
    publishing.schedule(article, revision=kept(article), live_from=NOON + HOUR, by=by, at=NOON)
    for number, word in enumerate(WORDS[1:], start=2):
        changes = {"headline": f"{word} report"}
        updated(article, live_from=NOON + number * HOUR, at=NOON + number * MINUTE, **changes)
    publishing.withdraw(article, by=by, at=NOON + 10 * MINUTE, live_until=NOON + 6 * HOUR)
    # Writing goes on, and nothing of it is part of what is scheduled …
    head = revised(article, at=NOON + 11 * MINUTE, standfirst="Second.")
    elder = Edition.objects.get(article=article, live_from=NOON + 5 * HOUR)
    # … until somebody puts it into the last one.
    publishing.take_in(elder, revision=head, by=by, at=NOON + 12 * MINUTE)
    # Birch comes a quarter of an hour later than planned; Damson is held back with all the rest, and returns.
    birch = Edition.objects.get(article=article, live_from=NOON + 2 * HOUR)
    publishing.reschedule(birch, live_from=NOON + 2.25 * HOUR, by=by, at=NOON + 13 * MINUTE)
    publishing.hold(article, reason="A call from the harbour office.", by=by, at=NOON + 14 * MINUTE)
    publishing.release(article, kind=Block.Kind.HOLD, by=by, at=NOON + 15 * MINUTE)
    # Cedar is cancelled, so Birch goes on until Damson.
    cedar = Edition.objects.get(article=article, live_from=NOON + 3 * HOUR)
    publishing.cancel(cedar, by=by, at=NOON + 16 * MINUTE)
    return article, [
        Plan(NOON + 17 * MINUTE, None),
        Plan(NOON + HOUR, "Aspen", "First."),
        Plan(NOON + 2.25 * HOUR, "Birch", "First."),
        Plan(NOON + 4 * HOUR, "Damson", "First."),
        Plan(NOON + 5 * HOUR, "Elder", "Second."),
        Plan(NOON + 6 * HOUR, None),
    ]


def _seen(reader: Reader, surfaces: list[str], at: datetime) -> dict[str, set[str]]:
    """Which of the story's headlines each surface shows at an instant."""
    reader.at = at
    found = {}
    for surface in surfaces:
        response = reader.get(surface)
        text = response.content.decode() if response.status_code == 200 else ""
        found[surface] = {word for word in WORDS if f"{word} report" in text}
    return found


def test_a_chain_of_editions_goes_by_as_planned_on_every_surface(reader: Reader) -> None:
    section = SectionFactory(name="Trade", slug="trade")
    # Something that is always there, so that no list is empty or missing with the story away.
    published(section=section, bylines=[AuthorFactory()], headline="Always there")
    article, plans = _chain(section)
    first = Edition.objects.filter(article=article).earliest("live_from")
    surfaces = [
        # Searched by what all of the chain's editions have, and with no words that would be marked in the headlines.
        path.replace("suggest/?q=headline", "suggest/?q=report").replace("?q=headline", "?q=author:quill")
        for path in addresses(first)
        if path not in WITHOUT_HEADLINES and path not in NO_PAGE and not path.startswith("/social/")
    ]
    assert first.path in surfaces
    for number, plan in enumerate(plans):
        wanted = {plan.headline} - {None}
        moments = [plan.starts] + (
            [plans[number + 1].starts - MOMENT] if number + 1 < len(plans) else [plan.starts + HOUR]
        )
        for moment in moments:
            for surface, words in _seen(reader, surfaces, moment).items():
                assert words == wanted or (_names_no_headline(surface) and words <= wanted), f"{surface} at {moment}"
        if plan.headline:
            page = reader.text(first.path)
            assert f'class="story__standfirst">{plan.standfirst}' in page
    reader.at = NOON + 7 * HOUR
    assert reader.status(first.path) == 410


def _names_no_headline(surface: str) -> bool:
    """Sitemaps name addresses, and only the news sitemap a headline."""
    return surface.startswith("/sitemap")


def test_updated_moves_with_what_the_editor_called_an_update_and_with_nothing_else(reader: Reader) -> None:
    article = published(at=NOON - HOUR, headline="Aspen report").article
    for number, change in enumerate((Change.MINOR, Change.SUBSTANTIVE, Change.MINOR), start=1):
        revision = revised(article, at=NOON + number * MINUTE, headline=f"{WORDS[number]} report")
        publishing.schedule(
            article,
            revision=revision,
            live_from=NOON + number * HOUR,
            by=managing_editor(),
            at=NOON + number * MINUTE,
            change=change,
        )
    path = article.editions.earliest("live_from").path
    told = []
    for number in range(4):
        reader.at = NOON + number * HOUR
        [data] = [each for each in reader.page(path).json_ld if "dateModified" in each]
        told.append(data["dateModified"][11:16])
    assert told == ["11:00", "11:00", "14:00", "14:00"]
