"""What any revision refers to cannot be deleted: a restored or corrected story would otherwise lose it for good.

Foreign keys protect what working copies and editions use now. A revision holds identities in JSON, so its half of
the rule is here, and asks an index of its own.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model, ProtectedError, Q
from django.db.models.signals import pre_delete
from taggit.models import Tag

from articles.models import Article, Photo, Revision, Section
from authors.models import Author

_IN_CONTENT: dict[type[Model], tuple[str, str]] = {
    Author: ("bylines", "deactivate the login instead, or merge the author with another one"),
    Tag: ("tags", "rename the tag, or merge it with another one"),
    Photo: ("lead_photo", "leave it in the library"),
    Section: ("section", "rename the section, or move it under another one"),
    Article: ("related", "put the story into the bin"),
}


def revisions_with(instance: Model) -> Q:
    """The condition of a revision that refers to an author, tag, photo, section or story."""
    field = _IN_CONTENT[type(instance)][0]
    if field == "lead_photo":
        # A picture may also stand in a body, where its identity is part of the text.
        return Q(content__lead_photo=instance.pk) | Q(body__contains=f'data-photo="{instance.pk}"')
    held = {"bylines": [[instance.pk]], "tags": [instance.pk], "related": [instance.pk]}.get(field, instance.pk)
    return Q((f"content__{field}__contains", held))


def refuse_deletion_of_what_revisions_hold(sender: type[Model], instance: Model, **_: Any) -> None:
    """Raise ProtectedError, saying what to do instead, where a revision refers to `instance`."""
    holding = Revision.objects.filter(revisions_with(instance))[:20]
    if holding:
        instead = _IN_CONTENT[sender][1]
        message = f"The history of stories refers to “{instance}”, so it cannot be deleted; {instead}."
        raise ProtectedError(message, set(holding))


def connect() -> None:
    """Put the guard in place; called once, when the app is ready."""
    for model in _IN_CONTENT:
        pre_delete.connect(refuse_deletion_of_what_revisions_hold, sender=model, dispatch_uid=f"keep {model.__name__}")
