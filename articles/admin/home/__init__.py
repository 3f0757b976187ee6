"""The desk's first page: what needs this person now, and what readers see change today. It keeps itself current.

`page` gathers it in a fixed number of queries, `pulse` tells in one whether anything of it has changed, `views` answers
the script that asks. A writer sees of each part what concerns their own stories.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext as _

from articles import notices
from articles.admin.home.page import gather
from newsroom.desk import moment

if TYPE_CHECKING:
    from django.http import HttpRequest

    from authors.models import User


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add what the first page shows to its context."""
    if not request.user.has_perm("articles.view_article"):
        return context
    today = gather(cast("User", request.user), at=moment(request), section=request.GET.get("section", ""))
    request.desk_unseen = len(today.notices)  # type: ignore[attr-defined]  # the sidebar need not ask again
    return context | {"title": _("Today"), "today": today}


def unseen(request: HttpRequest) -> str:
    """How much waits for this person, for the sidebar of every page; nothing where nothing does."""
    known: int | None = getattr(request, "desk_unseen", None)
    if known is None:
        known = notices.unseen(request.user).order_by()[: notices.MOST_SHOWN + 1].count()
        request.desk_unseen = known  # type: ignore[attr-defined]
    return notices.number(known)
