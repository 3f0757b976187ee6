"""Erasing: what a legal order takes out of the database, field by field. Called by the verb `erase` alone."""

from __future__ import annotations

from typing import Any

from django.db import connection

from articles import purging
from articles.content import TEXT_FIELDS
from articles.models import (
    Article,
    Comment,
    Correction,
    EditionByline,
    EditionTag,
    Event,
    Kind,
    PreviewLink,
    Revision,
)

ERASED = "[erased]"


def blank(article: Article) -> None:
    """Blank the texts of a story in its working copy, revisions, editions, corrections, comments and search.

    Words that were typed and not saved, and identities (who signed, which tags, which pictures) go as well. Paths,
    instants and the record of who did what stay, without the words that people gave as reasons: they keep the address
    answering 410.
    """
    texts = dict.fromkeys(TEXT_FIELDS, "") | {"kind": Kind.NEWS, "headline": ERASED}
    empty: dict[str, Any] = texts | {"section": None, "lead_photo": None, "bylines": [], "tags": [], "related": []}
    with connection.cursor() as cursor:
        # The one key to the append-only guard of revisions and corrections; it ends with the transaction.
        cursor.execute("SELECT set_config('newsroom.erasing', 'on', true)")
        Revision.objects.filter(article=article).update(content=empty, body="", note="", digest="")
        Correction.objects.filter(article=article).update(wrong="", text=ERASED)
        Comment.objects.filter(article=article).update(text=ERASED)
        Event.objects.filter(article=article).update(details={})
        cursor.execute("SELECT set_config('newsroom.erasing', 'off', true)")
    purging.of_notes(article.pk)
    EditionByline.objects.filter(edition__article=article).delete()
    EditionTag.objects.filter(edition__article=article).delete()
    article.editions.update(
        headline=ERASED,
        list_headline=ERASED,
        kicker="",
        standfirst="",
        teaser="",
        photo=None,
        words=None,
        search_vector=None,
    )
    for words in (article.buffers, article.withheld, article.notices):
        words.all().delete()
    article.blocks.update(reason=ERASED)
    PreviewLink.objects.filter(article=article).update(for_whom="")
    article.bylines.all().delete()
    article.related_picks.all().delete()
    article.tags.clear()
    for name, value in texts.items():
        setattr(article, name, value)
    article.body, article.lead_photo = "", None
    article.save(update_fields=[*texts, "body", "lead_photo"])
