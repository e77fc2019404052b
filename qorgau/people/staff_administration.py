"""The administration of accounts. What it changes goes through `accounts`, so that every change has its history."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qorgau.lib.speech import say
from qorgau.people import accounts
from qorgau.people.models import Staff
from qorgau.people.second_factor import has_second_factor, with_second_factor
from qorgau.people.sign_in import signed_in
from qorgau.rules.problems import Problem


class StaffForm(ModelForm):
    """An account as an administrator fills it in; role and desk are judged together by the model."""

    class Meta:
        model = Staff
        fields = (
            *("username", "last_name", "first_name", "patronymic", "post", "email", "language"),
            *("role", "desk", "may_read_sensitive", "is_active", "active_until"),
        )
        labels = {
            "username": _("User name"),
            "last_name": _("Surname"),
            "first_name": _("Given name"),
            "email": _("E-mail"),
            "is_active": _("May sign in"),
        }
        help_texts = {
            "username": _("Latin letters and digits are easiest to type on any keyboard. Case does not matter."),
            "email": _("Only for a link to a new password when this one is forgotten. May stay empty."),
            "is_active": _("Without the tick the account is closed at once; the person stays in all records."),
        }
        widgets = {"language": forms.Select}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk and not self.errors:
            self._keep_an_administrator()
        return cleaned

    def _keep_an_administrator(self) -> None:
        stored = Staff.objects.get(pk=self.instance.pk)
        # The instance takes the new values only after this; see how it will be.
        stays = Staff(**{name: self.cleaned_data[name] for name in ("role", "is_active", "active_until")})
        if problem := accounts.why_not_changed(stored, to=stays, today=timezone.localdate()):
            self.add_error("role", say(problem))


class KindOfDesk(admin.ChoicesFieldListFilter):
    """People by the kind of desk they sit at."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("kind of desk")


@admin.register(Staff)
class StaffAdministration(admin.ModelAdmin):
    """Adding people, changing what they do here, helping them back in, ending their employment."""

    form = StaffForm
    list_display = ("name", "role", "desk", "works", "second_factor")
    list_filter = ("role", ("desk__kind", KindOfDesk), "is_active", "language")
    list_select_related = ("desk",)
    list_per_page = 50
    search_fields = ("username", "last_name", "first_name", "email", "desk__name_ru", "desk__name_kk")
    autocomplete_fields = ("desk",)
    actions = None
    fieldsets = (
        (_("Person"), {"fields": ("username", "last_name", "first_name", "patronymic", "post", "email", "language")}),
        (_("Work"), {"fields": ("role", "desk", "may_read_sensitive", "is_active", "active_until")}),
    )

    @admin.display(description=_("person"), ordering="last_name")
    def name(self, staff: Staff) -> str:
        named = " ".join(filter(None, (staff.last_name, staff.first_name, staff.patronymic)))
        return f"{named} ({staff.username})" if named else staff.username

    @admin.display(description=_("works here"), boolean=True)
    def works(self, staff: Staff) -> bool:
        return staff.works_today

    @admin.display(description=_("second factor"), boolean=True)
    def second_factor(self, staff: Staff) -> bool:
        return has_second_factor(staff)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Staff]:
        return with_second_factor(super().get_queryset(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/one-time-password/", view(self.one_time_password), name="people_staff_one_time_password"),
            path("<int:pk>/second-factor/", view(self.forget_second_factor), name="people_staff_second_factor"),
            path("<int:pk>/end/", view(self.end), name="people_staff_end"),
        ]
        return [*own, *super().get_urls()]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Problem as problem:  # somebody else was faster than the check of the form
            messages.error(request, say(problem.sentence))
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Staff, form: ModelForm, change: bool) -> None:
        if change:
            accounts.amend(obj, by=signed_in(request), at=timezone.now())
            return
        # Shown once by `response_add`, kept nowhere.
        obj.one_time_password = accounts.make_one_time_password()  # type: ignore[attr-defined]
        obj.set_password(obj.one_time_password)  # type: ignore[attr-defined]
        obj.password_is_temporary = True
        accounts.add(obj, by=signed_in(request), at=timezone.now())

    def response_add(self, request: HttpRequest, obj: Staff, post_url_continue: str | None = None) -> HttpResponse:
        return self._show_once(request, obj, obj.one_time_password)  # type: ignore[attr-defined]

    def one_time_password(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, then replace the password by one for a single sign-in and show it."""
        staff = self._person(request, pk)
        if request.method != "POST":
            return self._ask(
                request,
                staff,
                question=gettext("Give a one-time password?"),
                consequences=gettext(
                    "The present password stops working and open sessions end. The new one is shown once; it has to be "
                    "changed at the next sign-in. Make sure that it is really this person who asks."
                ),
            )
        password = accounts.give_one_time_password(staff, by=signed_in(request), at=timezone.now())
        return self._show_once(request, staff, password)

    def forget_second_factor(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, then forget a lost telephone."""
        staff = self._person(request, pk)
        if request.method != "POST":
            return self._ask(
                request,
                staff,
                question=gettext("Take the second factor away?"),
                consequences=gettext(
                    "Authenticator and recovery codes stop working. At the next sign-in the password is enough to set "
                    "up a new second factor, so make sure that it is really this person who asks."
                ),
            )
        taken = accounts.take_second_factor_away(staff, by=signed_in(request), at=timezone.now())
        said = gettext("The second factor is taken away.") if taken else gettext("There was no second factor.")
        messages.success(request, said)
        return self._back(staff)

    def end(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, then close the account."""
        staff = self._person(request, pk)
        if request.method != "POST":
            return self._ask(
                request,
                staff,
                question=gettext("End the employment today?"),
                consequences=gettext(
                    "The account is closed at once and open sessions end. The person stays in all records. Appeals "
                    "that were assigned to this person stay with the desk and have to be assigned to somebody else."
                ),
            )
        try:
            accounts.end_employment(staff, by=signed_in(request), at=timezone.now(), today=timezone.localdate())
            messages.success(request, gettext("The employment is ended."))
        except Problem as problem:
            messages.error(request, say(problem.sentence))
        return self._back(staff)

    def _person(self, request: HttpRequest, pk: int) -> Staff:
        staff = self.get_object(request, str(pk))
        if staff is None or not self.has_change_permission(request, staff):
            raise PermissionDenied
        return staff

    def _ask(self, request: HttpRequest, staff: Staff, *, question: str, consequences: str) -> HttpResponse:
        return self._page(request, "confirm.html", staff, title=question, consequences=consequences)

    def _show_once(self, request: HttpRequest, staff: Staff, password: str) -> HttpResponse:
        title = gettext("One-time password")
        response = self._page(request, "one_time_password.html", staff, title=title, password=password)
        add_never_cache_headers(response)
        return response

    def _page(self, request: HttpRequest, template: str, staff: Staff, **facts: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "staff": staff, **facts}
        return TemplateResponse(request, f"people/administration/{template}", context)

    def _back(self, staff: Staff) -> HttpResponse:
        return HttpResponseRedirect(reverse(f"{self.admin_site.name}:people_staff_change", args=[staff.pk]))
