"""The desk's own verbs: what moves a working copy through its stages. None of them touches an edition."""

from __future__ import annotations

from datetime import datetime

from articles.deeds import deed
from articles.models import Article, Stage
from articles.refusals import Refused
from authors.models import User


def submit(article: Article, *, by: User, at: datetime) -> None:
    """Ask for review. Raises NotAllowed, Stale, or Refused where it is in review or ready already."""
    with deed("submit", article, by=by, at=at) as doing:
        _expect(doing.article, Stage.DRAFT)
        doing.article.stage = Stage.IN_REVIEW


def send_back(article: Article, *, by: User, at: datetime, reason: str) -> None:
    """Return a story to its writer, saying why. Raises NotAllowed, Stale or Refused."""
    with deed("send_back", article, by=by, at=at) as doing:
        _expect(doing.article, Stage.IN_REVIEW, Stage.READY)
        if not reason.strip():
            raise Refused("Say what the writer is to change.")
        doing.details["reason"] = reason.strip()
        doing.article.stage = Stage.DRAFT


def mark_ready(article: Article, *, by: User, at: datetime) -> None:
    """Say that the story is edited and can be published. Raises NotAllowed, Stale or Refused."""
    with deed("mark_ready", article, by=by, at=at) as doing:
        _expect(doing.article, Stage.DRAFT, Stage.IN_REVIEW)
        doing.article.stage = Stage.READY


def discard(article: Article, *, by: User, at: datetime) -> None:
    """Put a story that no reader has seen or will see into the bin. Raises NotAllowed, Stale or Refused."""
    with deed("discard", article, by=by, at=at) as doing:
        if doing.article.editions.exists():
            raise Refused("This story was published or is scheduled. Withdraw it or cancel its schedule instead.")
        doing.article.binned_at = at


def retrieve(article: Article, *, by: User, at: datetime) -> None:
    """Take a story out of the bin. Raises NotAllowed or Stale."""
    with deed("retrieve", article, by=by, at=at) as doing:
        doing.article.binned_at = None


def _expect(article: Article, *stages: Stage) -> None:
    if article.stage not in stages:
        raise Refused(f"This story is {Stage(article.stage).label.lower()} now. Look at it again.")
