"""What every page of the desk shares: one instant for each request, tight lookups, deleting that explains itself."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.contrib import messages
from django.db.models import CharField, EmailField, Field, Model, ProtectedError, SlugField, URLField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from newsroom import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrOrPromise


def moment(request: HttpRequest) -> datetime:
    """The instant of a request: the clock is read once, so that everything on a page means the same now."""
    at: datetime | None = getattr(request, "_desk_moment", None)
    if at is None:
        at = clock.now()
        request._desk_moment = at  # type: ignore[attr-defined]
    return at


class DeskAdmin(ModelAdmin):  # type: ignore[misc]  # unfold has no types
    """The base of the desk's model admins.

    `instead_of_deleting` says what to do with an object that something still needs. Filters in the address are only
    those that the list offers; there are no bulk actions. `codes` names fields of text that hold no words.
    """

    instead_of_deleting: ClassVar[StrOrPromise] = gettext_lazy("Something still refers to it.")
    codes: ClassVar[frozenset[str]] = frozenset()
    show_full_result_count = False
    list_per_page = 30  # each row costs a millisecond to show; search and filters find faster than scrolling
    list_filter_sheet = True
    save_as = False
    compressed_fields = False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only the filters that the list shows: a lookup through a relation could be used to guess secrets."""
        if any(getattr(each, "parameter_name", None) == lookup for each in self.list_filter):
            return True
        offered = [each for each in self.list_filter if isinstance(each, str)]
        suffixes = ("", "__exact", "__isnull", "__id__exact")
        return any(lookup == f"{name}{suffix}" for name in offered for suffix in suffixes)

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """As everywhere, and marks are set as one types in the fields of one line that hold words (desk-typing.js)."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        holds_words = isinstance(db_field, CharField) and not isinstance(db_field, (SlugField, URLField, EmailField))
        if field is not None and holds_words and not db_field.choices and db_field.name not in self.codes:
            field.widget.attrs.setdefault("data-typeset", "")
        return field

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """Say it in the desk's words, and the same of what does not exist and of what this person may not see."""
        what = opts.verbose_name
        messages.warning(
            request, _("There is no such %(what)s here. It may have gone, or not be yours to see.") % {"what": what}
        )
        return HttpResponseRedirect(reverse("admin:index"))

    def get_actions(self, request: HttpRequest) -> dict[str, tuple[Callable[..., Any], str, str]]:
        """None: what deletes or changes many things at once goes past the rules for each."""
        return {}

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask before deleting; where something refers to the object, say what to do instead."""
        thing = self.get_object(request, object_id)
        if thing is not None and self.has_delete_permission(request, thing):
            protected = self.get_deleted_objects([thing], request)[3]
            if protected:
                return self._say_what_to_do_instead(request, thing)
            try:
                return cast("HttpResponse", super().delete_view(request, object_id, extra_context))
            except ProtectedError:
                return self._say_what_to_do_instead(request, thing)
        return cast("HttpResponse", super().delete_view(request, object_id, extra_context))

    def _say_what_to_do_instead(self, request: HttpRequest, thing: Model) -> HttpResponse:
        messages.error(
            request,
            _("“%(thing)s” cannot be deleted. %(instead)s") % {"thing": thing, "instead": self.instead_of_deleting},
        )
        address = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(address, args=[thing.pk]))
