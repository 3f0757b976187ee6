"""A small newspaper with every kind of page that readers meet, for whoever looks at all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse

from articles import publishing
from articles.listing import Cursor
from articles.models import Article, Byline, Correction, Edition, Kind, Photo, Section
from authors.models import Author
from newsroom import clock
from tests import pictures
from tests.factories import (
    DAY,
    HOUR,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    kept,
    managing_editor,
    photo,
    published,
    revised,
)

# Prints one in a served newsroom: `Served.run(FILL)` gives its addresses.
FILL = """
import json
from newsroom import clock
from tests import small_paper
print(json.dumps(small_paper.printed_with_a_picture(at=clock.now())))
"""

GERMAN = {
    "language": "de",
    "headline": "Was das Abkommen über die Häfen sagt",
    "standfirst": "Sieben Staaten haben sich geeinigt, und „sofort“ heißt nicht für alle dasselbe.",
    "body": "<p>Das Abkommen hat zwölf Artikel und drei Anhänge.</p><p>Es gilt vom Frühjahr an.</p>",
}
ARABIC = {
    "language": "ar",
    "headline": "ما الذي يقوله الاتفاق عن الموانئ",
    "standfirst": "اتفقت سبع دول على رسوم مشتركة، ولكل منها موعد.",
    "body": "<p>يتألف الاتفاق من اثني عشر بندا وثلاثة ملاحق.</p><p>يبدأ العمل به في الربيع.</p>",
}
PARAGRAPH = (
    "<p>The accord has twelve articles and three annexes, and most of what was argued over stands in the annexes. "
    "It begins in the spring, with <strong>two exceptions</strong> and a <em>review</em> after four years.</p>"
)


def printed(*, at: datetime, take: Callable[[], Photo] = photo) -> dict[str, str]:
    """Publish it until `at`, and return its pages' addresses by what each is; `take` gives the pictures.

    Those called "never heard of" and "withdrawn" answer 404 and 410, all others 200.
    """
    world = SectionFactory(name="World", slug="world", colour="#8a2a1c", description="From everywhere.", position=1)
    trade = SectionFactory(name="Trade", slug="trade", colour="#0a657c", parent=world, position=2)
    ada = AuthorFactory(name="Ada Holm", slug="ada-holm", role="Trade correspondent", biography="Writes.\n\nAnd asks.")
    ben = AuthorFactory(name="Ben Okoro", slug="ben-okoro")
    short = published(at=at - 3 * HOUR, section=world, headline="The ferry runs again", body="<p>From Monday on.</p>")
    stories = {
        "long article": _long(trade, ada, ben, short, take, at=at),
        "short article": short,
        "corrected article": _corrected(world, take, at=at),
        "opinion": published(
            at=at - 4 * HOUR,
            section=world,
            kind=Kind.OPINION,
            headline="Charge at the museum door, and mean it",
            disclosure="The author sat on the museum’s board until last year.",
            bylines=[ben],
        ),
        "analysis": published(at=at - 5 * HOUR, section=trade, kind=Kind.ANALYSIS, lead_photo=take(), bylines=[ada]),
        "two authors": published(at=at - 6 * HOUR, section=trade, bylines=[ada, ben], lead_photo=take()),
        "syndicated article": published(
            at=at - 7 * HOUR,
            section=world,
            source_name="Merrow Wire",
            canonical_url="https://wire.example.net/story",
            bylines=[ben],
        ),
        "German article": published(at=at - 8 * HOUR, section=world, lead_photo=take(), bylines=[ada], **GERMAN),
        "Arabic article": published(at=at - 9 * HOUR, section=world, lead_photo=take(), bylines=[ada], **ARABIC),
    }
    gone = published(at=at - DAY, section=world, headline="The bridge that was not closed")
    publishing.withdraw(gone.article, by=managing_editor(), at=at - HOUR)
    for number in range(20):
        published(
            at=at - 2 * DAY - number * HOUR, section=world, bylines=[ben], headline=f"Notes from the port {number}"
        )
    after = Cursor(stories["Arabic article"].first_published_at, stories["Arabic article"].article_id)
    day = clock.local_date(at - 3 * HOUR)
    return {
        "front": reverse("front"),
        "section": reverse("section", args=[world.slug]),
        "older stories": f"{reverse('section', args=[world.slug])}?after={after}",
        "section inside another": reverse("section", args=[trade.slug]),
        "empty section": reverse("section", args=[SectionFactory(name="Science", slug="science", position=3).slug]),
        **{name: edition.path for name, edition in stories.items()},
        "author": reverse("author", args=[ada.slug]),
        "author without a word": reverse("author", args=[ben.slug]),
        "authors": reverse("authors"),
        "tag": reverse("tag", args=["ports"]),
        "archive": reverse("archive"),
        "month": reverse("archive_month", args=[day.year, day.month]),
        "corrections": reverse("corrections"),
        "search": reverse("search"),
        "search that finds stories": f"{reverse('search')}?q=port+author:okoro",
        "search that finds nothing": f"{reverse('search')}?q=zeppelins+section:world",
        "never heard of": "/never-heard-of/",
        "withdrawn": gone.path,
    }


def printed_with_a_picture(*, at: datetime) -> dict[str, str]:
    """The same with a picture that is a file: where pages are drawn, it has to come."""
    file = pictures.file_of(pictures.quarters(1600, 1000))
    texts = {"title": "x", "alt_text": "Four colours", "caption": "The harbour.", "credit": "Ben Okoro"}
    taken = Photo.objects.take_in(file, by=managing_editor(), at=at, **texts)
    return printed(at=at, take=lambda: taken)


def _long(
    section: Section, ada: Author, ben: Author, other: Edition, take: Callable[[], Photo], *, at: datetime
) -> Edition:
    """Everything that a body may hold, four times over, and everything that stands around it."""
    inside = take()
    part = (
        f"<h2>What was agreed</h2>{PARAGRAPH}{PARAGRAPH}"
        f'<p>As <a data-article="{other.article_id}">reported</a>, and <a href="https://example.net/">elsewhere</a>.</p>'
        f'<h3>By the spring</h3>{PARAGRAPH}<figure data-photo="{inside.pk}"></figure>'
        f"<ul><li>One</li><li>Two</li></ul><ol><li>First</li><li>Then</li></ol>{PARAGRAPH}"
        f"<blockquote><p>“Nobody asked the harbours.”</p></blockquote>{PARAGRAPH}<hr>"
        "<table><thead><tr><th>Port</th><th>Fee</th></tr></thead>"
        f"<tbody><tr><td>Allerford</td><td>140</td></tr></tbody></table>{PARAGRAPH}"
    )
    article: Article = ArticleFactory(
        section=section,
        headline="What the Kessing accord says, article by article, and what its annexes take back",
        kicker="Explained",
        dateline="Kessing",
        body=part * 4,
        bylines=[ada],
        tag_names=["Ports", "Tariffs"],
        lead_photo=take(),
        related=[other.article],
    )
    Byline.objects.create(article=article, author=ben, role=Byline.Role.PHOTOGRAPHS, position=1)
    return publishing.publish(article, revision=kept(article, at=at - 2 * HOUR), by=managing_editor(), at=at - 2 * HOUR)


def _corrected(section: Section, take: Callable[[], Photo], *, at: datetime) -> Edition:
    first = published(
        at=at - 10 * HOUR, section=section, lead_photo=take(), headline="Rents fall in Ropewalk", tag_names=["Ports"]
    )
    article, by = first.article, managing_editor()
    for hours, kind, placement in (
        (5, Correction.Kind.CORRECTION, Correction.Placement.ABOVE),
        (4, Correction.Kind.CLARIFICATION, Correction.Placement.BELOW),
    ):
        when = at - hours * HOUR
        head = revised(article, at=when, standfirst=f"By {hours} per cent.")
        publishing.correct(
            article,
            revision=head,
            wrong="The story said seven.",
            text="It was five.",
            kind=kind,
            placement=placement,
            by=by,
            at=when,
        )
    return Edition.objects.live(at=at).get(article=article)
