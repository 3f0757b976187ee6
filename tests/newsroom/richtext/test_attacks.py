"""The corpus of attack strings, cleaned and rendered: nothing is left that could act, load or cover."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from newsroom import richtext
from newsroom.richtext.allowed import ALLOWED, link_target

CHARACTERS = {
    "{TAB}": "\t", "{LF}": "\n", "{CR}": "\r", "{FF}": "\f", "{NUL}": "\0", "{NBSP}": "\xa0", "{LS}": "\u2028",
}  # fmt: skip


def corpus() -> list[str]:
    """Every attack string, one for each line of the file."""
    lines = (Path(__file__).parents[2] / "data" / "attacks.txt").read_text(encoding="utf-8").split("\n")
    attacks = [line for line in lines if line and not line.startswith("#")]
    for name, character in CHARACTERS.items():
        attacks = [attack.replace(name, character) for attack in attacks]
    return attacks


def harm(html: str) -> list[str]:
    """What a browser would find in `html` that the allow-list does not hold."""
    body = LexborHTMLParser(f"<body>{html}").body
    assert body is not None
    found = []
    for node in body.traverse():
        if node.tag == "body":
            continue
        if node.tag is None or node.tag not in ALLOWED:
            found.append(f"<{node.tag}>")
            continue
        for name, value in node.attributes.items():
            allowed = ALLOWED[node.tag].attributes.get(name)
            if allowed is None or allowed(value or "") != value:
                found.append(f"<{node.tag} {name}={value}>")
        if "href" in node.attributes and link_target(node.attributes["href"] or "") is None:
            found.append(str(node.attributes["href"]))
    return found


def test_the_corpus_is_large() -> None:
    assert len(set(corpus())) >= 250


@pytest.mark.parametrize(
    "carrier",
    ["{}", "<p>{}</p>", "<ul><li>{}</ul>", "<table><tr><td>{}<td>x</table>", "<a href=/x>{}</a>", "<h2>{}</h2>"],
)
def test_no_attack_leaves_anything_outside_the_list(carrier: str) -> None:
    for attack in corpus():
        cleaned = richtext.clean(carrier.replace("{}", attack))

        assert harm(cleaned) == [], attack
        assert richtext.clean(cleaned) == cleaned, attack


@pytest.mark.parametrize(
    "carrier", ["{}", "<p title='{}'>x</p>", '<a href="{}">x</a>', "<!--{}-->", "<style>{}</style>"]
)
def test_no_attack_works_from_inside_an_attribute_or_comment(carrier: str) -> None:
    for attack in corpus():
        assert harm(richtext.clean(carrier.replace("{}", attack))) == [], attack


def test_rendering_cleans_what_others_wrote_into_the_database() -> None:
    for attack in corpus():
        page = str(richtext.render(attack, photos={}, links={}))
        for around in ('<div class="table-scroll" tabindex="0">', "</div>"):
            page = page.replace(around, "")

        assert harm(page) == [], attack


def test_no_link_in_the_corpus_runs_a_script_or_hides_its_site() -> None:
    for attack in corpus():
        for scheme in ("javascript:", "data:", "vbscript:", "//", "blob:", "file:"):
            assert f'href="{scheme}' not in richtext.clean(attack).lower(), attack
