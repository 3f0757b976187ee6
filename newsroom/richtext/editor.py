"""The editor's settings, derived from the allow-list, and what closes each known hole of CKEditor 4.22.

Django's check `ckeditor.W001` is silenced on the strength of this list; whoever changes these settings checks
it again.

- CVE-2024-24815 (content filter passed by CDATA elements or a full page): `allowedContent` is the allow-list
  and never `true`, it holds no script or style, `fullPage` is never set, and the server cleans what arrives
  and what it shows.
- CVE-2024-24816 (the preview plugin's and the samples' pages): `preview` is removed, its files and the
  samples are left out of collectstatic.
- CVE-2024-43407 (the code snippet plugin's GeSHi example): not in the build and never loaded, left out of
  collectstatic.
- CVE-2024-43411 (version notices fetched from a host that may be taken over): `versionCheck` is off.
- CVE-2023-4771 (the AJAX plugin's sample page): `ajax` and `xml` are removed, the samples left out of
  collectstatic.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from newsroom.richtext.allowed import ALLOWED

REMOVED_PLUGINS = (
    "exportpdf",
    "scayt",
    "wsc",
    "iframe",
    "forms",
    "flash",
    "preview",
    "print",
    "newpage",
    "save",
    "templates",
    "smiley",
    "docprops",
    "about",
    "elementspath",
    "ajax",
    "xml",
    "colordialog",
    "embed",
    "autoembed",
    # What these make of a document, pasted.py does.
    "pastetools",
    "pastefromword",
    "pastefromgdocs",
    "pastefromlibreoffice",
)

# What the editor does without making elements of its own.
_HANDLING = [["PasteText", "RemoveFormat"], ["Undo", "Redo"], ["Maximize"]]
_ALSO = {"Link": ["Unlink"], "Blockquote": ["PullQuote"]}


def toolbar() -> list[list[str]]:
    """The toolbar: the table's buttons in their groups and order, then undo and the like."""
    groups: dict[str, list[str]] = {}
    for element in ALLOWED.values():
        if element.button and element.button not in groups.setdefault(element.group, []):
            groups[element.group] += [element.button, *_ALSO.get(element.button, [])]
    return [*groups.values(), *_HANDLING]


def allowed_content() -> str:
    """The table as rules of CKEditor's content filter: `a[!href,rel]; p; …`."""
    rules = []
    for tag, element in ALLOWED.items():
        optional = [name for name in element.attributes if name not in element.needs]
        for needed in element.needs or ("",):
            names = [f"!{needed}"] * bool(needed) + optional
            rules.append(f"{tag}[{','.join(names)}]" if names else tag)
    return "; ".join(rules)


def editor_language() -> str:
    """What CKEditor calls the language of the desk; it has a file for each (newsroom/staticfiles.py serves these)."""
    return "de" if (get_language() or "").startswith("de") else "en-gb"


# A mapping of plain values, as it goes to the page as JSON. `divarea` writes in the page itself and not in a
# frame, which lets the page do with a stricter Content-Security-Policy; it comes with django-ckeditor's
# distribution.
CKEDITOR_CONFIG: Mapping[str, Any] = {
    "versionCheck": False,
    "language": "en-gb",
    "defaultLanguage": "en-gb",
    "skin": "moono-lisa",
    "extraPlugins": "divarea,deskstructure",  # the second is ours: js/desk-structure.js
    "removePlugins": ",".join(REMOVED_PLUGINS),
    "toolbar": toolbar(),
    "format_tags": ";".join(tag for tag, element in ALLOWED.items() if element.button == "Format"),
    "allowedContent": allowed_content(),
    # The place of a pasted picture that is on its way into the library; see pasted.py.
    "extraAllowedContent": "figure[!data-pasted]",
    "pasteFilter": "semantic-content",
    "forcePasteAsPlainText": False,
    "entities": False,
    "disableNativeSpellChecker": False,
    "linkDefaultProtocol": "https://",
    "linkShowAdvancedTab": False,
    "linkShowTargetTab": False,
    "removeDialogTabs": "table:advanced",
    "customConfig": "",
    "stylesSet": False,
    "width": "100%",
    "height": "auto",  # as long as the text; css/desk-editor.css keeps the toolbar in view
    "resize_enabled": False,
}
