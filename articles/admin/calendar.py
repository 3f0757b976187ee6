"""The calendar: everything that readers saw and will see change, for a day, a week or a month, and by section.

Editors see every story on it, writers their own. What can be moved is moved by `articles.admin.calendar_move`.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from articles import navigation, permissions
from articles.admin.calendar_entries import Entries, days_of, hours_of, overview
from articles.admin.calendar_move import move_view
from articles.admin.calendar_period import DAY, EARLIEST, LATEST, Period, View, clock_changes, zone_in_words
from articles.clashes import Clash, Clashes, clashes
from articles.models import Block
from articles.planning import Happening, What, happenings, tally
from newsroom import clock
from newsroom.desk import DeskAdmin, moment
from newsroom.local_time import in_words, wall_clock

if TYPE_CHECKING:
    from articles.models import Section
    from authors.models import User

TEMPLATE = "admin/articles/article/calendar.html"

# What a page shows at most: of a day in a month, and of an hour in a week. A day shows all of itself.
MOST = {View.MONTH: ("day", 4), View.WEEK: ("hour", 3)}
MOST_CLASHES = 8


def calendar_urls(model_admin: DeskAdmin) -> list[URLPattern]:
    """The calendar's addresses, for the story's admin."""
    guard = model_admin.admin_site.admin_view

    def page(request: HttpRequest) -> HttpResponse:
        return calendar(request, model_admin)

    def move(request: HttpRequest) -> HttpResponse:
        return move_view(request, model_admin)

    return [
        path("calendar/", guard(page), name="articles_article_calendar"),
        path("calendar/move/", guard(move), name="articles_article_calendar_move"),
    ]


@require_GET
def calendar(request: HttpRequest, model_admin: DeskAdmin) -> HttpResponse:
    """One page of the calendar: ?view=day|week|month&on=YYYY-MM-DD&section=slug, today's day where nothing is said."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    by, at = cast("User", request.user), moment(request)
    period = _asked(request, today=wall_clock(at).date())
    sections = navigation.load()
    chosen = _chosen(request, sections)
    shown = None if chosen is None else {chosen.pk, *(child.pk for child in sections.children(chosen))}
    asked: dict[str, Any] = {"by": by, "since": period.since, "until": period.until, "sections": shown}
    per, most = MOST.get(period.view, (None, None))
    found = happenings(**asked, at=at, most=most, per=per)
    wrong = clashes(**asked, at=at)
    changes = clock_changes(period.since, period.until)
    page = _page(period, chosen)
    entries = Entries(
        sections,
        clashes=wrong.at_edition,
        blocks=_blocks(found),
        may_move=by.has_perm(permissions.VERB_PERMISSIONS["reschedule"]),
        page=page,
        names_zone=bool(changes),
    )
    context: dict[str, Any] = {
        "title": _("Calendar"),
        "opts": model_admin.opts,
        "period": period,
        "zone": clock.newsroom_zone().key,
        "zone_in_words": zone_in_words(period.since, changes),
        "changes": changes,
        "sections": sections,
        "chosen": chosen,
        "now": at,
        "may_move": by.has_perm(permissions.VERB_PERMISSIONS["reschedule"]),
        "links": _links(period, chosen, today=wall_clock(at).date()),
        "day_link": f"?{urlencode({**page, 'view': View.DAY.value, 'on': ''})}",
        "clashes": _told(wrong, page, at=at),
        "more_clashes": max(0, len(wrong.every) - MOST_CLASHES),
    }
    if per is None or most is None:
        hours = hours_of(period, entries.of(found), changes, at=at)
        context |= {"hours": hours, "overview": overview(hours, sections, shown), "count": len(found)}
    else:
        context["days"] = days_of(period, entries.of(found), tally(**asked, per=per), changes=changes, most=most, at=at)
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, TEMPLATE, model_admin.admin_site.each_context(request) | context)


def _asked(request: HttpRequest, *, today: date) -> Period:
    """What the address asks for. Raises Http404 where it is no day or no view."""
    view, on = request.GET.get("view") or View.DAY, request.GET.get("on")
    try:
        period = Period(View(view), date.fromisoformat(on) if on else today)
    except ValueError as error:
        raise Http404 from error
    if not EARLIEST <= period.on <= LATEST:
        raise Http404
    return period


def _chosen(request: HttpRequest, sections: navigation.Navigation) -> Section | None:
    slug = request.GET.get("section")
    chosen = sections.find(slug) if slug else None
    if slug and chosen is None:
        raise Http404
    return chosen


def _page(period: Period, chosen: Section | None) -> dict[str, str]:
    """The address's parameters, to come back to this page."""
    asked = {"view": period.view.value, "on": period.on.isoformat()}
    return asked | ({"section": chosen.slug} if chosen else {})


def _links(period: Period, chosen: Section | None, *, today: date) -> dict[str, Any]:
    """Where one can go from here."""

    def to(view: View, on: date) -> str:
        return f"?{urlencode(_page(Period(view, on), chosen))}"

    return {
        "previous": to(period.view, period.previous),
        "following": to(period.view, period.following),
        "today": to(period.view, today),
        "is_today": period.first <= today <= period.last,
        "tomorrow": to(View.DAY, today + DAY),
        "views": [(each, each.label, to(each, period.on), each == period.view) for each in View],
    }


def _blocks(found: list[Happening]) -> dict[int, list[Block]]:
    """Why stories whose editions were taken out are held, by story; asked for only where there are any."""
    held = {each.article.pk for each in found if each.what == What.HELD}
    blocks: dict[int, list[Block]] = defaultdict(list)
    if held:
        for block in Block.objects.filter(article__in=held, released_at=None).select_related("owner"):
            blocks[block.article_id].append(block)
    return blocks


def _told(wrong: Clashes, page: dict[str, str], *, at: datetime) -> list[dict[str, Any]]:
    """The first clashes, each with the way to where it is."""

    def where(clash: Clash) -> str:
        day = {**page, "view": View.DAY.value, "on": wall_clock(clash.at).date().isoformat()}
        return f"{reverse('admin:articles_article_calendar')}?{urlencode(day)}#b{clash.edition}"

    return [
        {"clash": each, "when": in_words(each.at, now=at), "link": where(each)} for each in wrong.every[:MOST_CLASHES]
    ]
