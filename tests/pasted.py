"""What programs put into the clipboard: documents in tests/data/pasted, and one of six megabytes, made here."""

from __future__ import annotations

import base64
import random
from pathlib import Path

from tests.pictures import file_of, quarters

DOCUMENTS = Path(__file__).parent / "data" / "pasted"

_HEAD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">'
    '<head><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal'
    "</w:View></w:WordDocument></xml><![endif]--><style><!-- p.MsoNormal {mso-style-unhide:no;} --></style></head>"
    "<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->"
)
_TAIL = "<!--EndFragment--></body></html>"
_RUN = (
    'lang=EN-GB style=\'font-size:12.0pt;line-height:115%;font-family:"Calibri",sans-serif;mso-fareast-font-family:'
    '"Times New Roman";mso-bidi-font-family:Arial;color:#222222;mso-ansi-language:EN-GB\''
)


def document(name: str) -> str:
    """What a program put into the clipboard."""
    return (DOCUMENTS / f"{name}.html").read_text(encoding="utf-8")


def word(*, megabytes: float, pictures: int = 0, sections: int = 30) -> str:
    """A long document as Word on Windows copies it, with its pictures inside.

    Each section has a heading of each level, a nested list, a link and a table; markup fills what pictures leave.
    """
    chosen = random.Random(7)
    pieces = [_HEAD, "<p class=MsoTitle>What the harbour owes<o:p></o:p></p>"]
    pieces += [_section(number) for number in range(1, sections + 1)]
    for number in range(pictures):
        pieces.insert(2 + number * max(1, sections // pictures), _picture(number, chosen))
    filler = _paragraph(
        "The authority paid </span><b style='mso-bidi-font-weight:normal'><span lang=EN-GB style='font-size:12.0pt;"
        "mso-ansi-language:EN-GB'>nothing</span></b><span lang=EN-GB style='font-size:12.0pt;mso-ansi-language:EN-GB'> "
        "for nine years, and <span class=SpellE>nobody</span> <i>asked</i> it to."
    )
    missing = int(megabytes * 1_000_000) - len(_TAIL) - sum(map(len, pieces))
    return "".join([*pieces, filler * max(0, missing // len(filler) + 1), _TAIL])


def _section(number: int) -> str:
    return (
        f"<h1>Part {number}<o:p></o:p></h1>"
        + _paragraph(f'See the <a href="https://example.org/ledger/{number}"><span style=\'color:#0563C1\'>ledger'
                     "</span></a>.")
        + f"<h2>The money of part {number}<o:p></o:p></h2>"
        + _point("·", 1, f"Dredging {number}") + _point("o", 2, "the north channel") + _point("·", 1, "Lights")
        + "<p class=MsoNormal><o:p>&nbsp;</o:p></p>"
        + _table([("Year", "Crowns"), (str(1990 + number), f"{number},000")])
        + "<p class=MsoNormal><b style='mso-bidi-font-weight:normal'><o:p>&nbsp;</o:p></b></p>"
    )  # fmt: skip


def _paragraph(html: str) -> str:
    return (
        "<p class=MsoNormal style='margin-bottom:12.0pt;line-height:115%;mso-pagination:none'>"
        f"<span {_RUN}>{html}<o:p></o:p></span></p>\n"
    )


def _point(marker: str, level: int, text: str) -> str:
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='margin-left:{36 * level}.0pt;text-indent:-18.0pt;mso-list:l0 "
        f"level{level} lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>"
        f"{marker}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>"
        f"<span {_RUN}>{text}<o:p></o:p></span></p>\n"
    )


def _table(rows: list[tuple[str, ...]]) -> str:
    cells = "".join(
        f"<tr style='mso-yfti-irow:{number}'>"
        + "".join(f"<td width=301 style='border:solid windowtext 1.0pt;mso-border-alt:solid'>{_paragraph(cell)}</td>"
                  for cell in row)
        + "</tr>"
        for number, row in enumerate(rows)
    )  # fmt: skip
    return f"<table class=MsoTableGrid border=1 style='mso-yfti-tbllook:1184'>{cells}</table>"


def _picture(number: int, chosen: random.Random) -> str:
    picture = quarters(1200, 800)
    # Grain, so that the file is as large as a photograph's.
    for _ in range(3000):
        x, y = chosen.randrange(1200 - 12), chosen.randrange(800 - 12)
        picture.paste(tuple(chosen.randrange(256) for _ in range(3)), (x, y, x + 12, y + 12))
    data = base64.b64encode(file_of(picture, "JPEG", quality=95).getvalue()).decode()
    return (
        "<p class=MsoNormal><span style='mso-no-proof:yes'><!--[if gte vml 1]><v:shape id=\"Picture_x0020_1\">"
        f'<v:imagedata src="file:///C:/T/clip_image{number:03}.png"/></v:shape><![endif]--><![if !vml]><img width=602 '
        f'src="data:image/jpeg;base64,{data}" alt="The north quay, part {number + 1}"><![endif]></span></p>\n'
    )


def rtf_of(png: bytes) -> str:
    """The RTF beside a document of Word's with one picture: that picture, and once more for older programs."""
    picture = (
        "{\\pict{\\*\\picprop\\shplid1025{\\sp{\\sn fLockRotation}{\\sv 0}}}\\picscalex100\\picw12\\pngblip"
        f"\\bliptag-5937{{\\*\\blipuid dc94a3bf}}{png.hex()}}}"
    )
    return (
        "{\\rtf1\\ansi{\\fonttbl{\\f0 Calibri;}}{\\headerr \\pard{\\pict\\pngblip 00}}\\pard A "
        f"{{\\*\\shppict{picture}}}{{\\nonshppict{{\\pict\\wmetafile8 0100}}}}\\par}}"
    )
