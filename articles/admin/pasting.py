"""Pasting into a story: the browser hands over what is in the clipboard, and gets back what a body may hold.

The text comes back at once, with places for the pictures that the browser holds; each of those is then handed over by
itself (static/js/desk-paste.js). No story is touched: what is pasted is saved with the story, by its own form.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from io import BytesIO
from typing import TYPE_CHECKING, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles.admin.picks import thumbnail
from articles.models import Photo
from newsroom import images
from newsroom.desk import DeskAdmin, moment
from newsroom.images import ImageRefused
from newsroom.richtext.limits import RichTextError, refuse_bytes
from newsroom.richtext.pasted import MAX_BYTES, read_pasted

if TYPE_CHECKING:
    from authors.models import User

NO_PICTURES = gettext_lazy("Your role adds no pictures to the library. Ask an editor to add it.")
SOURCE = gettext_lazy("Pasted with a text")
_NOTHING = gettext_lazy("Nothing that can be read came along. Copy it again, and paste it.")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def pasting_urls(model_admin: DeskAdmin) -> list[URLPattern]:
    """The two addresses, for the story's admin. They answer whoever may write stories."""

    def text_view(request: HttpRequest) -> JsonResponse:
        if not (model_admin.has_add_permission(request) or model_admin.has_change_permission(request)):
            raise PermissionDenied
        return paste_text(request)

    guard = model_admin.admin_site.admin_view
    return [
        path("paste/", guard(text_view), name="articles_article_paste"),
        path("paste/picture/", guard(paste_picture), name="articles_article_paste_picture"),
    ]


@never_cache
@require_POST
def paste_text(request: HttpRequest) -> JsonResponse:
    """What the file `html` means: {"html", "pictures", "left_out"}, or {"refused": a sentence}.

    It comes as a file because forms have a smaller limit than this, which is the only place to need more.
    """
    file = request.FILES.get("html")
    if file is None:
        return _refused(str(_NOTHING))
    no_pictures = "" if request.user.has_perm("articles.add_photo") else str(NO_PICTURES)
    try:
        refuse_bytes(file.size or 0, max_bytes=MAX_BYTES)
        pasted = read_pasted(file.read().decode(), no_pictures=no_pictures)
    except UnicodeDecodeError:
        return _refused(str(_NOTHING))
    except RichTextError as error:
        return _refused(str(error))
    return JsonResponse(asdict(pasted))


@never_cache
@require_POST
def paste_picture(request: HttpRequest) -> JsonResponse:
    """Put the file `picture` into the library, once: {"photo": its id, …}, or {"refused": a sentence}."""
    if not request.user.has_perm("articles.add_photo"):
        raise PermissionDenied
    file = request.FILES.get("picture")
    if file is None:
        return _refused(str(_NOTHING))
    data = file.read(images.MAX_BYTES + 1)
    known = Photo.objects.made_of(data)
    try:
        photo = known or Photo.objects.take_in(
            BytesIO(data),
            by=cast("User", request.user),
            at=moment(request),
            title=_line(request, "title", 160) or _("Pasted picture"),
            alt_text=_line(request, "alt", 300),
            source=str(SOURCE),
        )
    except ImageRefused as refusal:
        return _refused(str(refusal))
    return JsonResponse(
        {
            "photo": photo.pk,
            "title": photo.title,
            "is_new": known is None,
            "is_described": bool(photo.alt_text) or photo.is_decorative,
            "thumbnail": thumbnail(photo),
            "address": reverse("admin:articles_photo_change", args=[photo.pk]),
        }
    )


def _line(request: HttpRequest, name: str, limit: int) -> str:
    return " ".join(_CONTROL.sub(" ", request.POST.get(name, "")).split())[:limit].strip()


def _refused(sentence: str) -> JsonResponse:
    return JsonResponse({"refused": sentence}, status=422)
