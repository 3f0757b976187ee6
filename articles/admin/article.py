"""Stories at the desk: who sees which, the list's cells, and the addresses around a story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import permissions
from articles.admin import check_view, pick_view, preview, story_list, talk
from articles.admin.buffer_view import buffer_urls
from articles.admin.calendar import calendar_urls
from articles.admin.history import history_context
from articles.admin.home.views import today
from articles.admin.pasting import pasting_urls
from articles.admin.presence_view import presence_urls
from articles.admin.revisions import revision_urls
from articles.admin.saving import SavingAdmin
from articles.admin.sharing import sharing_urls
from articles.admin.story_filters import FILTERS
from articles.admin.story_from_text import text_urls
from articles.admin.story_search import matching
from articles.admin.suggest_view import suggestions
from articles.models import Article

if TYPE_CHECKING:
    from articles.querysets import ArticleQuerySet


@admin.register(Article)
class ArticleAdmin(SavingAdmin):
    """The story list and what belongs to a story: its form, history and preview."""

    change_list_template = "admin/articles/article/change_list.html"
    object_history_template = "admin/articles/article/history.html"
    list_display = ("story", "section", "byline", "stands", "coming_up", "saved")
    list_filter = FILTERS
    search_fields = ("headline",)
    search_help_text = gettext_lazy("Headline or author; also “side by side”, -without, author:, section:, tag:, from:")
    sortable_by = ()

    def get_queryset(self, request: HttpRequest) -> ArticleQuerySet:
        """The stories of this person; any other one does not exist for them."""
        return permissions.visible(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Whether the story can be edited by this person as it stands."""
        if obj is None:
            return bool(super().has_change_permission(request))
        if obj.binned_at is not None:
            return False
        if request.method != "GET":
            return permissions.may_edit(request.user, obj)
        # A page asks a dozen times; a post asks again, since its transaction may have waited for a colleague's.
        asked: dict[int, bool] = request.__dict__.setdefault("desk_may_edit", {})
        if obj.pk not in asked:
            asked[obj.pk] = permissions.may_edit(request.user, obj)
        return asked[obj.pk]

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Never: there is a bin, and for what was published `withdraw` and `erase`."""
        return False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[story_list.StoryList]:
        """Our own, which reads by cursor."""
        return story_list.StoryList

    def get_search_results(
        self, request: HttpRequest, queryset: ArticleQuerySet, search_term: str
    ) -> tuple[ArticleQuerySet, bool]:
        """By headline or author."""
        return matching(queryset, search_term), False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list."""
        return cast("HttpResponse", super().changelist_view(request, {"title": _("Stories")} | (extra_context or {})))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every revision and every deed, instead of the admin's own log."""
        article = self.get_object(request, object_id)
        if article is None:
            return self.not_here(request, object_id)
        return self.page(request, "admin/articles/article/history.html", article, history_context(article, request))

    def get_urls(self) -> list[URLPattern]:
        """The addresses of verbs, previews and searches before the admin's own."""
        guard = self.admin_site.admin_view
        own = [
            path("check/", guard(self.check_view), name="articles_article_check"),
            path("preview/", guard(self.typed_preview_view), name="articles_article_preview_typed"),
            path("pick/<slug:what>/", guard(pick_view.pick), name="articles_article_pick"),
            path("suggest/", guard(suggestions), name="articles_article_suggest"),
            path("today/", guard(today), name="articles_article_today"),
            path("<path:object_id>/do/<slug:verb>/", guard(self.verb_view), name="articles_article_verb"),
            path("<path:object_id>/talk/", guard(self.talk_view), name="articles_article_talk"),
            path("<path:object_id>/talk/people/", guard(self.talk_people_view), name="articles_article_talk_people"),
            path("<path:object_id>/preview/", guard(self.preview_view), name="articles_article_preview"),
            path("<path:object_id>/preview/page/", guard(self.preview_page_view), name="articles_article_preview_page"),
        ]
        shared = [*revision_urls(self), *sharing_urls(self), *buffer_urls(self), *presence_urls(self)]
        return [*text_urls(self), *pasting_urls(self), *calendar_urls(self), *shared, *own, *super().get_urls()]

    def check_view(self, request: HttpRequest) -> HttpResponse:
        """What keeps the text in the form from readers, and what is to be looked at."""
        return check_view.check_view(self, request)

    def talk_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What colleagues say to each other about the story."""
        article = self.get_object(request, object_id)
        return self.not_here(request, object_id) if article is None else talk.respond(self, request, article)

    def talk_people_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Whom a comment can mention."""
        article = self.get_object(request, object_id)
        return self.not_here(request, object_id) if article is None else talk.people(request, article)

    def typed_preview_view(self, request: HttpRequest) -> HttpResponse:
        """What readers would see of the words in the form."""
        return preview.typed_page(self, request)

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The desk's page around a preview."""
        article = self.get_object(request, object_id)
        if article is None or article.head_revision_id is None:
            return self.not_here(request, object_id)
        context = preview.frame_context(article)
        return preview.frameable(self.page(request, "admin/articles/article/preview.html", article, context))

    def preview_page_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What readers would see of the newest saved text."""
        article = self.get_object(request, object_id)
        if article is None or article.head_revision_id is None:
            return self.not_here(request, object_id)
        return preview.page(request, article)

    @admin.display(description=gettext_lazy("Story"))
    def story(self, article: Article) -> str:
        """Kicker, kind and headline."""
        return story_list.headline(article)

    @admin.display(description=gettext_lazy("Byline"))
    def byline(self, article: Article) -> str:
        """Who signs."""
        return story_list.byline(article)

    @admin.display(description=gettext_lazy("State"))
    def stands(self, article: Article) -> str:
        """The derived state, as a badge."""
        return story_list.state_badge(article)

    @admin.display(description=gettext_lazy("Next"))
    def coming_up(self, article: Article) -> str:
        """What happens next and when."""
        return story_list.coming_up(article)

    @admin.display(description=gettext_lazy("Saved"))
    def saved(self, article: Article) -> str:
        """When it was last saved."""
        return story_list.saved(article)
