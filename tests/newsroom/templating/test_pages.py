"""Readers' templates: what nobody gave is an error, what a view gave stands, and everything is escaped."""

from __future__ import annotations

import pytest
from django.template import engines
from django.test import RequestFactory
from jinja2 import DictLoader, Environment, UndefinedError

from newsroom import templating


@pytest.fixture
def templates(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Templates of the test's own, in the readers' engine."""
    found: dict[str, str] = {}
    environment: Environment = engines["readers"].env  # type: ignore[attr-defined]  # Jinja2's
    monkeypatch.setattr(environment, "loader", DictLoader(found))
    return found


def test_a_name_that_nobody_gave_is_an_error(templates: dict[str, str]) -> None:
    templates["lacking.html"] = "{{ nobody }}"
    with pytest.raises(UndefinedError, match="nobody"):
        templating.render_to_string("lacking.html", {})


def test_everything_is_escaped_and_in_attributes_too(templates: dict[str, str]) -> None:
    templates["escaped.html"] = '<a title="{{ text }}">{{ text }}</a>'
    text = '<b> & "it\'s"'
    assert templating.render_to_string("escaped.html", {"text": text}) == (
        '<a title="&lt;b&gt; &amp; &quot;it&#x27;s&quot;">&lt;b&gt; &amp; &quot;it&#x27;s&quot;</a>'
    )


def test_what_a_view_gives_stands_before_what_every_page_has(templates: dict[str, str]) -> None:
    templates["named.html"] = "{{ newspaper }} {{ request.path }}"
    answer = templating.render(RequestFactory().get("/here/"), "named.html", {"newspaper": "Ours"}, status=410)
    assert (answer.status_code, answer.content) == (410, b"Ours /here/")


def test_a_macro_can_be_asked_without_a_page(templates: dict[str, str]) -> None:
    templates["macros.html"] = "{% macro told(name, times=1) %}{{ name * times }}{% endmacro %}"
    assert templating.render_macro("macros.html", "told", "<", times=2) == "&lt;&lt;"
