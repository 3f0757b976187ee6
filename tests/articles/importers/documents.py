"""Word documents for tests, built from a list of paragraphs: (style, text), a style of "" being Word's Normal."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from html import escape
from io import BytesIO

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
DOCUMENT_RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="n1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/>'
    "</Relationships>"
)
STYLES = ["Title", "Heading1", "Heading2", "Heading3"]


def paragraph(style: str, text: str) -> str:
    """One paragraph as Word writes it. "bullet" makes it a point of a list, "bold" a bold line."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style in STYLES else ""
    if style == "bullet":
        properties = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    run = "<w:rPr><w:b/></w:rPr>" if style == "bold" else ""
    return f'<w:p>{properties}<w:r>{run}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def document_xml(body: str) -> str:
    """The main part of a document."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document {W} {R}><w:body>{body}</w:body></w:document>'


def docx(paragraphs: Sequence[tuple[str, str]]) -> bytes:
    """A Word document of these paragraphs."""
    return packed(document_xml("".join(paragraph(style, text) for style, text in paragraphs)))


def packed(document: str | bytes, **parts: str) -> bytes:
    """A Word file around its main part."""
    names = "".join(
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{style.replace("ing", "ing ")}"/></w:style>'
        for style in STYLES
    )
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONSHIPS)
        archive.writestr("word/_rels/document.xml.rels", DOCUMENT_RELATIONSHIPS)
        archive.writestr("word/numbering.xml", NUMBERING)
        archive.writestr("word/styles.xml", f"<w:styles {W}>{names}</w:styles>")
        archive.writestr("word/document.xml", document)
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()
