"""Every change that readers can notice, by what it changes, made as the desk makes it at NOON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from articles import publishing
from articles.models import Article, Byline, Correction, Edition, Kind, Photo, RelatedArticle, Section
from articles.tagging import save_renamed
from authors.models import Author
from tests.articles.worn_paper import Paper
from tests.factories import HOUR, NOON, ArticleFactory, kept, managing_editor, photo, revised

Change = Callable[[Paper], object]


def saved(thing: Section | Author | Photo, **changes: Any) -> None:
    """Change it at the desk, and save it."""
    fresh = type(thing)._default_manager.get(pk=thing.pk)
    for name, value in changes.items():
        setattr(fresh, name, value)
    fresh.save()


def renamed(paper: Paper, **changes: str) -> None:
    """Rename the tag of the story, as the desk does."""
    tag = type(paper.ports).objects.get(pk=paper.ports.pk)
    for name, value in changes.items():
        setattr(tag, name, value)
    save_renamed(tag)


def article_of(edition: Edition) -> Article:
    """The story as it stands."""
    return Article.objects.get(pk=edition.article_id)


def anew(edition: Edition, change: Callable[[Article], object] = lambda _: None, **texts: Any) -> None:
    """Publish a story with these changes."""
    article = article_of(edition)
    change(article)
    revised(article, at=NOON, **texts)
    revision = kept(article, at=NOON)
    publishing.publish(article, revision=revision, by=managing_editor(), at=NOON)


def first_published(paper: Paper) -> None:
    """A new story, tied to what the others are tied to."""
    article = ArticleFactory(section=paper.trade, bylines=[paper.ada], tag_names=["Ports"], headline="A new story")
    publishing.publish(article, revision=kept(article, at=NOON), by=managing_editor(), at=NOON)


def syndicated(paper: Paper) -> None:
    """A new story that somebody else published first."""
    source = {"source_name": "Merrow Wire", "canonical_url": "https://wire.example.net/story"}
    article = ArticleFactory(section=paper.world, bylines=[paper.ben], **source)
    publishing.publish(article, revision=kept(article, at=NOON), by=managing_editor(), at=NOON)


def withdrawn(edition: Edition) -> None:
    """Take a story away from readers."""
    publishing.withdraw(article_of(edition), by=managing_editor(), at=NOON)


def back(edition: Edition) -> None:
    """Bring a withdrawn story back."""
    article = article_of(edition)
    publishing.publish(article, revision=kept(article, at=NOON), by=managing_editor(), at=NOON)


def corrected(paper: Paper) -> None:
    """Correct the linked story."""
    article = article_of(paper.linked)
    revision = revised(article, at=NOON, body="<p>From Tuesday on.</p>")
    note = {"wrong": "It does not run on Monday.", "text": "It runs from Tuesday on."}
    publishing.correct(article, revision=revision, by=managing_editor(), at=NOON, **note)  # type: ignore[arg-type]


def struck_out(edition: Edition) -> None:
    """Strike out the note of a story."""
    note = Correction.objects.get(article=edition.article_id)
    publishing.strike_out(note, text="It was right all along.", by=managing_editor(), at=NOON)


def erased(edition: Edition) -> None:
    """Erase a story for a legal order."""
    publishing.erase(article_of(edition), reason="A court said so.", by=managing_editor(), at=NOON)


def signed(edition: Edition, *, by: Author, role: str = Byline.Role.BY) -> None:
    """Let one more person sign a story."""
    anew(edition, lambda article: Byline.objects.create(article=article, author=by, role=role, position=9))


def _swap_bylines(article: Article) -> None:
    first, last = article.bylines.all()
    article.bylines.filter(pk=last.pk).update(position=first.position)
    article.bylines.filter(pk=first.pk).update(position=last.position)


def _swap_picks(article: Article) -> None:
    RelatedArticle.objects.filter(article=article, position=0).update(position=5)


MADE_OF = [
    {"name": f"photos/new-{width}.jpg", "format": "jpeg", "width": width, "height": width // 2, "cut": ""}
    for width in (640, 1280)
]
CUT = [{"name": "photos/new-social.jpg", "format": "jpeg", "width": 1200, "height": 630, "cut": "social"}]

CHANGES: dict[str, Change] = {
    "Section.name": lambda paper: saved(paper.trade, name="Commerce"),
    "Section.slug": lambda paper: saved(paper.trade, slug="commerce"),
    "Section.parent": lambda paper: saved(paper.trade, parent=None),
    "Section.parent of one that had none": lambda paper: saved(paper.arts, parent=paper.world),
    "Section.description": lambda paper: saved(paper.world, description="From here."),
    "Section.colour": lambda paper: saved(paper.world, colour="#0a657c"),
    "Section.position": lambda paper: saved(paper.arts, position=0),
    "Section.related_count": lambda paper: saved(paper.trade, related_count=3),
    "a section more": lambda _: Section.objects.create(name="Sport", slug="sport", position=9),
    "a section less": lambda paper: Section.objects.get(pk=paper.empty.pk).delete(),
    "Author.name": lambda paper: saved(paper.ada, name="Ada Holm-Quist"),
    "Author.slug": lambda paper: saved(paper.ada, slug="ada"),
    "Author.role": lambda paper: saved(paper.ada, role="Trade editor"),
    "Author.biography": lambda paper: saved(paper.ada, biography="Asks."),
    "Author.portrait": lambda paper: saved(paper.ada, portrait="portraits/ada.jpg"),
    "Author.elsewhere": lambda paper: saved(paper.ada, elsewhere="https://example.net/ada"),
    "Tag.name": lambda paper: renamed(paper, name="Harbours"),
    "Tag.slug": lambda paper: renamed(paper, slug="harbours"),
    "Photo.alt_text": lambda paper: saved(paper.lead, alt_text="A yellow crane"),
    "Photo.is_decorative": lambda paper: saved(paper.lead, is_decorative=True),
    "Photo.caption": lambda paper: saved(paper.inside, caption="The old ferry"),
    "Photo.credit": lambda paper: saved(paper.lead, credit="Dot Ferris"),
    "Photo.focal_x": lambda paper: saved(paper.lead, focal_x=90),
    "Photo.focal_y": lambda paper: saved(paper.lead, focal_y=90),
    "Photo.renditions": lambda paper: saved(paper.lead, renditions=MADE_OF),
    "Photo.crops": lambda paper: saved(paper.lead, crops=CUT),
    "Article.kind": lambda paper: anew(paper.story, kind=Kind.OPINION),
    "Article.kicker": lambda paper: anew(paper.story, kicker="Tolls"),
    "Article.headline": lambda paper: anew(paper.story, headline="Eight countries agree on tolls"),
    "Article.headline of a linked one": lambda paper: anew(paper.linked, headline="The ferry stops again"),
    "Article.headline of a picked one": lambda paper: anew(paper.picked, headline="Eels on paper"),
    "Article.headline of a plain one": lambda paper: anew(paper.plain, headline="A loud day in parliament"),
    "Article.short_headline": lambda paper: anew(paper.story, short_headline="Seven agree"),
    "Article.standfirst": lambda paper: anew(paper.story, standfirst="Another standfirst."),
    "Article.teaser": lambda paper: anew(paper.story, teaser="Seven of them."),
    "Article.dateline": lambda paper: anew(paper.story, dateline="Northmere"),
    "Article.seo_title": lambda paper: anew(paper.story, seo_title="Tolls: who agreed"),
    "Article.seo_description": lambda paper: anew(paper.story, seo_description="Who agreed on tolls."),
    "Article.social_title": lambda paper: anew(paper.story, social_title="They agreed"),
    "Article.canonical_url": lambda paper: anew(
        paper.story, canonical_url="https://wire.example.net/tolls", source_name="Merrow Wire"
    ),
    "Article.source_name": lambda paper: anew(paper.story, source_name="Merrow Wire"),
    "Article.disclosure": lambda paper: anew(paper.story, disclosure="The author owns a boat."),
    "Article.language": lambda paper: anew(paper.story, language="de"),
    "Article.body": lambda paper: anew(paper.story, body="<p>Something else.</p>"),
    "Article.section": lambda paper: anew(paper.story, section=paper.arts),
    "Article.section of a child": lambda paper: anew(paper.linked, section=paper.trade),
    "Article.lead_photo": lambda paper: anew(paper.story, lead_photo=photo(renditions=MADE_OF, crops=CUT)),
    "Article.lead_photo, none": lambda paper: anew(paper.story, lead_photo=None),
    "Article.lead_photo_caption": lambda paper: anew(paper.story, lead_photo_caption="Here it is."),
    "Article.lead_photo_alt": lambda paper: anew(paper.story, lead_photo_alt="A crane, from below"),
    "Article.tags": lambda paper: anew(paper.story, lambda article: article.tags.set(["Fish"])),
    "Article.authors": lambda paper: signed(paper.story, by=paper.ben),
    "Article.slug": lambda paper: publishing.change_address(
        article_of(paper.story), slug="tolls", by=managing_editor(), at=NOON
    ),
    "Byline.author": lambda paper: anew(paper.story, lambda article: article.bylines.update(author=paper.ben)),
    "Byline.role": lambda paper: anew(
        paper.linked, lambda article: article.bylines.filter(position=1).update(role=Byline.Role.PHOTOGRAPHS)
    ),
    "Byline.position": lambda paper: anew(paper.linked, _swap_bylines),
    "RelatedArticle.related": lambda paper: anew(
        paper.story, lambda article: article.related_picks.filter(related=paper.picked.article_id).delete()
    ),
    "RelatedArticle.position": lambda paper: anew(paper.story, _swap_picks),
    "a first publication": first_published,
    "a first publication of what others published": syndicated,
    "a withdrawal": lambda paper: withdrawn(paper.story),
    "a withdrawal of a linked story": lambda paper: withdrawn(paper.linked),
    "a withdrawal of a picked story": lambda paper: withdrawn(paper.picked),
    "a withdrawal of a plain story": lambda paper: withdrawn(paper.plain),
    "a return": lambda paper: back(paper.gone),
    "a return of an old story": lambda paper: back(paper.gone_long_ago),
    "a correction": corrected,
    "a note struck out": lambda paper: struck_out(paper.story),
    "a note struck out on a withdrawn story": lambda paper: struck_out(paper.gone),
    "an erasure": lambda paper: erased(paper.story),
    "an erasure of a withdrawn story": lambda paper: erased(paper.gone),
    "what is planned, sooner": lambda paper: publishing.reschedule(
        paper.upcoming, live_from=NOON + HOUR / 2, by=managing_editor(), at=NOON
    ),
    "what is planned, put on hold": lambda paper: publishing.hold(
        article_of(paper.upcoming), reason="We wait.", by=managing_editor(), at=NOON
    ),
    "a working copy, saved": lambda paper: revised(article_of(paper.story), at=NOON, headline="Not for readers yet"),
}
