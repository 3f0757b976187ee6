"""Escaping in readers' templates: what MarkupSafe's `escape` does, for the two kinds of text that nearly all is.

It makes each text a `Markup` and each `Markup` another one, which at a front page's nine hundred values took a tenth of
the page's time. A template's output is only joined, so that plain text will do.
"""

from __future__ import annotations

import html
from collections.abc import Callable, MutableMapping
from types import CodeType
from typing import Any, cast

from jinja2 import Environment, Template
from markupsafe import Markup, escape


def escaped(value: Any) -> str:
    """A value as HTML: what says that it is HTML as it is, of everything else the text with `<>&"'` as references."""
    kind = type(value)
    if kind is str:
        return html.escape(value)
    if kind is Markup:
        return cast("str", value)
    return escape(value)


class EscapingTemplate(Template):
    """A template whose code finds `escaped` under the name by which Jinja2 lets it call `escape`."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002 - Jinja2's signature
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """The template that this code makes."""
        made = super().from_code(environment, code, globals, uptodate)
        made.root_render_func.__globals__["escape"] = escaped
        return made
