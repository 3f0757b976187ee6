"""Escaping in readers' templates says what MarkupSafe's says, of every kind of value."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy
from jinja2 import Environment
from markupsafe import Markup, escape

from newsroom.templating import EscapingTemplate
from newsroom.templating.escaping import escaped

HOSTILE = "<script>alert(\"a & 'b'\")</script>"


class Said(str):
    """A text of another class, which says nothing of HTML."""

    __slots__ = ()


@pytest.mark.parametrize(
    "value", ["", "plain", HOSTILE, "&amp;", Said(HOSTILE), 5, None, [HOSTILE], gettext_lazy("a <b>")]
)
def test_what_does_not_say_that_it_is_html_is_text(value: Any) -> None:
    written = escaped(value)
    assert html.unescape(written) == str(value)
    assert not set(written) & set("<>\"'")


@pytest.mark.parametrize("value", [Markup("<b>a & b</b>"), format_html("<b>{}</b>", HOSTILE), Markup("%s") % HOSTILE])
def test_what_says_that_it_is_html_stays_as_it_is(value: Any) -> None:
    assert escaped(value) == value == escape(value)


def test_a_template_escapes_by_it_what_it_prints_sets_and_hands_to_macros() -> None:
    environment = Environment(autoescape=True)
    environment.template_class = EscapingTemplate
    template = environment.from_string(
        "{% macro told(what) %}<i>{{ what }}</i>{% endmacro %}"
        "{% set kept %}<u>{{ text }}</u>{% endset %}"
        '<p title="{{ text }}">{{ text }}</p>{{ kept }}{{ told(text) }}{{ told(kept) }}{{ ["<", text]|join("&") }}'
    )
    said = html.escape(HOSTILE)
    assert html.unescape(template.render(text=HOSTILE)) == html.unescape(
        f'<p title="{said}">{said}</p><u>{said}</u><i>{said}</i><i><u>{said}</u></i>&lt;&amp;{said}'
    )
    assert template.render(text=HOSTILE).count("<script>") == 0
    assert template.render(text=HOSTILE).count("<u>") == 2
