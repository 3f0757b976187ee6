"""Where a reader goes from the end of a story: what else its section has, and the story that came before it there.

Like the automatic part of related stories this may stand in the page for a while: nothing here is picked by hand.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from articles.listing import Cursor, is_one_of, teasers
from articles.models import Edition
from articles.querysets import EditionQuerySet
from newsroom.database.prepared import Prepared

MORE = 4


@dataclass(frozen=True)
class Onward:
    """The newest stories of a section that the page does not show yet, and the one published before this one."""

    more: list[Edition]
    next: Edition | None


def onward(edition: Edition, *, shown: Collection[int], at: datetime) -> Onward:
    """Where `edition`, which is live or previewed, leads in its own section. One query, whatever the archive holds.

    `shown` are the ids of stories that the page has elsewhere; the next one may be among them, since it is next.
    """
    here = Cursor(edition.first_published_at, edition.article_id or 0)
    found = _FOUND(
        section=edition.section_id, article=here.article, published=here.published, shown=sorted(shown), at=at
    )
    after = next(
        (one for one in found if (one.first_published_at, one.article_id) < (here.published, here.article)), None
    )
    more = [one for one in found if one is not after and one.article_id not in shown]
    return Onward(more[:MORE], after)


def _found(*, section: int, article: int, published: datetime, shown: Collection[int], at: datetime) -> EditionQuerySet:
    live = Edition.objects.live(at=at).filter(section=section).exclude(article=article)
    before = live.filter(Cursor(published, article).older("first_published_at"))
    newest = live.exclude(article__in=shown).newest_first().values("pk")[: MORE + 1]
    chosen = newest.union(before.newest_first().values("pk")[:1])
    return teasers(Edition.objects.live(at=at).filter(is_one_of(chosen)), pictures=False).newest_first()


_FOUND = Prepared(_found)
