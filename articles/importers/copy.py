"""What a piece of copy says, before anything of it is in the database."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from newsroom.typography import typeset, typeset_html


class CopyError(ValueError):
    """A piece of copy cannot be read. Its text is a sentence for the person who brought it."""


@dataclass
class RelatedCopy:
    """A story that the copy names as related."""

    headline: str
    teaser: str = ""


@dataclass
class Copy:
    """One piece of copy. `body` is cleaned HTML.

    `unplaced` are texts that fitted nowhere and stand in the body; `notes` are sentences about how it was read.
    """

    headline: str = ""
    standfirst: str = ""
    body: str = ""
    bylines: list[str] = field(default_factory=list)
    related: list[RelatedCopy] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def typeset(self) -> Copy:
        """The same copy with its quotation marks, dashes and ellipses set."""
        return replace(
            self,
            headline=typeset(self.headline),
            standfirst=typeset(self.standfirst),
            body=typeset_html(self.body),
            related=[RelatedCopy(typeset(story.headline), typeset(story.teaser)) for story in self.related],
        )
