"""Copy becomes a story: a draft with its bylines and related stories, all of it or nothing. Never published unasked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from html import escape

from django.db import models, transaction
from django.db.models import Exists, Func, OuterRef, QuerySet, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import own_links, publishing
from articles.importers.copy import Copy, CopyError, RelatedCopy
from articles.models import Article, Byline, Edition, RelatedArticle, Section
from articles.querysets import live_q
from articles.refusals import NotAllowed
from authors.models import Author, User
from authors.naming import author_named
from newsroom import plaintext, richtext
from newsroom.local_time import in_words
from newsroom.richtext import RichTextError
from newsroom.sentences import quoted

# Notes are written once, in the newsroom's language, like those that people type.
NOTE = gettext_lazy("Taken in from text")
_HEADLINE_LIMIT = 200

# Headlines are the same whatever marks and dashes the page that they were copied from uses.
_QUOTES = "“”„«»‘’‚‹›`–—\xa0"
_PLAIN = "\"\"\"\"\"''''''-- "


@dataclass
class Report:
    """What was done with a piece of copy. `warnings` and `notices` are sentences for the person."""

    article: Article
    edition: Edition | None = None
    authors: list[tuple[Author, bool]] = field(default_factory=list)
    linked: list[Article] = field(default_factory=list)
    drafted: list[Article] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def outcome(self, *, at: datetime) -> str:
        """One sentence: where the story stands."""
        if self.edition is None:
            sentence, when = _("“%(headline)s” was taken in as a draft."), ""
        elif self.edition.live_from <= at:
            sentence, when = _("“%(headline)s” is live."), ""
        else:
            sentence, when = _("“%(headline)s” is scheduled for %(when)s."), in_words(self.edition.live_from, now=at)
        return sentence % {"headline": self.article.headline, "when": when}

    def notices(self) -> list[str]:
        """What was found and made beside the story."""
        told = []
        if self.authors:
            made = _("%(author)s (new, without a login)")
            names = [made % {"author": author} if is_new else str(author) for author, is_new in self.authors]
            told.append(_("Byline: %(names)s.") % {"names": ", ".join(names)})
        if self.linked:
            told.append(_("Related stories linked: %(headlines)s.") % {"headlines": _listed(self.linked)})
        if self.drafted:
            told.append(
                _("Related stories kept as drafts, with their teaser as text: %(headlines)s.")
                % {"headlines": _listed(self.drafted)}
            )
        return told


def take_in(copy: Copy, *, section: Section, by: User, at: datetime, publish_at: datetime | None = None) -> Report:
    """Make a draft in `section` out of `copy`; publish it at `publish_at` (`at` itself: at once), if that is given.

    What belongs to editors (others' bylines, related stories) is left to them where `by` is none; it is reported, and
    related stories stay in the body. Raises CopyError, NotAllowed or another Refused, with nothing changed.
    """
    if not by.is_active or not by.has_perm("articles.add_article"):
        raise NotAllowed(_("Your role does not allow you to write stories."))
    with transaction.atomic():
        report = _Taking(copy, section, by, at).take()
        revision = publishing.keep(report.article, by=by, at=at, note=str(NOTE))
        if publish_at is not None:
            if publish_at == at:
                report.edition = publishing.publish(report.article, revision=revision, by=by, at=at)
            else:
                report.edition = publishing.schedule(
                    report.article, revision=revision, live_from=publish_at, by=by, at=at
                )
    return report


def with_headline(headline: str) -> QuerySet[Article]:
    """The stories of this headline, whatever its case and quotation marks; not those in the bin."""
    plain = Func(
        Lower("headline"), Value(_QUOTES), Value(_PLAIN), function="translate", output_field=models.TextField()
    )
    kept: QuerySet[Article] = Article.objects.filter(binned_at=None)
    return kept.alias(plain=plain).filter(plain=_comparable(headline))


def _comparable(headline: str) -> str:
    return " ".join(headline.lower().translate(str.maketrans(_QUOTES, _PLAIN)).split())


def _listed(articles: Iterable[Article]) -> str:
    return ", ".join(quoted(article.headline) for article in articles)


@dataclass
class _Taking:
    """One piece of copy being taken in."""

    copy: Copy
    section: Section
    by: User
    at: datetime

    def take(self) -> Report:
        """The story and what belongs to it, saved; no revision yet."""
        copy = self.copy = self.copy.typeset()
        is_editor = self.by.has_perm("articles.edit_any_article")
        if not copy.headline:
            raise CopyError(_("This copy has no headline."))
        twins = list(with_headline(copy.headline)[:3]) if is_editor else []
        related = copy.related if is_editor else []
        body = copy.body if is_editor else copy.body + "".join(map(_as_text, copy.related))
        report = Report(self._draft(copy.headline, body, standfirst=copy.standfirst))
        self._sign(report, is_editor=is_editor)
        for story in related:
            self._relate(report, story)
        if copy.related and not is_editor:
            report.warnings.append(
                _("Related stories are an editor’s to link; those of this copy stand below its text.")
            )
        if twins:
            report.warnings.append(_("A story with this headline was there already; this is another one."))
        report.warnings += [
            _("Kept in the body, as it fitted nowhere: “%(text)s”") % {"text": text} for text in copy.unplaced
        ]
        report.warnings += copy.notes
        return report

    def _draft(self, headline: str, body: str, *, standfirst: str = "") -> Article:
        article = Article(
            headline=plaintext.shorten(headline, _HEADLINE_LIMIT),
            standfirst=standfirst,
            body=own_links.by_identity(body, user=self.by, at=self.at),
            section=self.section,
            created_by=self.by,
            created_at=self.at,
            saved_at=self.at,
        )
        try:
            article.save()
        except RichTextError as error:
            raise CopyError(str(error)) from error
        return article

    def _sign(self, report: Report, *, is_editor: bool) -> None:
        """Bylines in their order. A writer signs with their own name only; who else signs is an editor's decision."""
        own = Author.objects.filter(user=self.by).first()
        if is_editor:
            report.authors = [author_named(name) for name in self.copy.bylines]
        elif own is not None:
            report.authors = [(own, False)]
        given = [name for name in self.copy.bylines if not is_editor and (own is None or not _is_same(name, own.name))]
        if given:
            told = _("Bylines are an editor’s to set; this copy names %(names)s.")
            report.warnings.append(told % {"names": ", ".join(given)})
        authors = {author.pk: author for author, _ in report.authors}
        Byline.objects.bulk_create(
            Byline(article=report.article, author=author, position=position)
            for position, author in enumerate(authors.values())
        )

    def _relate(self, report: Report, story: RelatedCopy) -> None:
        live = Exists(Edition.objects.filter(live_q(self.at), article=OuterRef("pk")))
        others = with_headline(story.headline).exclude(pk=report.article.pk)
        found = others.order_by(live.desc(), "-pk").first()
        if found is None and _is_same(story.headline, report.article.headline):
            report.warnings.append(_("The copy names itself as a related story; that was left out."))
            return
        if found is None:
            text = f"<p>{escape(story.teaser, quote=False)}</p>" if story.teaser else ""
            found = self._draft(story.headline, richtext.clean(text))
            publishing.keep(
                found, by=self.by, at=self.at, note=_("Taken in from text, as a related story of another one")
            )
            report.drafted.append(found)
        elif found not in [*report.linked, *report.drafted]:
            report.linked.append(found)
        else:
            return
        RelatedArticle.objects.create(
            article=report.article, related=found, position=len(report.linked) + len(report.drafted) - 1
        )


def _is_same(one: str, other: str) -> bool:
    return _comparable(one) == _comparable(other)


def _as_text(story: RelatedCopy) -> str:
    teaser = f"<br>{escape(story.teaser, quote=False)}" if story.teaser else ""
    return f"<p><strong>{escape(story.headline, quote=False)}</strong>{teaser}</p>"
