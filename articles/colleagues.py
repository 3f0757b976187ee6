"""Who works at the desk: whom a story can be given to, and who can be spoken to about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from articles.models import Byline
from authors.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.models import Article

_GROUPS_AND_OWN = "django.contrib.auth.backends.ModelBackend"


def at_the_desk() -> QuerySet[User]:
    """Everybody who may sign in to the desk, by name."""
    return User.objects.filter(is_active=True, is_staff=True).order_by("first_name", "last_name", "username")


def who_may_write() -> QuerySet[User]:
    """Those whose role lets them work on a story that is given to them."""
    return _with("articles.change_article")


def editors() -> QuerySet[User]:
    """Those who work on every story."""
    return _with("articles.edit_any_article")


def who_may_see(article: Article) -> QuerySet[User]:
    """Those who see this story at the desk: editors, and whom it concerns. The rule is `permissions.visible`'s."""
    readers = _with("articles.view_article").values("pk")
    return at_the_desk().filter(Q(pk__in=editors().values("pk")) | _concerned(article), pk__in=readers)


def concerned(article: Article) -> QuerySet[User]:
    """Whom a story concerns: who began it, is assigned it, or signs it and has a login; those who still work here."""
    return at_the_desk().filter(_concerned(article))


def _concerned(article: Article) -> Q:
    signs = Byline.objects.filter(article=article, author__user=OuterRef("pk"))
    return Q(pk=article.created_by_id) | Q(pk=article.assignee_id) | Q(Exists(signs))


def _with(permission: str) -> QuerySet[User]:
    able = User.objects.with_perm(permission, backend=_GROUPS_AND_OWN)
    return at_the_desk().filter(pk__in=able.values("pk"))
