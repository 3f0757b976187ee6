"""How the desk looks and what its sidebar offers: the settings of django-unfold, as one dictionary.

Colours are in static/css/desk-theme.css: written into the page, as unfold does, they would need an inline style.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy

from newsroom import catalogue

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django_stubs_ext import StrOrPromise


def _asset(path: str) -> Callable[[HttpRequest], str]:
    return lambda _request: static(path)


def _needs(permission: str) -> Callable[[HttpRequest], bool]:
    return lambda request: request.user.has_perm(permission)


def _name(_request: HttpRequest) -> str:
    return str(settings.NEWSROOM_NAME)


def _entry(title: StrOrPromise, icon: str, link: str, permission: str | None = None, query: str = "") -> dict[str, Any]:
    target = reverse_lazy(f"admin:{link}")
    entry: dict[str, Any] = {
        "title": title,
        "icon": icon,
        "link": (lambda _request: f"{target}{query}") if query else target,
        "active": lambda request: (
            request.get_full_path() == f"{target}{query}"
            if query or link == "index"
            else request.path.startswith(str(target))
            and "mine=" not in request.get_full_path()
            # The calendar's address is below the list's.
            and (link != "articles_article_changelist" or not request.path.startswith(f"{target}calendar/"))
        ),
    }
    return entry | ({"permission": _needs(permission)} if permission else {})


# In the order in which they may overrule each other.
STYLESHEETS = (
    "fonts",
    "desk-theme",
    "desk/controls",
    "desk/story",
    "desk/picks",
    "desk/pages",
    "desk/comparison",
    "desk/history",
    "desk/editor",
    "desk/writing",
    "desk/paste",
    "desk/links",
    "desk/obstacles",
    "desk/preview",
    "desk/buffer",
    "desk/talk",
    "desk/today",
    "desk/calendar",
    "desk/calendar-entry",
    "desk/calendar-day",
    "desk/calendar-views",
    "desk/together",
)

# On every page of the desk, after the words that they say: what is typed is set, in whichever field, and ? shows the
# keys.
SCRIPTS = ("desk-language", "desk-marks", "desk-typography", "desk-keystroke", "desk-typing", "desk-keys")

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": _name,
    "SITE_HEADER": _name,
    "SITE_SYMBOL": "newspaper",
    "SITE_URL": "/",
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "BORDER_RADIUS": "6px",
    "DASHBOARD_CALLBACK": "articles.admin.home.dashboard",
    "STYLES": [_asset(f"css/{name}.css") for name in STYLESHEETS],
    "SCRIPTS": [lambda _request: catalogue.address(), *(_asset(f"js/{name}.js") for name in SCRIPTS)],
    "SIDEBAR": {
        "show_search": False,
        "show_all_applications": False,
        "navigation": [
            {
                "items": [
                    _entry(gettext_lazy("Today"), "today", "index") | {"badge": "articles.admin.home.unseen"},
                    _entry(gettext_lazy("Stories"), "article", "articles_article_changelist", "articles.view_article"),
                    _entry(
                        gettext_lazy("My stories"),
                        "edit_note",
                        "articles_article_changelist",
                        "articles.add_article",
                        "?mine=mine",
                    ),
                    _entry(
                        gettext_lazy("Calendar"), "calendar_month", "articles_article_calendar", "articles.view_article"
                    ),
                    _entry(
                        gettext_lazy("Pictures"), "photo_library", "articles_photo_changelist", "articles.view_photo"
                    ),
                ],
            },
            {
                "title": gettext_lazy("The paper"),
                "separator": True,
                "items": [
                    _entry(
                        gettext_lazy("Sections"),
                        "view_agenda",
                        "articles_section_changelist",
                        "articles.change_section",
                    ),
                    _entry(gettext_lazy("Tags"), "sell", "taggit_tag_changelist", "taggit.change_tag"),
                ],
            },
            {
                "title": gettext_lazy("People"),
                "separator": True,
                "items": [
                    _entry(gettext_lazy("Authors"), "badge", "authors_author_changelist", "authors.change_author"),
                    _entry(gettext_lazy("Logins"), "group", "authors_user_changelist", "authors.manage_people"),
                ],
            },
        ],
    },
}
