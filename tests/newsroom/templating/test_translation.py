"""The tags by which readers' templates are translated: they say what Django's say, and escape what is put into them."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import engines
from django.utils import translation
from jinja2 import Environment, StrictUndefined, TemplateSyntaxError

from newsroom.templating import Translation


@pytest.fixture
def jinja() -> Environment:
    return Environment(autoescape=True, undefined=StrictUndefined, extensions=[Translation])


SAME_AS_DJANGO: list[tuple[str, dict[str, Any]]] = [
    ('{% translate "Skip to the content" %}', {}),
    ('{% translate "and" context "between names" %}', {}),
    (
        '{% blocktranslate trimmed %}\n  Go on reading at\n  <a href="/">the front page</a>.\n{% endblocktranslate %}',
        {},
    ),
    ("{% blocktranslate %}100 % sure{% endblocktranslate %}", {}),
    ('{% translate "Suggestions: %d. Use the arrow keys." %}', {}),
]


@pytest.mark.parametrize("language", ["en-gb", "de"])
@pytest.mark.parametrize(("template", "given"), SAME_AS_DJANGO)
def test_a_tag_says_what_djangos_says(jinja: Environment, template: str, given: dict[str, Any], language: str) -> None:
    with translation.override(language):
        wanted = engines["django"].from_string("{% load i18n %}" + template).render(given)
        assert jinja.from_string(template).render(given) == wanted


def test_a_percent_sign_is_doubled_in_the_catalogue_alone(jinja: Environment) -> None:
    template = jinja.from_string('{% translate "Suggestions: %d. Use the arrow keys." %}')
    assert template.render() == "Suggestions: %d. Use the arrow keys."
    with translation.override("de"):
        assert template.render() == "Vorschläge: %d. Die Pfeiltasten führen hindurch."


MINUTES = (
    "{% blocktranslate trimmed count minutes=n %}{{ minutes }} minute’s read"
    "{% plural %}{{ minutes }} minutes’ read{% endblocktranslate %}"
)


@pytest.mark.parametrize(
    ("language", "number", "wanted"),
    [("en-gb", 1, "1 minute’s read"), ("en-gb", 7, "7 minutes’ read"), ("de", 7, "7 Minuten Lesezeit")],
)
def test_a_number_chooses_the_form(jinja: Environment, language: str, number: int, wanted: str) -> None:
    with translation.override(language):
        assert jinja.from_string(MINUTES).render(n=number) == wanted


def test_values_are_escaped_and_may_hold_a_percent_sign(jinja: Environment) -> None:
    template = "{% blocktranslate trimmed section=name %}More from {{ section }}{% endblocktranslate %}"
    assert jinja.from_string(template).render(name="<b>5 %s</b>") == "More from &lt;b&gt;5 %s&lt;/b&gt;"


def test_a_translation_that_is_said_alone_is_escaped(jinja: Environment) -> None:
    assert jinja.from_string('{% translate "a < b" %}').render() == "a &lt; b"


@pytest.mark.parametrize(
    ("template", "complaint"),
    [
        ("{% blocktranslate %}By {{ name }}{% endblocktranslate %}", "name is not given in the tag."),
        ("{% blocktranslate %}{% if x %}a{% endif %}{% endblocktranslate %}", "words and names, and nothing else"),
        ("{% blocktranslate count n=x %}one{% endblocktranslate %}", "A count and a plural go together."),
        ("{% blocktranslate n=x %}one{% plural %}two{% endblocktranslate %}", "A count and a plural go together."),
        ("{% blocktranslate %}one", "words and names, and nothing else"),
    ],
)
def test_what_cannot_be_translated_does_not_compile(jinja: Environment, template: str, complaint: str) -> None:
    with pytest.raises(TemplateSyntaxError, match=complaint):
        jinja.from_string(template)
