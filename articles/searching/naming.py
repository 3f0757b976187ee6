"""Authors and tags that readers may know, for looking few of them up by name."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from taggit.models import Tag

from articles import directory
from authors.models import Author


def authors(*, at: datetime) -> QuerySet[Author]:
    """Authors who sign a story that is live at `at`, in no order."""
    return directory.public_authors(at=at).order_by()


def tags(*, at: datetime) -> QuerySet[Tag]:
    """Tags of stories that are live at `at`, in no order."""
    return directory.public_tags(at=at).order_by()
