"""What colleagues say to each other about a story. Whoever may see the story may speak; what was said stays.

“@” and a name, as somebody signs in or is called, mentions a colleague, who is told. Stored are sign-in names; shown is
whatever these people are called now. A mention of somebody who may not see the story is refused, since it would reach
nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from articles import colleagues, notices, permissions
from articles.models import Article, Comment, Notice
from articles.refusals import NotAllowed, Refused
from authors.models import User
from newsroom.sentences import enumerated, grouped

if TYPE_CHECKING:
    from django.db.models import QuerySet

LIMIT = Comment._meta.get_field("text").max_length or 0

# The same words again, from the same person, so soon: a request that was sent twice because its answer was lost.
SAME_AGAIN = timedelta(minutes=2)

# What may precede the “@” of a mention: in an address, @ follows a name.
_BEFORE = r"(?<![\w.+-])@"
_UNKEEPABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Piece:
    """A part of a comment: plain words, or the name of somebody who is mentioned."""

    text: str
    is_mention: bool = False


def say(article: Article, text: str, *, by: User, at: datetime) -> Comment:
    """Add a comment to a story, and tell those whom it mentions.

    Raises NotAllowed where `by` may not see the story, and Refused where nothing is said, too much, or to somebody who
    may not see it. The same words said again at once are the same comment.
    """
    if not permissions.may_view(by, article):
        raise NotAllowed(_("You may not see this story."))
    everybody = list(colleagues.at_the_desk())
    words = _kept(text, everybody)
    if not words:
        raise Refused(_("Write something first."))
    if len(words) > LIMIT:
        told = _("A comment has at most %(limit)s characters, and this one %(number)s. Say it in two.")
        raise Refused(told % {"limit": grouped(LIMIT), "number": grouped(len(words))})
    mentioned = mentions(words, everybody)
    _refuse_who_may_not_see(article, mentioned)
    with transaction.atomic():
        again = article.comments.filter(by=by, text=words, at__gt=at - SAME_AGAIN).first()
        if again is not None:
            return again
        comment = Comment.objects.create(article=article, by=by, at=at, text=words)
        comment.mentions.set(mentioned)
        notices.tell(mentioned, article, Notice.Kind.MENTION, by=by, at=at, text=shown(comment), comment=comment)
    return comment


def on(article: Article, *, after: int = 0) -> QuerySet[Comment]:
    """The comments on a story in their order, or those that came after one."""
    return article.comments.filter(pk__gt=after).select_related("by").prefetch_related("mentions").order_by("at", "pk")


def pieces(comment: Comment) -> list[Piece]:
    """A comment, cut at the names of those whom it mentions."""
    people = {person.username.lower(): person for person in comment.mentions.all()}
    if not people:
        return [Piece(comment.text)]
    parts = re.split(_naming(people), comment.text, flags=re.IGNORECASE)
    # With one group in the pattern, every second part is a name.
    return [
        Piece(f"@{people[part.lower()]}", is_mention=True) if place % 2 else Piece(part)
        for place, part in enumerate(parts)
        if part
    ]


def shown(comment: Comment) -> str:
    """A comment as it is shown, without anything but its words."""
    return "".join(piece.text for piece in pieces(comment))


def mentions(text: str, people: Iterable[User]) -> list[User]:
    """Those of `people` whom a stored text names, each once, in the order of their names in it."""
    by_name = {person.username.lower(): person for person in people}
    if not by_name:
        return []
    found = re.findall(_naming(by_name), text, flags=re.IGNORECASE)
    return list(dict.fromkeys(by_name[name.lower()] for name in found))


def _kept(text: str, people: Sequence[User]) -> str:
    """The text to store: lines end alike, nothing that cannot be shown, sign-in names for names."""
    text = _UNKEEPABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    called = by_full_name(people)
    if "@" not in text or not called:
        return text
    return re.sub(_naming(called), lambda match: f"@{called[match[1].lower()].username}", text, flags=re.IGNORECASE)


def by_full_name(people: Iterable[User]) -> dict[str, User]:
    """Those whose name, in small letters, is theirs alone."""
    named = [(person.get_full_name().lower(), person) for person in people]
    often = Counter(name for name, _ in named)
    return {name: person for name, person in named if name and often[name] == 1}


def _naming(names: Iterable[str]) -> str:
    """The pattern of an “@” with one of the names, the longest that fits, and no letter of a longer name behind it."""
    longest_first = sorted(names, key=len, reverse=True)
    return rf"{_BEFORE}({'|'.join(map(re.escape, longest_first))})(?![\w@+-]|\.\w)"


def _refuse_who_may_not_see(article: Article, mentioned: Sequence[User]) -> None:
    if not mentioned:
        return
    may_see = set(colleagues.who_may_see(article).filter(pk__in=[person.pk for person in mentioned]))
    out = [str(person) for person in mentioned if person not in may_see]
    if out:
        who = enumerated(out)
        raise Refused(
            _(
                "%(who)s cannot see this story and would not get your comment. Ask an editor to "
                "assign it to them, or leave the name out."
            )
            % {"who": who}
        )
