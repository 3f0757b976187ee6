"""People at the desk: authors who sign, and logins with exactly one of the three roles. For managing editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from unfold.forms import AdminPasswordChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminSelectWidget

from authors.models import Author, User
from newsroom.desk import DeskAdmin

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

if admin.site.is_registered(Group):
    admin.site.unregister(Group)

# The groups that a migration makes, weakest first; `articles.permissions` says what each may do.
# They are stored as these names and shown by what the desk calls them.
ROLES = {
    "Writer": pgettext_lazy("role", "Writer"),
    "Editor": pgettext_lazy("role", "Editor"),
    "Managing editor": pgettext_lazy("role", "Managing editor"),
}


@admin.register(Author)
class AuthorAdmin(DeskAdmin):
    """The public people behind bylines."""

    instead_of_deleting: ClassVar[StrOrPromise] = gettext_lazy(
        "They sign stories, or did. Take them off the bylines of unpublished stories; an author "
        "of published ones stays, and can lose the login."
    )
    list_display = ("name", "role", "user")
    list_select_related = ("user",)
    search_fields = ("name", "role")
    ordering = ("name",)
    fields = ("name", "slug", "role", "biography", "portrait", "elsewhere", "user")
    autocomplete_fields = ()
    prepopulated_fields: ClassVar[dict[str, Any]] = {"slug": ("name",)}

    def get_prepopulated_fields(self, request: HttpRequest, obj: Author | None = None) -> dict[str, Any]:
        """Suggest an address for a new author; an existing one changes it only on purpose."""
        return {} if obj else self.prepopulated_fields

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only logins that are in use can be an author's, and superusers are nobody's business here."""
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.filter(is_superuser=False).order_by("first_name", "last_name", "username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def _roles() -> QuerySet[Group]:
    return Group.objects.filter(name__in=ROLES).order_by("pk")


class RoleField(forms.ModelChoiceField[Group]):
    """The roles, by what the desk calls them."""

    def label_from_instance(self, obj: Group) -> str:
        """Its name at the desk."""
        return str(ROLES[obj.name])


class RoleMixin(forms.ModelForm[User]):
    """Exactly one role."""

    role = RoleField(
        Group.objects.none(),
        label=gettext_lazy("Role"),
        empty_label=gettext_lazy("Choose a role"),
        widget=UnfoldAdminSelectWidget(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Group]", self.fields["role"])
        field.queryset = _roles()
        if self.instance.pk:
            field.initial = self.instance.groups.filter(name__in=ROLES).first()


class NewUserForm(RoleMixin, UserCreationForm):  # type: ignore[misc]  # unfold has no types
    """A new login."""

    class Meta(UserCreationForm.Meta):  # type: ignore[misc]
        model = User
        fields = ("username", "first_name", "last_name", "email")


class UserForm(RoleMixin):
    """A login. `person`, set by the admin for each request, cannot change their own role or lock themselves out."""

    person: ClassVar[User]

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk == self.person.pk:
            for name in ("role", "is_active"):
                self.fields[name].disabled = True
                self.fields[name].required = False
                self.fields[name].help_text = _("Somebody else has to change this for you.")


@admin.register(User)
class UserAdmin(DjangoUserAdmin[User], DeskAdmin):  # type: ignore[misc]  # unfold has no types
    """Logins. Nobody becomes a superuser here, and superusers are not seen."""

    form = UserForm
    add_form = NewUserForm
    add_form_template = None  # Django's own promises more options afterwards, which there are not
    change_password_form = AdminPasswordChangeForm
    codes = frozenset({"username", "password"})
    list_display = ("username", "full_name", "role", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("username", "first_name", "last_name", "email")
    ordering = ("username",)
    filter_horizontal = ()
    fieldsets = ((None, {"fields": ("username", "first_name", "last_name", "email", "role", "is_active")}),)
    add_fieldsets = (
        (None, {"fields": ("username", "first_name", "last_name", "email", "role", "password1", "password2")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Everybody but superusers, who do not exist for this page."""
        users: QuerySet[User] = super().get_queryset(request)
        return users.filter(is_superuser=False).prefetch_related("groups")

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        """The form, told who is at it."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.person = request.user
        return form

    def has_module_permission(self, request: HttpRequest) -> bool:
        """For whoever looks after people."""
        return request.user.has_perm("authors.manage_people")

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """For whoever looks after people."""
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """For whoever looks after people."""
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """For whoever looks after people; never a superuser."""
        return self.has_module_permission(request) and (obj is None or not obj.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Never: the record names people. A login that is no longer wanted is made inactive."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: FBT001
        """Whoever has a role may come to the desk."""
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """Give exactly the role that was chosen; one's own stays."""
        super().save_related(request, form, formsets, change)
        role = form.cleaned_data.get("role")
        if role is not None and form.instance.pk != request.user.pk:
            form.instance.groups.set([role])

    @admin.display(description=gettext_lazy("Name"))
    def full_name(self, user: User) -> str:
        """First and last name."""
        return user.get_full_name()

    @admin.display(description=gettext_lazy("Role"))
    def role(self, user: User) -> str:
        """The name of the role, from the groups that came along."""
        return ", ".join(str(ROLES[group.name]) for group in user.groups.all() if group.name in ROLES)
