"""Readers' templates: Jinja2's, compiled to Python, since at each page Django's own took longer than all the rest.

They stand in templates/readers and are asked for here alone, so that a view names no engine. Everything is escaped
unless it comes from `newsroom.richtext`; a name that nobody gave is an error and not an empty place.
"""

from newsroom.templating.escaping import EscapingTemplate
from newsroom.templating.pages import render, render_macro, render_to_string
from newsroom.templating.translation import Translation, page_language

__all__ = ["EscapingTemplate", "Translation", "page_language", "render", "render_macro", "render_to_string"]
