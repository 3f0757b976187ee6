"""The buttons of the state panel: for each verb its form, and the call of the verb. The rules are the verbs' own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles import permissions, publishing, taking_over, workflow
from articles.admin.obstacle_forms import BlockForm, EmbargoForm, FreeingForm, PutBackForm, WithheldForm
from articles.admin.verb_forms import (
    AddressForm,
    AssignForm,
    CorrectForm,
    EditionForm,
    EraseForm,
    PublishForm,
    RescheduleForm,
    ScheduleForm,
    SendBackForm,
    StrikeOutForm,
    TakeOverForm,
    VerbForm,
    WithdrawForm,
)
from articles.models import Article, Block, Change, Correction, Edition, Revision, Withheld
from articles.refusals import Conflict, Refused, Stale
from articles.state import Outlook, outlook
from authors.models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Request:
    """Everything a verb needs: the story, who, when, the revision that was on the screen, and the answered form."""

    article: Article
    by: User
    at: datetime
    revision: Revision | None
    form: Any

    def on_screen(self) -> Revision:
        """The revision that the person saw. Raises Stale where the post does not say."""
        if self.revision is None:
            raise Stale(
                gettext("It is not clear which text you mean. Open the story again, look at it, and try once more.")
            )
        return self.revision

    def edition(self) -> Edition:
        """The scheduled edition that was meant. Raises Stale where it is none of this story's."""
        edition = self.article.editions.filter(pk=self.form.cleaned_data["edition"]).first()
        if edition is None:
            raise Stale(gettext("This update has begun or was cancelled meanwhile. Look at the story again."))
        return edition

    def colleague(self) -> User:
        """Who has the story open. Raises Stale where nobody is meant."""
        colleague = User.objects.filter(pk=self.form.cleaned_data["person"]).first()
        if colleague is None:
            raise Stale(gettext("It is not clear from whom you take it over. Open the story again."))
        return colleague

    def withheld(self) -> Withheld:
        """The edition that was taken out and is meant. Raises Stale where it is none of this story's."""
        withheld = self.article.withheld.filter(pk=self.form.cleaned_data["withheld"]).first()
        if withheld is None:
            raise Stale(gettext("That update was put back or let go meanwhile. Look at the story again."))
        return withheld


def _publish(ask: Request) -> None:
    change = Change(ask.form.cleaned_data["change"] or Change.SUBSTANTIVE)
    publishing.publish(
        ask.article,
        revision=ask.on_screen(),
        by=ask.by,
        at=ask.at,
        change=change,
        carry=ask.form.carry,
        leave=ask.form.leave,
    )


def _schedule(ask: Request) -> None:
    data = ask.form.cleaned_data
    change = Change(data["change"] or Change.SUBSTANTIVE)
    publishing.schedule(
        ask.article,
        revision=ask.on_screen(),
        live_from=data["when"],
        by=ask.by,
        at=ask.at,
        change=change,
        carry=ask.form.carry,
        leave=ask.form.leave,
    )


def _correct(ask: Request) -> None:
    data = ask.form.cleaned_data
    publishing.correct(
        ask.article,
        revision=ask.on_screen(),
        wrong=data["wrong"],
        text=data["text"],
        placement=Correction.Placement(data["placement"] or Correction.Placement.BELOW),
        kind=Correction.Kind(data["kind"]),
        by=ask.by,
        at=ask.at,
        carry=ask.form.carry,
        leave=ask.form.leave,
    )


def _strike_out(ask: Request) -> None:
    data = ask.form.cleaned_data
    note = ask.article.corrections.get(pk=data["note"])
    publishing.strike_out(note, wrong=data["wrong"], text=data["text"], by=ask.by, at=ask.at)


def _withdraw(ask: Request) -> None:
    data = ask.form.cleaned_data
    publishing.withdraw(
        ask.article, by=ask.by, at=ask.at, live_until=data["when"], keep=data.get("keep") or (), reason=data["reason"]
    )


def _change_address(ask: Request) -> None:
    data = ask.form.cleaned_data
    publishing.change_address(ask.article, slug=data["slug"], section=data["section"], by=ask.by, at=ask.at)


def _release(kind: Block.Kind) -> Callable[[Request], object]:
    return lambda ask: publishing.release(ask.article, kind=kind, by=ask.by, at=ask.at, missed=ask.form.missed)


def _set_embargo(ask: Request) -> None:
    until = ask.form.cleaned_data["when"]
    publishing.set_embargo(ask.article, until=until, by=ask.by, at=ask.at, missed=ask.form.missed)


@dataclass(frozen=True)
class Verb:
    """One button. `uses_text` says that it acts on what was typed, which therefore has to be saved first.

    `rule` is the verb whose permission it needs, where two buttons carry out one verb.
    """

    label: StrOrPromise
    done: StrOrPromise
    act: Callable[[Request], object]
    form: type[VerbForm] = VerbForm
    uses_text: bool = False
    rule: str = ""


VERBS: dict[str, Verb] = {
    "submit": Verb(
        _("Submit for review"), _("Submitted. An editor will see it on the desk’s first page."),
        lambda ask: workflow.submit(ask.article, by=ask.by, at=ask.at), uses_text=True,
    ),
    "send_back": Verb(
        _("Send back…"), _("Sent back to its writer."),
        lambda ask: workflow.send_back(ask.article, by=ask.by, at=ask.at, reason=ask.form.cleaned_data["reason"]),
        SendBackForm,
    ),
    "claim": Verb(
        _("Claim"), _("It is yours now; colleagues see that."),
        lambda ask: workflow.claim(ask.article, by=ask.by, at=ask.at),
    ),
    "assign": Verb(
        _("Assign…"), _("Handed over."),
        lambda ask: workflow.assign(ask.article, to=ask.form.cleaned_data["to"], by=ask.by, at=ask.at),
        AssignForm,
    ),
    "take_over": Verb(
        _("Take over…"),
        _("You have taken it over. What your colleague typed is kept: look at the text and its history."),
        lambda ask: taking_over.take_over(ask.article, from_person=ask.colleague(), by=ask.by, at=ask.at),
        TakeOverForm,
    ),
    "mark_ready": Verb(
        _("Mark as ready"), _("Ready to be published."),
        lambda ask: workflow.mark_ready(ask.article, by=ask.by, at=ask.at), uses_text=True,
    ),
    "publish": Verb(_("Publish…"), _("Published. Readers see it now."), _publish, PublishForm, uses_text=True),
    "schedule": Verb(_("Schedule…"), _("Scheduled."), _schedule, ScheduleForm, uses_text=True),
    "correct": Verb(_("Correct…"), _("Corrected. The note is with the story."), _correct, CorrectForm, uses_text=True),
    "strike_out": Verb(
        _("Strike out a note…"), _("Struck out. Both notes are with the story."), _strike_out, StrikeOutForm
    ),
    "reschedule": Verb(
        _("Move…"), _("Moved."),
        lambda ask: publishing.reschedule(
            ask.edition(), live_from=ask.form.cleaned_data["when"], by=ask.by, at=ask.at
        ),
        RescheduleForm,
    ),
    "cancel": Verb(
        pgettext_lazy("what is scheduled", "Cancel"), _("Cancelled. It is not published at that time."),
        lambda ask: publishing.cancel(ask.edition(), by=ask.by, at=ask.at), EditionForm,
    ),
    "take_in": Verb(
        _("Put them in"), _("That update has everything now that is saved."),
        lambda ask: publishing.take_in(ask.edition(), revision=ask.on_screen(), by=ask.by, at=ask.at),
        EditionForm, uses_text=True,
    ),
    "hold": Verb(
        _("Hold…"), _("On hold. Nothing of it is published until somebody releases it."),
        lambda ask: publishing.hold(ask.article, reason=ask.form.cleaned_data["reason"], by=ask.by, at=ask.at),
        BlockForm,
    ),
    "legal_block": Verb(
        _("Legal block…"), _("Blocked. Nothing of it is published until you or a managing editor release it."),
        lambda ask: publishing.legal_block(ask.article, reason=ask.form.cleaned_data["reason"], by=ask.by, at=ask.at),
        BlockForm,
    ),
    "set_embargo": Verb(
        _("Embargo…"), _("Under embargo. Nobody can publish it before that time."), _set_embargo, EmbargoForm
    ),
    "lift_embargo": Verb(
        _("Lift the embargo…"), _("The embargo is lifted."),
        lambda ask: publishing.set_embargo(
            ask.article, until=None, by=ask.by, at=ask.at, missed=ask.form.missed
        ),
        FreeingForm, rule="set_embargo",
    ),
    "release_hold": Verb(
        _("Release…"), _("Released from the hold. Look at what is planned."),
        _release(Block.Kind.HOLD), FreeingForm, rule="release",
    ),
    "release_legal": Verb(
        _("Release the legal block…"), _("Released from the legal block. Look at what is planned."),
        _release(Block.Kind.LEGAL), FreeingForm, rule="release",
    ),
    "put_back": Verb(
        _("Put back"), _("Scheduled again."),
        lambda ask: publishing.put_back(
            ask.withheld(), live_from=ask.form.cleaned_data["when"], by=ask.by, at=ask.at
        ),
        PutBackForm,
    ),
    "let_go": Verb(
        _("Let it go"), _("It will not be published at that time."),
        lambda ask: publishing.let_go(ask.withheld(), by=ask.by, at=ask.at), WithheldForm,
    ),
    "withdraw": Verb(_("Withdraw…"), _("Done. Beside the text it says what readers see."), _withdraw, WithdrawForm),
    "keep_live": Verb(
        _("Keep it live"), _("The withdrawal is called off."),
        lambda ask: publishing.keep_live(ask.article, by=ask.by, at=ask.at),
    ),
    "change_address": Verb(
        _("Change address…"), _("It has a new address; the old one leads there."), _change_address, AddressForm
    ),
    "discard": Verb(
        _("Move to the bin"), _("It is in the bin."), lambda ask: workflow.discard(ask.article, by=ask.by, at=ask.at)
    ),
    "retrieve": Verb(
        _("Take out of the bin"), _("It is out of the bin."),
        lambda ask: workflow.retrieve(ask.article, by=ask.by, at=ask.at),
    ),
    "erase": Verb(
        _("Erase…"), _("Erased. Its address goes on saying that it was withdrawn."),
        lambda ask: publishing.erase(ask.article, by=ask.by, at=ask.at, reason=ask.form.cleaned_data["reason"]),
        EraseForm,
    ),
}  # fmt: skip


def form_of(
    name: str,
    article: Article,
    *,
    at: datetime,
    seen: Outlook | None = None,
    data: Mapping[str, Any] | None = None,
) -> Any:
    """The form of a verb, answered if `data` is given."""
    return VERBS[name].form(data, article=article, at=at, outlook=seen or outlook(article, at=at), prefix=name)


def carry_out(
    name: str, article: Article, *, by: User, at: datetime, revision: Revision | None, data: Mapping[str, Any]
) -> str:
    """Carry out a verb as the form asks, and return the sentence that says so. Raises Refused."""
    verb = VERBS[name]
    permissions.require(by, verb.rule or name, article)
    form = form_of(name, article, at=at, data=data)
    if not form.is_valid():
        raise Refused(form.first_error())
    verb.act(Request(article, by, at, revision, form))
    return str(verb.done)


def answer_at_fault(refusal: Refused) -> str:
    """The name of the answer that a refusal is about, in the verb's form; empty where it is about none."""
    return f"edition_{refusal.edition.pk}" if isinstance(refusal, Conflict) else ""
