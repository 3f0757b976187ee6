"""Rich text: the only way in for HTML that people write, and the only way out to a page.

`clean` makes any HTML storable, `RichTextField` does so on every way into the database, `render` puts a
stored body on a page. In stored bodies a picture is only `<figure data-photo="ID">`, an own link `<a
data-article="ID">`, a pull quote `<blockquote data-kind="pull">`.
"""

from newsroom.richtext.editor import CKEDITOR_CONFIG
from newsroom.richtext.field import RichTextField, RichTextFormField
from newsroom.richtext.limits import MAX_BYTES, MAX_DEPTH, RichTextError
from newsroom.richtext.rendering import CLOSES, OPENS, compared, json_ld, marked, render
from newsroom.richtext.stored import References, Subhead, anchor, blocks, clean, references, subheads

__all__ = [
    "CKEDITOR_CONFIG",
    "CLOSES",
    "MAX_BYTES",
    "MAX_DEPTH",
    "OPENS",
    "References",
    "RichTextError",
    "RichTextField",
    "RichTextFormField",
    "Subhead",
    "anchor",
    "blocks",
    "clean",
    "compared",
    "json_ld",
    "marked",
    "references",
    "render",
    "subheads",
]
