"""Moving on the calendar: by a form, which answers with a page, or by the calendar's script, which is answered in JSON.

Both say which end of which edition, the instant at which the person saw it, and where it is to go: `instant`, exact, or
`when`, as the newsroom's clock on the wall shows it. A time that the clocks skip or repeat comes back with the choices.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from articles import permissions, publishing
from articles.admin.verb_forms import WhenField
from articles.models import Edition
from articles.refusals import NotAllowed, Refused
from newsroom import clock
from newsroom.desk import DeskAdmin, moment
from newsroom.local_time import RepeatedTimeError, SkippedTimeError, in_words, wall_clock

if TYPE_CHECKING:
    from authors.models import User

TEMPLATE = "admin/articles/article/calendar_move.html"
VERBS = {"begins": "reschedule", "ends": "move_withdrawal"}


class InstantField(forms.CharField):
    """An instant with its offset, as a script or a hidden field has it."""

    def clean(self, value: Any) -> datetime | None:
        """The instant, in UTC. Raises ValidationError."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            instant = datetime.fromisoformat(typed)
            if instant.tzinfo is None:
                raise ValueError("No offset.")
            return instant.astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise ValidationError(_("Write a date and a time.")) from error


class MoveForm(forms.Form):
    """What is to be moved, and where to."""

    edition = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    moves = forms.ChoiceField(choices=[(each, each) for each in VERBS], widget=forms.HiddenInput)
    seen = InstantField(widget=forms.HiddenInput)
    instant = InstantField(required=False, widget=forms.HiddenInput)
    when = WhenField(required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two ways to say where to."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not (given.get("instant") or given.get("when")):
            self.add_error("when", _("Write a date and a time."))
        return given

    def first_error(self) -> str:
        """The first sentence that says what is wrong."""
        return next(str(message) for messages_ in self.errors.values() for message in messages_)

    def choices(self, *, at: datetime) -> list[dict[str, str]]:
        """The instants that a skipped or a repeated time may stand for."""
        for error in self.errors.as_data().get("when", []):
            cause = error.__cause__
            if isinstance(cause, SkippedTimeError):
                instants = (cause.before, cause.after)
            elif isinstance(cause, RepeatedTimeError):
                instants = (cause.first, cause.second)
            else:
                continue
            return [{"label": in_words(each, now=at), "instant": each.isoformat()} for each in instants]
        return []


@csrf_protect
@require_http_methods(["GET", "POST"])
def move_view(request: HttpRequest, model_admin: DeskAdmin) -> HttpResponse:
    """Ask where to, or move. What a person may not see is not there; what they may not move is refused."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    answers_json = request.headers.get("Accept", "").startswith("application/json")
    at, asked = moment(request), request.POST if request.method == "POST" else request.GET
    moves = asked.get("moves", "")
    edition = _edition(request, asked.get("edition", ""), moves)
    try:
        permissions.require(request.user, VERBS[moves], edition.article)
    except NotAllowed as refusal:
        if answers_json:
            return JsonResponse({"refused": str(refusal)}, status=403)
        raise PermissionDenied(str(refusal)) from refusal
    if request.method == "GET":
        stands = edition.live_from if moves == "begins" else edition.live_until
        initial = {"edition": edition.pk, "moves": moves, "seen": stands and stands.isoformat(), "when": stands}
        return _page(request, model_admin, MoveForm(initial=initial), edition)
    form = MoveForm(request.POST)
    if not form.is_valid():
        if answers_json:
            return JsonResponse({"refused": form.first_error(), "choices": form.choices(at=at)}, status=409)
        return _page(request, model_admin, form, edition)
    try:
        moved_to = _move(edition, form.cleaned_data, by=cast("User", request.user), at=at)
    except Refused as refusal:
        if answers_json:
            return JsonResponse({"refused": str(refusal)}, status=409)
        form.add_error(None, str(refusal))
        return _page(request, model_admin, form, edition)
    when = in_words(moved_to, now=at)
    if answers_json:
        was, on = form.cleaned_data["seen"].isoformat(), f"{wall_clock(moved_to):%Y-%m-%d}"
        return JsonResponse({"when": when, "was": was, "now": moved_to.isoformat(), "on": on})
    messages.success(request, _("Moved to %(when)s.") % {"when": when})
    return HttpResponseRedirect(_back(request))


def _edition(request: HttpRequest, number: str, moves: str) -> Edition:
    """The edition that is meant, if this person may see its story. Raises Http404."""
    if moves not in VERBS or not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404
    seen = permissions.about_visible(Edition.objects.all(), request.user)
    edition = seen.select_related("article", "section").defer("article__body").filter(pk=int(number)).first()
    if edition is None:
        raise Http404
    return edition


def _move(edition: Edition, to: dict[str, Any], *, by: User, at: datetime) -> datetime:
    instant: datetime = to["instant"] or to["when"]
    if to["moves"] == "begins":
        publishing.reschedule(edition, live_from=instant, by=by, at=at, seen=to["seen"])
    else:
        publishing.move_withdrawal(edition, live_until=instant, by=by, at=at, seen=to["seen"])
    return instant


def _page(request: HttpRequest, model_admin: DeskAdmin, form: MoveForm, edition: Edition) -> HttpResponse:
    at = moment(request)
    ends = form["moves"].value() == "ends"
    stands = edition.live_until if ends else edition.live_from
    context = {
        "title": _("Move"),
        "opts": model_admin.opts,
        "form": form,
        "edition": edition,
        "what": _("Withdrawal")
        if ends
        else _("Goes live")
        if edition.first_published_at == edition.live_from
        else _("Update"),
        "stands": in_words(stands, now=at) if stands else "",
        "zone": clock.newsroom_zone().key,
        "back": _back(request),
        "page": _page_of(request),
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, TEMPLATE, model_admin.admin_site.each_context(request) | context)


def _page_of(request: HttpRequest) -> dict[str, str]:
    """The page of the calendar that the person came from."""
    asked = request.POST if request.method == "POST" else request.GET
    return {name: asked[name] for name in ("view", "on", "section") if asked.get(name)}


def _back(request: HttpRequest) -> str:
    return f"{reverse('admin:articles_article_calendar')}?{urlencode(_page_of(request))}"
