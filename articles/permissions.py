"""Who may do what with a story: the one statement of the desk's rules, asked by verbs, forms and lists alike.

Writers work on their own stories (creator, assignee or byline), in draft and in review. Editors work on all and
publish. Managing editors also change addresses, erase, and look after sections, authors and people.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from articles.models import Article, Block, Stage
from articles.querysets import ArticleQuerySet
from articles.refusals import NotAllowed
from articles.verb_names import verb_name

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from authors.models import User

M = TypeVar("M", bound=Model)


class Role(StrEnum):
    """The groups that a migration makes; a person has one of them."""

    WRITER = "Writer"
    EDITOR = "Editor"
    MANAGING_EDITOR = "Managing editor"


# What a verb needs, beside an active login. Verbs that are not here need no more than being allowed to edit.
VERB_PERMISSIONS = {
    "publish": "articles.publish_article",
    "schedule": "articles.publish_article",
    "reschedule": "articles.publish_article",
    "cancel": "articles.publish_article",
    "withdraw": "articles.publish_article",
    "keep_live": "articles.publish_article",
    "move_withdrawal": "articles.publish_article",
    "take_in": "articles.publish_article",
    "hold": "articles.publish_article",
    "legal_block": "articles.publish_article",
    "set_embargo": "articles.publish_article",
    "release": "articles.publish_article",
    "put_back": "articles.publish_article",
    "let_go": "articles.publish_article",
    "correct": "articles.correct_article",
    "strike_out": "articles.correct_article",
    "share": "articles.publish_article",
    "revoke": "articles.publish_article",
    "change_address": "articles.readdress_article",
    "erase": "articles.erase_article",
    "send_back": "articles.edit_any_article",
    "mark_ready": "articles.edit_any_article",
    "assign": "articles.edit_any_article",
    "claim": "articles.edit_any_article",
}


# What of a story's content is an editor's decision, whoever's story it is: the names are those of a snapshot.
EDITORS_PARTS = frozenset({"bylines", "tags", "related"})


def is_own(user: User, article: Article) -> bool:
    """Whether `user` created the story, is assigned it, or signs it."""
    return Article.objects.own(user).filter(pk=article.pk).exists()


def may_view(user: User | AnonymousUser, article: Article) -> bool:
    """Whether `user` may see the working copy."""
    return visible(user).filter(pk=article.pk).exists()


def may_edit(user: User | AnonymousUser, article: Article) -> bool:
    """Whether `user` may change the working copy as it stands in the database."""
    if not user.is_active or not user.has_perm("articles.change_article"):
        return False
    if user.has_perm("articles.edit_any_article"):
        return True
    return article.stage != Stage.READY and is_own(user, article)


def closed_parts(user: User | AnonymousUser, article: Article) -> frozenset[str]:
    """The parts of a story's content that `user`, who may edit it, may not change.

    A writer proposes the section of a new story; moving it to another one is an editor's decision.
    """
    if user.has_perm("articles.edit_any_article"):
        return frozenset()
    return EDITORS_PARTS | ({"section"} if article.section_id is not None else set())


def may(user: User | AnonymousUser, verb: str, article: Article, *, edits: bool | None = None) -> bool:
    """Whether `user` may carry out `verb` on `article`; says nothing about whether the article allows it now.

    `edits` is the answer of `may_edit`, where the caller has asked already.
    """
    permission = VERB_PERMISSIONS.get(verb)
    if permission is not None:
        return user.is_active and user.has_perm(permission)
    return may_edit(user, article) if edits is None else edits


def may_release(user: User | AnonymousUser, block: Block) -> bool:
    """Whether `user`, who may release holds, may release this: a legal block only its owner or a managing editor."""
    return (
        block.kind != Block.Kind.LEGAL or block.owner_id == user.pk or user.has_perm("articles.release_legal_article")
    )


def require(user: User | AnonymousUser, verb: str, article: Article) -> None:
    """Raise NotAllowed unless `may`."""
    if not may(user, verb, article):
        sentence = _("Your role does not allow you to %(verb)s this story. Ask an editor.")
        raise NotAllowed(sentence % {"verb": verb_name(verb)})


def visible(user: User | AnonymousUser) -> ArticleQuerySet:
    """The working copies that `user` may see at the desk."""
    if not user.is_active or not user.has_perm("articles.view_article"):
        return Article.objects.none()
    return Article.objects.all() if _sees_all(user) else Article.objects.own(user)


def about_visible(rows: QuerySet[M], user: User | AnonymousUser, *, few: bool = False) -> QuerySet[M]:
    """Those of `rows`, each of which has an `article`, whose story `user` may see at the desk.

    `few` says that there are few of them: then only their own stories are read, one by one.
    """
    # Where nothing narrows the stories, looking each of them up would only cost time.
    if _sees_all(user):
        return rows
    return rows.filter(article=each_among(visible(user))) if few else rows.filter(article__in=visible(user))


def each_among(stories: ArticleQuerySet) -> Subquery:
    """For `article=` of a few rows: the story itself if it is one of `stories`.

    PostgreSQL carries this out for each row; “article in …” it may turn round, and then reads every story.
    """
    return Subquery(stories.order_by().filter(pk=OuterRef("article")).values("pk")[:1])


def _sees_all(user: User | AnonymousUser) -> bool:
    return user.is_active and user.has_perms(("articles.view_article", "articles.edit_any_article"))
