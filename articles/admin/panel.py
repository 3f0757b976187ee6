"""The state panel: a sentence for what readers see now, one for what they will see next, and this person's buttons."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.datastructures import MultiValueDict

from articles import permissions
from articles.admin.verbs import VERBS, form_of
from articles.models import Article, Edition, Event, Stage
from articles.state import Outlook, State, outlook, state_of
from newsroom import richtext
from newsroom.local_time import briefly, in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    """One scheduled edition: when, what it shows, and its own field for moving it."""

    edition: Edition
    when: str
    is_head: bool
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
    buttons: list[Button] = field(default_factory=list)
    more: list[Button] = field(default_factory=list)
    planned: list[Planned] = field(default_factory=list)
    may_plan: bool = False
    seen: int = 0  # the newest deed on the story that this page knows of


EXPLAINS = {
    "publish": "Readers see what you have written as soon as you press the button.",
    "schedule": "Readers see what you have written from this time on. You can go on writing meanwhile.",
    "withdraw": "Readers get a notice instead. Without a time: at once. What is scheduled for later goes too.",
    "correct": "Publishes what you have written, with a note that stays with the story.",
    "change_address": "The old address leads to the new one, for good.",
    "erase": "Blanks the story everywhere, also in its history and in search. This cannot be undone.",
    "send_back": "The story becomes a draft again; its writer reads this.",
}
ASKS = frozenset(EXPLAINS)


def state_label(state: str, next_at: datetime | None, *, at: datetime) -> str:
    """What the badge says: the state, and for a scheduled story when."""
    label = State(state).label
    return f"{label} for {in_words(next_at, now=at)}" if state == State.SCHEDULED and next_at else str(label)


def build(article: Article, *, user: User, at: datetime, refused: Mapping[str, Any] | None = None) -> Panel:
    """The panel of a saved story. `refused` is a verb that was refused just now, with its answers, to show again."""
    seen = outlook(article, at=at)
    state = state_of(article, at=at)
    newest = article.events.select_related("by").order_by("-pk").first()
    panel = Panel(
        state=state,
        label=state_label(state, seen.upcoming[0].live_from if seen.upcoming else None, at=at),
        now=_now(article, state, seen, at=at),
        following=_following(seen, at=at),
        address=seen.live.path if seen.live else "",
        warnings=_warnings(article, user, state, newest),
        may_plan=permissions.may(user, "reschedule", article),
        seen=newest.pk if newest else 0,
    )
    refused_verb = refused["verb"] if refused else ""
    for verb in _offered(article, state, seen):
        if permissions.may(user, verb, article):
            button = _button(verb, article, state, seen, at=at, refused=refused if verb == refused_verb else None)
            (panel.buttons if verb in {"submit", "mark_ready", "publish", "schedule"} else panel.more).append(button)
    moving = form_of(
        "reschedule", article, at=at, seen=seen, data=_answers(refused) if refused_verb == "reschedule" else None
    )
    if moving.is_bound:
        moving.is_valid()
    for edition in seen.upcoming:
        panel.planned.append(
            Planned(
                edition,
                in_words(edition.live_from, now=at),
                is_head=edition.revision_id == article.head_revision_id,
                field=moving[f"when_{edition.pk}"],
                is_open=moving.is_bound and moving.data.get("reschedule-edition") == str(edition.pk),
            )
        )
    return panel


def for_a_new_story(user: User, *, at: datetime) -> list[Button]:
    """The buttons on the form of a story that is not saved yet; each saves it first."""
    article = Article(created_by=user)
    nothing = Outlook(live=None, upcoming=(), ends_at=None)
    verbs = ["submit"]
    if user.has_perm(permissions.VERB_PERMISSIONS["publish"]):
        verbs += ["mark_ready", "publish", "schedule"]
    return [_button(verb, article, State.DRAFT, nothing, at=at, refused=None) for verb in verbs]


def reading(article: Article) -> SafeString:
    """The body of a story, for somebody who may see and not change it."""
    return richtext.render(article.body, photos={}, links={})


def _answers(refused: Mapping[str, Any] | None) -> MultiValueDict[str, str] | None:
    return MultiValueDict(refused["answers"]) if refused else None


def _button(
    verb: str, article: Article, state: State, seen: Outlook, *, at: datetime, refused: Mapping[str, Any] | None
) -> Button:
    form = form_of(verb, article, at=at, seen=seen, data=_answers(refused))
    if form.is_bound:
        form.is_valid()
    label = VERBS[verb].label
    if verb == "publish":
        label = "Publish changes…" if state.is_live else "Publish now…"
        if seen.live is None:
            form.fields.pop("change", None)
    if verb == "schedule" and (seen.live is not None or seen.upcoming):
        label = "Schedule an update…"
    style = {"publish": "primary", "erase": "danger", "withdraw": "danger", "discard": "danger"}.get(verb, "")
    return Button(
        verb, label, form, asks=verb in ASKS, style=style, is_open=refused is not None, explains=EXPLAINS.get(verb, "")
    )


def _offered(article: Article, state: State, seen: Outlook) -> list[str]:
    """The verbs that make sense for the story as it stands, whoever asks."""
    if article.binned_at is not None:
        return ["retrieve"]
    possible = {
        "submit": article.stage == Stage.DRAFT,
        "mark_ready": article.stage in {Stage.DRAFT, Stage.IN_REVIEW},
        "send_back": article.stage in {Stage.IN_REVIEW, Stage.READY},
        "publish": True,
        "schedule": True,
        "correct": not state.is_unpublished,
        "withdraw": seen.live is not None,
        "keep_live": seen.ends_at is not None and seen.live is not None,
        "change_address": seen.live is not None,
        "discard": state.is_unpublished and not seen.upcoming,
        "erase": True,
    }
    return [verb for verb, fits in possible.items() if fits]


def _now(article: Article, state: State, seen: Outlook, *, at: datetime) -> str:
    if seen.live is not None:
        since = briefly(seen.live.live_from, now=at)
        sees = f"Readers see revision {seen.live.revision.number}, since {since}"
        return f"{sees}, without the changes saved since then." if state == State.LIVE_WITH_CHANGES else f"{sees}."
    if state == State.WITHDRAWN:
        return "Readers see a notice that this story was withdrawn."
    if article.binned_at is not None:
        return "This story is in the bin. Readers have never seen it."
    return "Readers do not see this story."


def _following(seen: Outlook, *, at: datetime) -> str:
    first = seen.upcoming[0] if seen.upcoming else None
    if seen.ends_at is not None and (first is None or seen.ends_at <= first.live_from):
        return f"It is withdrawn {in_words(seen.ends_at, now=at)}."
    if first is None:
        return "Nothing is scheduled."
    verb = "is updated to" if seen.live else "goes live with"
    return f"It {verb} revision {first.revision.number} {in_words(first.live_from, now=at)}."


def _warnings(article: Article, user: User, state: State, newest: Event | None) -> list[str]:
    found = []
    if newest is not None and newest.verb == "send_back":
        found.append(f"{newest.by} sent it back: “{newest.details.get('reason', '')}”")
    edits_all = user.has_perm("articles.edit_any_article")
    if article.stage == Stage.IN_REVIEW and not edits_all:
        found.append(
            "This story is in review. An editor may be working on it: save often, and tell them what you change."
        )
    if state.is_live and not edits_all:
        found.append("Readers go on seeing the published text. What you change waits for an editor.")
    return found
