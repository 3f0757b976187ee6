"""Related stories: the editor's picks first, in their order, then filled to the section's count by a score.

The score of a candidate, which is public policy and may be explained to a reader:

    (1 + 3 for each shared tag + 2 for each shared author + 2 for the same section, or 1 for the same parent)
    x 0.5 to the power of its age in units of HALF_LIFE

so that a subject counts most, and a story that fits as well but is older comes later; of two alike, the newer.
Candidates are the newest stories with each tag, by each author, in the section's family and of all, a bounded
number of each, so that the cost does not grow with the archive. Nothing is written into the editor's field.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    DurationField,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    OuterRef,
    Value,
    When,
)
from django.db.models.functions import Cast, Extract, Power

from articles import listing
from articles.models import Edition, EditionByline, EditionTag
from articles.querysets import EditionQuerySet
from newsroom.database.prepared import Prepared

HALF_LIFE = timedelta(days=30)
SHARED_TAG = 3.0
SHARED_AUTHOR = 2.0
SAME_SECTION = 2.0
SAME_PARENT = 1.0

# What a story scores that has just come and has nothing in common, and as much again as a day takes from the others.
STRANGER = 1.0 / 0.5 ** (1 / HALF_LIFE.days)

# How many of the newest stories of each kind are looked at, and for how many tags and authors.
CANDIDATES = 40
SUBJECTS = 12


def related(
    edition: Edition, *, picks: Sequence[Edition], tags: Sequence[int], authors: Sequence[int], at: datetime
) -> list[Edition]:
    """The related stories of `edition`: all `picks`, which must be live, filled to its section's count."""
    wanted = edition.section.related_count - len(picks)
    if wanted <= 0:
        return list(picks)
    shown = {edition.article_id, *(pick.article_id for pick in picks)}
    filled = _FILL(
        wanted,
        section=edition.section_id,
        root=edition.root_section_id,
        tags=list(tags),
        authors=list(authors),
        but=sorted(shown - {None}),  # the preview of a story that was never saved has no id
        at=at,
    )
    return [*picks, *filled]


def takes_strangers(filled: Sequence[Edition], *, wanted: int) -> bool:
    """Whether a new story with nothing in common would be among the `wanted` ones, of which there were these.

    All grow old at one pace, so that the score of the last of them, which a stranger has to beat with its own of 1,
    tells it for as long as a page is held.
    """
    return len(filled) < wanted or filled[-1].score < STRANGER  # type: ignore[attr-defined]  # annotated


def _fill(
    wanted: int,
    *,
    section: int,
    root: int,
    tags: Sequence[int],
    authors: Sequence[int],
    but: Collection[int],
    at: datetime,
) -> EditionQuerySet:
    """So many live stories by falling score, without those whose article ids are in `but`. One query."""
    live = Edition.objects.live(at=at).exclude(article__in=but)
    newest = [
        live.newest_first(),
        live.filter(root_section=root).newest_first(),
        *(listing.by_tag(live, tag) for tag in tags[:SUBJECTS]),
        *(listing.by_author(live, author) for author in authors[:SUBJECTS]),
    ]
    first, *others = (candidates.values("pk")[:CANDIDATES] for candidates in newest)
    # Each branch is read from its own index and stops early; the union is small whatever the archive holds.
    candidates = Edition.objects.live(at=at).filter(listing.is_one_of(first.union(*others)))
    return (
        listing.teasers(candidates, people=False, pictures=False)
        .annotate(score=_score(section, root, tags=tags, authors=authors, at=at))
        .order_by("-score", "-first_published_at", "-article_id")[:wanted]
    )


_FILL = Prepared(_fill)


def _score(section: int, root: int, *, tags: Sequence[int], authors: Sequence[int], at: datetime) -> Any:
    nearness = Case(
        When(section=section, then=Value(SAME_SECTION)),
        When(root_section=root, then=Value(SAME_PARENT)),
        default=Value(0.0),
        output_field=FloatField(),
    )
    fit = Value(1.0) + nearness
    if tags:
        subjects = EditionTag.objects.filter(edition=OuterRef("pk"), tag__in=tags)
        fit += _number(subjects.values("tag_id")) * Value(SHARED_TAG)
    if authors:
        people = EditionByline.objects.filter(edition=OuterRef("pk"), author__in=authors)
        fit += _number(people.order_by("author_id").values("author_id").distinct()) * Value(SHARED_AUTHOR)
    age = ExpressionWrapper(Value(at) - F("first_published_at"), output_field=DurationField())
    half_lives = Extract(age, "epoch") / Value(HALF_LIFE.total_seconds())
    return ExpressionWrapper(fit * Power(Value(0.5), Cast(half_lives, FloatField())), output_field=FloatField())


def _number(rows: Any) -> Any:
    """How many rows a subquery has, as a float; the subquery is bound to one edition and so a handful."""
    return Cast(Func(ArraySubquery(rows), function="CARDINALITY"), FloatField())
