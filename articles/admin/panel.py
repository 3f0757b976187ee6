"""The state panel: a sentence for what readers see now, one for what they will see next, and this person's buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import checklist, permissions, workflow
from articles.admin import sentences
from articles.admin.sentences import state_label
from articles.admin.verbs import VERBS, form_of
from articles.models import Article, Block, Edition, Stage, Withheld
from articles.state import Outlook, State, outlook, state_seen
from newsroom import richtext
from newsroom.local_time import in_words

if TYPE_CHECKING:
    from django.utils.safestring import SafeString  # noqa: TID251 - for the type checker

    from authors.models import User


@dataclass(frozen=True)
class Button:
    """One verb that this person may carry out on this story now. `asks` says that it opens a dialog."""

    verb: str
    label: str
    form: Any
    asks: bool
    style: str = ""
    is_open: bool = False
    explains: str = ""


@dataclass(frozen=True)
class Planned:
    """One scheduled edition: when, what it shows, what it lacks, and its own field for moving it."""

    edition: Edition
    when: str
    without: str
    lacks: int
    field: Any
    is_open: bool


@dataclass(frozen=True)
class Obstacle:
    """What keeps the story from readers: a hold, a legal block or an embargo, and the button that ends it."""

    kind: str
    text: str
    button: Button | None


@dataclass(frozen=True)
class HeldBack:
    """An edition that an obstacle took out: when it would have begun, and its own field for putting it back."""

    withheld: Withheld
    when: str
    is_overdue: bool
    field: Any
    is_open: bool


@dataclass
class Panel:
    """Everything that the panel shows."""

    state: State
    label: str
    now: str
    following: str
    address: str = ""
    warnings: list[str] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)
    held_back: list[HeldBack] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)
    more: list[Button] = field(default_factory=list)
    keep_live: Button | None = None
    planned: list[Planned] = field(default_factory=list)
    badges: list[tuple[str, str]] = field(default_factory=list)
    may_plan: bool = False
    may_share: bool = False
    holder: str = ""
    blocks: Sequence[Block] = ()
    seen: int = 0  # the newest deed on the story that this page knows of

    @property
    def dialogs(self) -> list[Button]:
        """Every button that asks something first."""
        ending = [each.button for each in self.obstacles if each.button is not None]
        return [button for button in [*self.buttons, *self.more, *ending] if button.asks]


EXPLAINS = {
    "publish": gettext_lazy("Readers see what you have written as soon as you press the button."),
    "schedule": gettext_lazy("Readers see what you have written from this time on. You can go on writing meanwhile."),
    "withdraw": gettext_lazy(
        "Readers get a notice instead. Without a time: at once. What is scheduled for later goes too."
    ),
    "correct": gettext_lazy("Publishes what you have written, with a note that stays with the story."),
    "strike_out": gettext_lazy("For a note that was itself mistaken. Nothing is taken away: it stays, struck through."),
    "change_address": gettext_lazy("The old address leads to the new one, for good."),
    "erase": gettext_lazy("Blanks the story everywhere, also in its history and in search. This cannot be undone."),
    "send_back": gettext_lazy("The story becomes a draft again; its writer reads this."),
    "assign": gettext_lazy("They find it on their first page, and get a mail. It is theirs to write in from then on."),
    "hold": gettext_lazy(
        "Nothing of it is published until an editor releases it. What is scheduled is taken out, and returns then."
    ),
    "legal_block": gettext_lazy("As a hold, but only you or a managing editor can release it."),
    "set_embargo": gettext_lazy("Nobody can publish it before this time. What is scheduled earlier is taken out."),
    "lift_embargo": gettext_lazy(
        "It can be published at any time again. What was taken out returns, if its time is still ahead."
    ),
    "release_hold": gettext_lazy("It can be published again. What was taken out returns, if its time is still ahead."),
    "release_legal": gettext_lazy("It can be published again. What was taken out returns, if its time is still ahead."),
}
ASKS = frozenset(EXPLAINS)
FIRST_ROW = frozenset({"claim", "submit", "mark_ready", "publish", "schedule"})
# Both are told beside the sentence that they are about.
ELSEWHERE = frozenset({"keep_live"})
UNTOUCHED = gettext_lazy("Readers go on seeing what is live; withdraw it if they should not.")
DANGER = frozenset({"erase", "withdraw", "discard", "legal_block"})


def build(
    article: Article,
    *,
    user: User,
    at: datetime,
    refused: Mapping[str, Any] | None = None,
    edits: bool | None = None,
) -> Panel:
    """The panel of a saved story. `refused` is a verb that was refused just now, with its answers, to show again.

    `edits` is the answer of `permissions.may_edit`, where the caller has asked already.
    """
    seen = outlook(article, at=at)
    state = state_seen(article, seen, at=at)
    # Several forms ask what was taken out.
    prefetch_related_objects([article], Prefetch("withheld", Withheld.objects.select_related("revision")))
    newest = article.events.select_related("by").order_by("-pk").first()
    edits = permissions.may_edit(user, article) if edits is None else edits
    made = _Buttons(article, state, seen, at, refused)
    panel = Panel(
        state=state,
        label=state_label(state, seen.upcoming[0].live_from if seen.upcoming else None, at=at),
        now=sentences.now(article, state, seen, at=at),
        following=sentences.following(seen, at=at),
        address=seen.live.path if seen.live else "",
        warnings=sentences.warnings(article, user, state, newest),
        may_plan=permissions.may(user, "reschedule", article),
        may_share=article.head_revision_id is not None and permissions.may(user, "share", article),
        holder=sentences.holder(article),
        blocks=checklist.open_blocks(article),
        seen=newest.pk if newest else 0,
    )
    for verb in _offered(article, state, seen, panel.blocks, at=at):
        if permissions.may(user, VERBS[verb].rule or verb, article, edits=edits):
            button = made.button(verb)
            if verb == "strike_out" and not button.form.fields["note"].choices:
                continue
            if verb in ELSEWHERE:
                panel.keep_live = button
            else:
                (panel.buttons if verb in FIRST_ROW else panel.more).append(button)
    kinds = sorted((block.kind for block in panel.blocks), reverse=True)
    panel.badges = sentences.obstacle_labels(kinds[0] if kinds else None, article.embargo_until, at=at)
    panel.obstacles = _obstacles(article, panel, user, made)
    panel.held_back = _held_back(article, made)
    panel.planned = _planned(article, seen, made)
    return panel


def for_a_new_story(user: User, *, at: datetime) -> list[Button]:
    """The buttons on the form of a story that is not saved yet; each saves it first."""
    made = _Buttons(Article(created_by=user), State.DRAFT, Outlook(live=None, upcoming=(), ends_at=None), at, None)
    verbs = ["submit"]
    if user.has_perm(permissions.VERB_PERMISSIONS["publish"]):
        verbs += ["mark_ready", "publish", "schedule", "assign"]
    return [made.button(verb) for verb in verbs]


def reading(article: Article) -> SafeString:
    """The body of a story, for somebody who may see and not change it."""
    return richtext.render(article.body, photos={}, links={})


@dataclass(frozen=True)
class _Buttons:
    """Makes the buttons of one story, each with its form; the refused verb's with its answers and what was wrong."""

    article: Article
    state: State
    seen: Outlook
    at: datetime
    refused: Mapping[str, Any] | None

    def form(self, verb: str) -> Any:
        """A verb's form, answered and checked if it was refused just now."""
        was_refused = self.refused is not None and self.refused["verb"] == verb
        answers = MultiValueDict(self.refused["answers"]) if self.refused and was_refused else None
        form = form_of(verb, self.article, at=self.at, seen=self.seen, data=answers)
        if self.refused and was_refused and form.is_valid():
            # What only the verb itself could know is said at the answer that it is about.
            field = self.refused.get("field")
            form.add_error(field if field in form.fields else None, self.refused.get("text", ""))
        return form

    def button(self, verb: str) -> Button:
        """A verb's button."""
        form = self.form(verb)
        label = str(VERBS[verb].label)
        explains = str(EXPLAINS.get(verb, ""))
        if verb == "publish":
            label = _("Publish changes…") if self.state.is_live else _("Publish now…")
            if self.seen.live is None:
                form.fields.pop("change", None)
            early = next((e for e in self.seen.upcoming if e.revision_id == self.article.head_revision_id), None)
            if early is not None:
                when = in_words(early.live_from, now=self.at)
                early_told = _("What is saved is scheduled for %(when)s: what you do not take out first, they see now.")
                explains = f"{explains} {early_told % {'when': when}}"
        if verb == "schedule":
            if self.state.is_unpublished and not self.seen.upcoming:
                form.fields.pop("change", None)
            else:
                label = _("Schedule an update…")
        if verb in {"hold", "legal_block", "set_embargo"} and self.seen.live is not None:
            explains = f"{explains} {UNTOUCHED}"
        style = "primary" if verb == "publish" else "danger" if verb in DANGER else ""
        is_open = self.refused is not None and self.refused["verb"] == verb
        return Button(verb, label, form, asks=verb in ASKS, style=style, is_open=is_open, explains=explains)


def _offered(article: Article, state: State, seen: Outlook, blocks: Sequence[Block], *, at: datetime) -> list[str]:
    """The verbs that make sense for the story as it stands, whoever asks."""
    if article.binned_at is not None:
        return ["retrieve"]
    kinds = {block.kind for block in blocks}
    # A story whose every word readers see or will see needs no review.
    has_something_new = state.is_unpublished or article.has_unpinned_changes
    possible = {
        "claim": article.stage == Stage.IN_REVIEW and workflow.claimed_by(article) is None,
        "submit": article.stage == Stage.DRAFT and has_something_new,
        "mark_ready": article.stage in {Stage.DRAFT, Stage.IN_REVIEW} and has_something_new,
        "send_back": article.stage in {Stage.IN_REVIEW, Stage.READY},
        "assign": True,
        "publish": not kinds,
        "schedule": not kinds,
        "correct": not state.is_unpublished and not kinds,
        "strike_out": not state.is_unpublished,
        "withdraw": seen.live is not None,
        "keep_live": seen.ends_at is not None and seen.live is not None,
        "hold": Block.Kind.HOLD not in kinds,
        "legal_block": Block.Kind.LEGAL not in kinds,
        "set_embargo": True,
        "change_address": seen.live is not None,
        "discard": state.is_unpublished and not seen.upcoming,
        "erase": True,
    }
    return [verb for verb, fits in possible.items() if fits]


def _obstacles(article: Article, panel: Panel, user: User, made: _Buttons) -> list[Obstacle]:
    frees = permissions.may(user, "release", article)
    found = []
    for block in panel.blocks:
        verb = {Block.Kind.HOLD: "release_hold", Block.Kind.LEGAL: "release_legal"}[Block.Kind(block.kind)]
        since = in_words(block.set_at, now=made.at)
        if block.kind == Block.Kind.HOLD:
            told = _("On hold by %(person)s, since %(since)s: “%(reason)s”")
        else:
            told = _("Blocked for legal reasons by %(person)s, since %(since)s: “%(reason)s”")
        may_free = frees and permissions.may_release(user, block)
        found.append(
            Obstacle(
                block.kind,
                told % {"person": block.owner, "since": since, "reason": block.reason},
                made.button(verb) if may_free else None,
            )
        )
    if article.embargo_until is not None and article.embargo_until > made.at:
        until = in_words(article.embargo_until, now=made.at)
        button = made.button("lift_embargo") if frees else None
        found.append(Obstacle("embargo", _("Under embargo until %(until)s.") % {"until": until}, button))
    return found


def _held_back(article: Article, made: _Buttons) -> list[HeldBack]:
    withheld = list(article.withheld.all())
    if not withheld:
        return []
    form, chosen = made.form("put_back"), (made.refused or {}).get("answers", {}).get("put_back-withheld")
    return [
        HeldBack(
            each,
            in_words(each.live_from, now=made.at),
            is_overdue=each.live_from <= made.at,
            field=form[f"when_{each.pk}"],
            is_open=chosen == [str(each.pk)],
        )
        for each in withheld
    ]


def _planned(article: Article, seen: Outlook, made: _Buttons) -> list[Planned]:
    if not seen.upcoming:
        return []
    moving, chosen = made.form("reschedule"), (made.refused or {}).get("answers", {}).get("reschedule-edition")
    oldest = min(edition.revision.holds_up_to for edition in seen.upcoming)
    numbers = list(article.revisions.filter(aside_of=None, number__gt=oldest).values_list("number", flat=True))
    planned = []
    for edition in seen.upcoming:
        lacks = sum(number > edition.revision.holds_up_to for number in numbers)
        planned.append(
            Planned(
                edition,
                in_words(edition.live_from, now=made.at),
                without=sentences.without(lacks),
                lacks=lacks,
                field=moving[f"when_{edition.pk}"],
                is_open=chosen == [str(edition.pk)],
            )
        )
    return planned
