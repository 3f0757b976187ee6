"""What somebody pastes: a document's whole HTML, read on the server by the rules for every body.

A browser may keep the pictures of what is pasted to itself: it writes `pasted:KEY` for the address of one that it
holds. Where that stood, the text has `<figure data-pasted="PLACE">`, which no stored body may hold: it is to become the
figure of a picture in the library, or go. Every other picture is named as left out; nothing is fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsroom.richtext.document import Block, Cell, Figure, Table
from newsroom.richtext.limits import tame
from newsroom.richtext.reading import read_body
from newsroom.richtext.stored import written

# Word writes ten times as much as it says. What is stored of it has the limit of every body.
MAX_BYTES = 12_000_000
MOST_PICTURES = 100
MOST_NAMED = 1000

# No picture of the library has a number like this: with it, a place passes through the reading like a picture.
_PLACE = "999999999999"
_PLACES = re.compile(rf'data-photo="{_PLACE}([0-9]{{6}})"')

_HELD = re.compile(r"pasted:([0-9]{1,6})")
_GENERIC = re.compile(r"(?:clip_)?(?:image|picture|img|oledata|unnamed|untitled)?[-_ ]?[0-9]*(?:\.\w+)?", re.IGNORECASE)
_AUTOMATIC = re.compile(
    r"\s*(?:Description|Beschreibung) (?:automatically|automatisch) .*|\s*AI-generated content may be incorrect\.?",
    re.IGNORECASE | re.DOTALL,
)
_FILE_OR_ADDRESS = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?|svg|emf|wmf|heic)|\w+://\S*", re.IGNORECASE)
_LONGEST_NAME = 160
_LONGEST_ALT = 300


@dataclass(frozen=True)
class Picture:
    """A picture whose file the browser holds as `key`. `alt` is what the document says that it shows."""

    place: str
    key: str
    name: str
    alt: str


@dataclass(frozen=True)
class LeftOut:
    """A picture that cannot be had, and why: a sentence for the person."""

    name: str
    why: str


@dataclass
class Pasted:
    """A body that may be stored once its places are filled, and the pictures, in the order of the text."""

    html: str
    pictures: list[Picture] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def read_pasted(html: str, *, no_pictures: str = "") -> Pasted:
    """What is to be put into the body; `no_pictures` says why none can be taken in, if that is so.

    Raises RichTextError where it is too large or nested too deeply.
    """
    tree = LexborHTMLParser(f"<body>{tame(html, max_bytes=MAX_BYTES)}")
    found = Pasted("")
    if tree.body is None:
        return found
    images, more = _placed(tree)
    kept: list[Block] = []
    for block in read_body(tree.body, is_document=True):
        image = images.get(block.photo) if isinstance(block, Figure) else None
        if isinstance(block, Table):
            _find_header(block)
        if image is None or _take(image, found, no_pictures=no_pictures):
            kept.append(block)
    if more:
        name = ngettext("%(number)s more pictures", "%(number)s more pictures", more) % {"number": more}
        found.left_out.append(LeftOut(name, _too_many()))
    found.html = _PLACES.sub(r'data-pasted="\1"', written(kept))
    return found


@dataclass(frozen=True)
class _Image:
    place: str
    address: str
    alt: str


def _placed(tree: LexborHTMLParser) -> tuple[dict[str, _Image], int]:
    """The images of a document, each of which a figure takes the place of, and how many more it has."""
    images: dict[str, _Image] = {}
    nodes = tree.css("img")
    for node in nodes[:MOST_NAMED]:
        image = _image(node, f"{len(images) + 1:06}")
        if image is None:
            continue
        figure = tree.create_node("figure")
        figure.attrs["data-photo"] = _PLACE + image.place
        images[_PLACE + image.place] = image
        node.replace_with(figure)
    return images, len(nodes[MOST_NAMED:])


def _image(node: LexborNode, place: str) -> _Image | None:
    """None for what is no picture of the text: a box to tick, a thing too small to be seen."""
    given = node.attributes
    address = (given.get("src") or "").strip()
    sizes = [re.match(r"\s*([0-9]+)", given.get(name) or "") for name in ("width", "height")]
    is_speck = all(size and int(size[1]) <= 2 for size in sizes)
    if not address or is_speck or given.get("aria-roledescription") == "checkbox":
        return None
    return _Image(place, address, _alternative(given.get("alt") or ""))


def _alternative(text: str) -> str:
    """What a document says that a picture shows, without what Word says by itself of every picture."""
    alt = " ".join(_AUTOMATIC.sub("", text).split())
    return "" if _FILE_OR_ADDRESS.fullmatch(alt) or _GENERIC.fullmatch(alt) else alt[:_LONGEST_ALT]


def _take(image: _Image, found: Pasted, *, no_pictures: str) -> bool:
    """Note a picture; whether it keeps its place in the text."""
    name = _name(image) or _("Picture %(number)s") % {"number": len(found.pictures) + len(found.left_out) + 1}
    held = _HELD.fullmatch(image.address)
    if held and not no_pictures and len(found.pictures) < MOST_PICTURES:
        found.pictures.append(Picture(image.place, held[1], name, image.alt))
        return True
    found.left_out.append(LeftOut(name, (no_pictures or _too_many()) if held else _why(image.address)))
    return False


def _name(image: _Image) -> str:
    """What the document calls a picture; nothing where that says nothing."""
    if image.alt:
        return image.alt[:_LONGEST_NAME]
    if image.address.partition(":")[0].lower() not in ("file", "http", "https"):
        return ""
    file = re.split(r"[/\\]", unquote(image.address.partition("?")[0]))[-1]
    return file[:_LONGEST_NAME] if "." in file and not _GENERIC.fullmatch(file) else ""


def _too_many() -> str:
    told = _("At most %(number)s pictures are taken in at once. Paste the rest of the text by itself.")
    return told % {"number": MOST_PICTURES}


def _why(address: str) -> str:
    scheme = address.partition(":")[0].lower()
    if scheme in ("http", "https") or address.startswith("//"):
        try:
            host = urlsplit(address).hostname or _("the web")
        except ValueError:
            host = _("the web")
        return _("It lies at %(host)s, and nothing is fetched from there. Save it to your computer and upload it.") % {
            "host": host
        }
    if scheme == "file":
        return _("It stayed in the document. Save it from there as a file and upload it.")
    return _("It did not come along. Save it as a file and upload it.")


def _find_header(table: Table) -> None:
    """A first row that is bold from end to end, above rows that are not, names the columns."""
    if table.head or len(table.body) < 2:
        return
    first, *rest = table.body
    if not all(cell.runs for cell in first[1:]) or not _is_bold(first) or all(map(_is_bold, rest)):
        return
    table.head = [[_as_header(cell) for cell in first]]
    table.body = rest


def _is_bold(row: list[Cell]) -> bool:
    runs = [marks for cell in row if not cell.scope for text, marks in cell.runs if text.strip()]
    return bool(runs) and all(marks.strong for marks in runs)


def _as_header(cell: Cell) -> Cell:
    runs = [(text, replace(marks, strong=False)) for text, marks in cell.runs]
    return replace(cell, runs=runs, scope="col")
