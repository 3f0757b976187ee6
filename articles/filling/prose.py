"""Headlines, standfirsts and paragraphs, drawn by lot. What is drawn first is drawn often, as in any language."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from articles.filling import words

SENTENCES = (
    "The {office} said on {day} that the {thing} had been {deed} after a {quality} {other} of the {subject}.",
    "“It is a {quality} {thing}, and nobody at the {office} pretends that it is anything else,” said {person}.",
    "{surname} told a meeting in {place} that the {other} would cost {number} crowns more than the {quality} {thing}.",
    "Residents of {elsewhere} have waited {small} years for the {thing}, and many no longer expect it.",
    "In {place} the {subject} are older than the {office} itself, and so is the {other} about them.",
    "According to the {thing}, {number} people signed the {quality} {other} before the end of {day}.",
    "The {quality} {thing} that {person} proposed in {place} was {deed} by {small} votes to three.",
    "No {thing} was {deed} in {elsewhere} last year, though the {office} had set aside {number} crowns for it.",
    "“We have read every {thing} since the {quality} {other},” {surname} said, “and the sums do not agree.”",
    "What the {other} leaves open is who pays for the {subject} once the {quality} {thing} has ended.",
    "A {thing} seen by this newspaper shows that the {office} knew of the {quality} {other} by {day}.",
    "Of the {number} crowns, a {quality} third goes to {place}, and the rest to {elsewhere} and its {thing}.",
    "{person}, who has kept a {thing} of the {subject} since leaving {elsewhere}, calls the {other} {quality}.",
    "On {day} the {thing} was read aloud in {place}, to a {quality} silence and then to laughter.",
    "The {other} is {quality} by the standards of {elsewhere}, where a {thing} of this size is settled in a week.",
    "Asked whether the {thing} could still be {deed}, {surname} pointed to the {quality} {other} and smiled.",
    "There are {small} ways to read the {thing}, and the {office} has now tried {small} of them.",
    "The {quality} {other} begins at {place} and follows the {thing} as far as {elsewhere}.",
    "For the {office} the {subject} are a matter of a {quality} {thing}; for {place} they are a matter of winter.",
    "It was {deed} in the end, {person} said, because nobody could find the {thing} that forbade it.",
    "The figures for {elsewhere} are worse: {number} in a {quality} year, and {small} in the year before.",
    "Those who work on the {thing} say that the {other} has been {quality} since {day}.",
    "A spokesman for the {office} declined to say when the {quality} {thing} would be {deed}.",
    "{surname} has asked the {office} for the {thing} and for every {other} that led to it.",
    "Nobody in {place} disputes the {thing}; they dispute the {quality} {other} that came with it.",
    "By the evening {number} copies of the {thing} had been handed out at the gates in {elsewhere}.",
    "The {subject} came up {small} times in the {other}, and each time the {thing} was {deed}.",
    "“Give us a {quality} {thing} and we shall give you an answer,” {person} told the {office}.",
    "Under the {thing}, work in {place} stops for {small} weeks while the {quality} {other} is {deed}.",
    "That leaves the {quality} {thing}, which {elsewhere} has used since the last {other} and would like to keep.",
    "The {office} counts {number} cases, of which a {quality} {thing} has been {deed} in {small}.",
    "Two streets away, in {elsewhere}, the {other} looks {quality}, and the {thing} hardly matters.",
)
HEADLINES = (
    "{office} is asked about {subject} after {quality} {thing}",
    "How {place} kept its {subject} and lost a {thing}",
    "{quality_first} {thing} on {subject} {deed} in {place}",
    "{surname} wants a {quality} {thing} on {subject}",
    "{place} and {elsewhere} divide over {subject}",
    "{subject_first}: what the {quality} {thing} leaves open",
    "{number} crowns for {subject}, and a {quality} {thing} in {place}",
    "The {thing} that {place} {deed}, and its {subject}",
    "Why {elsewhere} no longer trusts its {subject}",
    "{office} {deed} the {quality} {thing} on {subject}",
)
STANDFIRSTS = (
    "A {quality} {thing} has divided {place}. The {office} says that {subject} will be {deed} by {day}.",
    "The {office} has {small} weeks to answer for the {thing}, and {elsewhere} is watching.",
    "{person} has followed {subject} for {small} years. The {quality} {other} still came as a surprise.",
    "What was {deed} in {place} on {day}, what it costs, and who pays for the {quality} {thing}.",
)
SUBHEADS = (
    "What the {thing} says", "A {quality} {other}", "Who pays", "Back in {place}", "The view from {elsewhere}",
    "After the {other}", "What happens next", "{small_first} years of {subject}",
)  # fmt: skip
NOTES = ("", "", "", "After the desk’s questions", "Figures checked", "Shorter", "New quote", "Names put right")

# As a power of two, so that a draw is so many random bits.
_BITS = 13
_TOLD = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def zipf(count: int) -> list[float]:
    """Cumulative weights of `count` things, each drawn in proportion to 1 / its place."""
    return list(accumulate(1 / place for place in range(1, count + 1)))


def _drawn(things: Sequence[str], *, seed: int) -> list[str]:
    """As many of the things as there are draws, the first of them most often."""
    lot = random.Random(seed)  # noqa: S311 - for prose, not for secrets
    shuffled = lot.sample(things, len(things))
    return lot.choices(shuffled, cum_weights=zipf(len(things)), k=1 << _BITS)


@dataclass(frozen=True)
class Matter:
    """What one story is about: these words come back in all of its sentences."""

    subject: str
    place: str
    office: str
    person: str


Slot = Callable[[Matter, random.Random], str]
# “a {thing}” is “an order” where that is what is drawn.
_SLOT = re.compile(r"(\b[Aa] )?\{(\w+)\}")


class Pen:
    """Writes; what it writes depends on the seed and on the lot that is handed to it, and on nothing else."""

    def __init__(self, seed: int) -> None:
        self._places = _drawn(words.PLACES, seed=seed + 1)
        self._surnames = _drawn(words.SURNAMES, seed=seed + 2)
        self._subjects = _drawn(words.SUBJECTS, seed=seed + 3)
        things, qualities = _drawn(words.THINGS, seed=seed + 4), _drawn(words.QUALITIES, seed=seed + 5)
        self._slots: dict[str, Slot] = {
            "subject": lambda matter, lot: matter.subject,
            "subject_first": lambda matter, lot: matter.subject.capitalize(),
            "place": lambda matter, lot: matter.place,
            "office": lambda matter, lot: matter.office,
            # The story's own person speaks most of the time.
            "person": lambda matter, lot: matter.person if lot.random() < 0.7 else self._person(lot),
            "surname": lambda matter, lot: self._surnames[lot.getrandbits(_BITS)],
            "elsewhere": lambda matter, lot: self._places[lot.getrandbits(_BITS)],
            "thing": lambda matter, lot: things[lot.getrandbits(_BITS)],
            "other": lambda matter, lot: things[lot.getrandbits(_BITS)],
            "quality": lambda matter, lot: qualities[lot.getrandbits(_BITS)],
            "quality_first": lambda matter, lot: qualities[lot.getrandbits(_BITS)].capitalize(),
            "deed": lambda matter, lot: _one(words.DEEDS, lot),
            "day": lambda matter, lot: _one(words.WEEKDAYS, lot),
            "small": lambda matter, lot: _one(_TOLD, lot),
            "small_first": lambda matter, lot: _one(_TOLD, lot).capitalize(),
            "number": lambda matter, lot: f"{2 + int(lot.random() * 97)},{lot.getrandbits(14) % 1000:03}",
        }
        self._headlines, self._standfirsts, self._subheads, self._sentences = (
            [self._form(form) for form in forms] for forms in (HEADLINES, STANDFIRSTS, SUBHEADS, SENTENCES)
        )

    def matter(self, lot: random.Random) -> Matter:
        """What a new story is about."""
        place = self._places[lot.getrandbits(_BITS)]
        return Matter(
            subject=self._subjects[lot.getrandbits(_BITS)],
            place=place,
            office=f"{place} {_one(words.OFFICES, lot)}",
            person=self._person(lot),
        )

    def headline(self, matter: Matter, lot: random.Random) -> str:
        """At most 200 characters, usually some 50."""
        return _said(self._headlines, matter, lot)

    def standfirst(self, matter: Matter, lot: random.Random) -> str:
        """A sentence or two."""
        return _said(self._standfirsts, matter, lot)

    def subhead(self, matter: Matter, lot: random.Random) -> str:
        """A few words."""
        return _said(self._subheads, matter, lot)

    def paragraph(self, matter: Matter, lot: random.Random) -> str:
        """Two to four sentences."""
        count = 2 + lot.getrandbits(1) + lot.getrandbits(1)
        return " ".join([_said(self._sentences, matter, lot) for _ in range(count)])

    def _person(self, lot: random.Random) -> str:
        return f"{_one(words.FIRST_NAMES, lot)} {self._surnames[lot.getrandbits(_BITS)]}"

    def _form(self, form: str) -> tuple[str, list[Slot]]:
        """A form, and what goes into its gaps."""
        slots = [_with_article(article, self._slots[name]) for article, name in _SLOT.findall(form)]
        return _SLOT.sub("%s", form), slots


def _with_article(article: str, slot: Slot) -> Slot:
    if not article:
        return slot

    def both(matter: Matter, lot: random.Random) -> str:
        drawn = slot(matter, lot)
        return f"{article[0]}n {drawn}" if drawn[0] in "aeiou" else f"{article}{drawn}"

    return both


def _said(forms: list[tuple[str, list[Slot]]], matter: Matter, lot: random.Random) -> str:
    form, slots = forms[int(lot.random() * len(forms))]
    return form % tuple([slot(matter, lot) for slot in slots])


def _one(things: Sequence[str], lot: random.Random) -> str:
    return things[int(lot.random() * len(things))]
