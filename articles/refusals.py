"""Why a verb says no. Each refusal's text is a sentence for the person who asked, saying what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from articles.part_names import part_name
from newsroom.local_time import day_and_time
from newsroom.sentences import enumerated

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from articles.models import Edition, Withheld


class Refused(Exception):
    """A verb was not carried out; nothing has changed."""


class NotAllowed(Refused):
    """The person's role does not allow it."""


class Stale(Refused):
    """The story has moved on since the person last saw it."""


class Incomplete(Refused):
    """The story lacks something without which readers may not see it. `missing` says what."""

    def __init__(self, missing: Sequence[StrOrPromise]) -> None:
        lacks = enumerated(missing)
        super().__init__(_("Before readers can see this story it needs %(lacks)s.") % {"lacks": lacks})
        self.missing = tuple(map(str, missing))


class Obstructed(Refused):
    """A hold, a legal block or an embargo keeps the story from readers. `obstacles` are sentences, one for each."""

    def __init__(self, obstacles: Sequence[str]) -> None:
        super().__init__(" ".join(obstacles))
        self.obstacles = tuple(obstacles)


class Missed(Refused):
    """An edition that was taken out should have begun meanwhile, and it was not said what is to happen to it.

    `withheld` are those, in order.
    """

    def __init__(self, withheld: Sequence[Withheld]) -> None:
        times = ", ".join(day_and_time(each.live_from) for each in withheld)
        super().__init__(
            _("What was to go out at %(times)s was missed meanwhile. Say whether it is published now or let go.")
            % {"times": times}
        )
        self.withheld = tuple(withheld)


class Undecided(Refused):
    """Editions are scheduled, and it was not said whether the change is to be part of them. `editions` are those."""

    def __init__(self, editions: Sequence[Edition]) -> None:
        super().__init__(
            _(
                "This story has scheduled updates. Say for each whether it takes this change in; "
                "otherwise it would bring the old text back."
            )
        )
        self.editions = tuple(editions)


class Conflict(Refused):
    """A change cannot be merged into a scheduled edition. `edition` and `fields` say where."""

    def __init__(self, edition: Edition, fields: Sequence[str]) -> None:
        super().__init__(
            _(
                "The update scheduled for %(when)s changes the same text (%(fields)s). Leave it out there, or cancel "
                "that update and schedule it anew."
            )
            % {"when": day_and_time(edition.live_from), "fields": ", ".join(map(part_name, fields))}
        )
        self.edition = edition
        self.fields = tuple(fields)
