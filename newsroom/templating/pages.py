"""Rendering a readers' template, under the names that Django's shortcuts have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.template import engines

from newsroom.templating.translation import speaking

ENGINE = "readers"


def render(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """A template of templates/readers as the answer to a request."""
    return HttpResponse(render_to_string(template, context, request=request), status=status)


def render_to_string(template: str, context: Mapping[str, Any], *, request: HttpRequest | None = None) -> str:
    """A template of templates/readers as text, in which everything was escaped.

    What the engine's context processors know of a request gives way to what the view has put in.
    """
    engine = cast("Any", engines[ENGINE])
    known = {"request": request}
    if request is not None:
        for processor in engine.template_context_processors:
            known |= processor(request)
    with speaking():
        return str(engine.env.get_template(template).render(known | dict(context)))


def render_macro(template: str, macro: str, *arguments: Any, **options: Any) -> str:
    """What a macro of a template makes of these arguments, everything escaped; it knows no request."""
    module = cast("Any", engines[ENGINE]).env.get_template(template).module
    with speaking():
        return str(getattr(module, macro)(*arguments, **options))
