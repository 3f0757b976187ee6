"""How a story is saved at the desk: locked, checked against who saved meanwhile, kept as a revision, all in one
transaction that ends before the button's verb begins. A verb that says no therefore never takes the text back.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar, cast

from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from articles import buffers, notices, publishing, workflow, working_copy
from articles.admin import late_save, panel
from articles.admin.article_form import ELSEWHERE, FORM_FIELDS, TEXTS, ArticleForm
from articles.admin.buffer_view import form_context, key_of
from articles.admin.check_view import findings_of
from articles.admin.form_story import for_the_form, share_choices
from articles.admin.verbs import VERBS, answer_at_fault, carry_out
from articles.models import Article, Revision
from articles.refusals import Refused, Stale
from articles.tagging import tag_named
from articles.verb_names import verb_name
from newsroom import clock
from newsroom.desk import DeskAdmin, moment
from newsroom.security import EDITOR_POLICY

if TYPE_CHECKING:
    from datetime import datetime

    from articles.admin.late_save import LateSave
    from authors.models import User

REFUSED = "desk-refused"


class SavingAdmin(DeskAdmin):
    """The story's form, its saving, and the verbs behind its buttons."""

    form = ArticleForm
    change_form_template = "admin/articles/article/change_form.html"
    fieldsets: ClassVar[Any] = ((None, {"fields": FORM_FIELDS}),)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Article | None:
        """The story, if this person may see it; locked and read anew in a transaction that is about to save it."""
        number = _number(unquote(object_id))
        stories = self.get_queryset(request)
        if request.method == "GET":
            stories = for_the_form(stories)
        elif request.method == "POST" and connection.in_atomic_block:
            # What goes with the row is read after the lock is there: this statement began before it waited.
            stories = stories.select_for_update(of=("self",))
        return stories.filter(pk=number).first() if number is not None else None

    def get_form(self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        """The form for this person, now."""
        form = super().get_form(request, obj, change, **kwargs)
        form.person, form.at = request.user, moment(request)
        late = _late(request)
        form.choices = late.choices if late else {}
        return form

    @method_decorator(csp_update(EDITOR_POLICY))
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form or save it; on a new story, then carry out the verb of the button that was pressed."""
        if object_id is not None and request.method == "POST" and "version" in request.POST:
            response = self._save(request, object_id)
        else:
            response = super().changeform_view(request, object_id, form_url, extra_context)
        verb = request.POST.get("then", "") if object_id is None else ""
        kept = _kept(request)
        if kept is None or verb not in VERBS:
            return response
        return self._act(request, kept.article, verb, revision=kept)

    @method_decorator(csrf_protect)
    @method_decorator(csp_update(EDITOR_POLICY))
    def verb_view(self, request: HttpRequest, object_id: str, verb: str) -> HttpResponse:
        """Save what was typed, if the form came along, and then carry out a verb."""
        article = self.get_object(request, object_id)
        if article is None:
            return self.not_here(request, object_id)
        if request.method != "POST":
            # The address of a page that a refused save showed, loaded again or kept as a bookmark.
            return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
        if verb not in VERBS:
            raise Http404
        number = _number(request.POST.get("revision"))
        revision = article.revisions.filter(pk=number).first() if number is not None else None
        if "version" not in request.POST:
            return self._act(request, article, verb, revision=revision)
        request.desk_verb = verb  # type: ignore[attr-defined]
        response = self._save(request, object_id)
        kept = _kept(request)
        if kept is not None:
            return self._act(request, kept.article, verb, revision=kept)
        if VERBS[verb].uses_text or response.status_code == HTTPStatus.FORBIDDEN:
            return response
        # What was typed cannot be saved as it is, but a withdrawal, say, does not wait for that.
        self._act(request, article, verb, revision=revision)
        return self._save(request, object_id)

    def _save(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Save what was posted of a story's form; first, under the same lock, join it with what was saved meanwhile."""
        with transaction.atomic():
            article = self.get_object(request, object_id)
            if article is not None and _late(request) is None:
                if not self.has_change_permission(request, article) or late_save.is_erased_since(article, request.POST):
                    return self._not_saved(request, article)
                late = late_save.catch_up(self, request, article)
                if late is not None:
                    request.desk_late, request.POST = late, late.post  # type: ignore[attr-defined, assignment]
            return cast("HttpResponse", super().changeform_view(request, object_id))

    def _not_saved(self, request: HttpRequest, article: Article) -> HttpResponse:
        """What was typed, to be copied, for a person whose right to change the story ended while they were writing."""
        posted = ((name, request.POST.get(name, "").strip()) for name in (*TEXTS, *ELSEWHERE))
        context = {
            "texts": [(self.model._meta.get_field(name).verbose_name, text) for name, text in posted if text],
            "binned": article.binned_at is not None,
            "erased": late_save.is_erased_since(article, request.POST),
        }
        response = self.page(request, "admin/articles/article/not_saved.html", article, context)
        response.status_code = HTTPStatus.FORBIDDEN
        return response

    def _act(self, request: HttpRequest, article: Article, verb: str, *, revision: Revision | None) -> HttpResponse:
        by = cast("User", request.user)
        try:
            if verb != "take_over":  # which answers what a colleague did, and changes nothing for readers
                _refuse_what_was_not_seen(article, by, request.POST.get("seen"))
            if VERBS[verb].uses_text and (news := _news(request)):
                raise Stale(_("%(news)s Read it as it is now, then press the button again.") % {"news": news})
            done = carry_out(verb, article, by=by, at=moment(request), revision=revision, data=request.POST)
        except Refused as refusal:
            messages.error(request, str(refusal))
            # The answers are shown again where they were given; the text itself is saved already.
            answers = {name: request.POST.getlist(name) for name in request.POST if name.startswith(f"{verb}-")}
            request.session[REFUSED] = {
                "story": article.pk,
                "verb": verb,
                "answers": answers,
                "text": str(refusal),
                "field": answer_at_fault(refusal),
            }
            return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
        messages.success(request, done)
        # The fragment is for the browser that keeps the answers of dialogs: these are of no use any more.
        address = reverse("admin:articles_article_change", args=[article.pk], fragment=f"done-{verb}")
        return HttpResponseRedirect(address)

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:  # noqa: FBT001
        """Save the row. A save that changed anything makes every form that was opened before it old."""
        obj.saved_at = moment(request)
        if not change:
            obj.created_by, obj.created_at = cast("User", request.user), obj.saved_at
        elif form.changed_data:
            obj.lock_version += 1
        obj.assignee_id = form.initial.get("assignee")  # to hand it over is a verb
        obj.save()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """Save byline, tags and related stories where the form had them, and keep the whole as a revision."""
        article, data = form.instance, form.cleaned_data
        signed = data["bylines"] if data["bylines"] is not None else None if change else form.own_byline
        if signed is not None:
            working_copy.sign(article, [(author.pk, role) for author, role in signed])
        if data["tag_names"] is not None:
            article.tags.set([tag_named(name) for name in data["tag_names"]])
        if data["related"] is not None:
            working_copy.relate(article, [each.pk for each in data["related"]])
        by = cast("User", request.user)
        revision = publishing.keep(article, by=by, at=moment(request), note=data.get("note") or "")
        buffers.saved(by, article, key=key_of(request))
        if data["assignee"] != article.assignee:
            try:
                workflow.assign(article, to=data["assignee"], by=by, at=moment(request))
            except Refused as refusal:
                messages.error(request, str(refusal))
        revision.article = article
        request.desk_kept = revision  # type: ignore[attr-defined]

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """Nothing: revisions and events say more than the admin's log."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """Nothing, as above."""

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Go on writing."""
        return self.response_change(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Go on writing, or to the preview."""
        verb, news, late = getattr(request, "desk_verb", request.POST.get("then")), _news(request), _late(request)
        if news and not (verb in VERBS and VERBS[verb].uses_text):
            messages.success(request, news)
        elif not verb and "preview" not in request.POST:
            said = [_("Saved as revision %(number)s.") % {"number": request.desk_kept.number}]  # type: ignore[attr-defined]
            said += [_("What was not chosen stays in the history.")] if late and late.has_chosen else []
            messages.success(request, " ".join(said))
        if "preview" in request.POST:
            return HttpResponseRedirect(reverse("admin:articles_article_preview", args=[obj.pk]))
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[obj.pk]))

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,  # noqa: FBT001, FBT002
        change: bool = False,  # noqa: FBT001, FBT002
        form_url: str = "",
        obj: Article | None = None,
    ) -> HttpResponse:
        """With the state panel; on a page that shows a refusal, with the answers that were given."""
        at = moment(request)
        context |= {"zone": clock.newsroom_zone().key, "new_buttons": []}
        if obj is not None:
            stored = obj
            if request.method == "GET":
                _put_away(request, obj, at=at)
            else:
                # Not the instance that the posted form has already written on.
                stored = for_the_form(Article.objects.all()).get(pk=obj.pk)
            context["may_edit"] = self.has_change_permission(request, stored)
            context["panel"] = panel.build(
                stored,
                user=cast("User", request.user),
                at=at,
                refused=_refused(request, obj),
                edits=context["may_edit"] or None,
            )
            context["stored"] = stored
            late = _late(request)
            context["explains"] = late.explains(now=at) if late and late.choices else ""
            context["late"] = late
            if not context["may_edit"]:
                context["reading"] = panel.reading(stored)
        else:
            context["may_edit"] = True
            context["new_buttons"] = panel.for_a_new_story(cast("User", request.user), at=at)
        context["buffer"] = form_context(request, context.get("stored"), may_edit=context["may_edit"])
        if context["may_edit"]:
            form = context["adminform"].form
            _share_choices(form, context.get("panel"))
            context |= findings_of(form, request, blocks=context["panel"].blocks if obj is not None else ())
        return cast("HttpResponse", super().render_change_form(request, context, add, change, form_url, obj))

    def not_here(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The one answer for a story that does not exist and for one that this person may not see."""
        return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)

    def page(self, request: HttpRequest, template: str, article: Article, context: dict[str, Any]) -> TemplateResponse:
        """A page of the desk about one story."""
        shared = self.admin_site.each_context(request)
        about = {"opts": self.opts, "original": article, "article": article, "title": article.headline}
        request.current_app = self.admin_site.name
        return TemplateResponse(request, template, shared | about | context)


def _share_choices(form: ArticleForm, shown: panel.Panel | None) -> None:
    """Sections and colleagues are offered by the form and by a dialog: read them once."""
    dialogs = {button.verb: button.form for button in shown.dialogs} if shown else {}
    for field, verb, name in (("section", "change_address", "section"), ("assignee", "assign", "to")):
        asked = [dialogs[verb].fields[name]] if verb in dialogs else []
        if not form.fields[field].disabled:
            share_choices(form.fields[field], *asked)


def _put_away(request: HttpRequest, article: Article, *, at: datetime) -> None:
    """Mark as seen what this person was told of a story that they have opened. Mostly there is nothing."""
    user = cast("User", request.user)
    waiting = list(notices.unseen(user).values_list("article_id", flat=True))
    if article.pk in waiting:
        notices.put_away(user, at=at, article=article)
    # The sidebar need not count them again.
    request.desk_unseen = sum(each != article.pk for each in waiting)  # type: ignore[attr-defined]


def _kept(request: HttpRequest) -> Revision | None:
    return getattr(request, "desk_kept", None)


def _late(request: HttpRequest) -> LateSave | None:
    return getattr(request, "desk_late", None)


def _news(request: HttpRequest) -> str:
    """What came into a save that its person has not seen."""
    late, kept = _late(request), _kept(request)
    return late.news(kept, now=moment(request)) if late and kept else ""


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 19 else None


def _refuse_what_was_not_seen(article: Article, by: User, seen: str | None) -> None:
    """Raise Stale where a colleague acted on the story after the page was made: a withdrawal moves no revision."""
    number = _number(seen)
    if number is None:
        return
    newer = article.events.filter(pk__gt=number).exclude(by=by).select_related("by").first()
    if newer is not None:
        raise Stale(
            _("Meanwhile: “%(verb)s”, by %(person)s. Look at the story again, then decide.")
            % {"verb": verb_name(newer.verb), "person": newer.by}
        )


def _refused(request: HttpRequest, article: Article) -> dict[str, Any] | None:
    """The verb that was refused just before this page, once."""
    stored = request.session.get(REFUSED)
    if not stored or stored["story"] != article.pk:
        return None
    del request.session[REFUSED]
    return {name: stored.get(name) for name in ("verb", "answers", "text", "field")}
