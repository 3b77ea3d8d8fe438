"""The agency, its clients, contacts, workers and placements."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from kis.core.folding import fold
from kis.core.weeks import Week
from kis.staffing.identifiers import Register, compact, is_legal_id, is_vat_id
from kis.staffing.working_terms import Option, Profile, exclude_each_other

if TYPE_CHECKING:
    from kis.staffing.actor import Actor

WEEKDAYS = [(n, n) for n in range(1, 8)]  # ISO: Monday is 1


class PayPeriod(models.TextChoices):
    """How often a worker is paid; each worker has exactly one (BW 7:623: a week to a month)."""

    WEEK = "week"
    FOUR_WEEKS = "four_weeks"
    MONTH = "month"


class Organisation(models.Model):
    """What an organisation is known by in public registers; empty as long as nobody has told."""

    legal_register = models.CharField(
        max_length=4, choices=[(register.value, register.value) for register in Register], default=Register.KVK.value
    )
    legal_id = models.CharField(max_length=20, blank=True)
    vat_id = models.CharField(max_length=14, blank=True)

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Any = None) -> None:
        """The numbers without the spaces and dots that people write in them."""
        self.legal_id, self.vat_id = compact(self.legal_id), compact(self.vat_id)
        super().clean_fields(exclude)

    def clean(self) -> None:
        """Raises ValidationError for a number that cannot be right."""
        super().clean()
        wrong = {}
        if self.legal_id and not is_legal_id(self.legal_register, self.legal_id):
            wrong["legal_id"] = _("This cannot be a number of that register; look for a typing error.")
        if self.vat_id and not is_vat_id(self.vat_id):
            wrong["vat_id"] = _("This cannot be a VAT number; look for a typing error.")
        if wrong:
            raise ValidationError(wrong)


class AgencySettings(Organisation):
    """What one agency decides for its whole portal: one row, `pk` 1."""

    name = models.CharField(max_length=120)
    helpdesk_phone = models.CharField(max_length=40, blank=True)
    helpdesk_email = models.EmailField(blank=True)
    accent_hue = models.PositiveSmallIntegerField(null=True, blank=True)
    approval_weekday = models.PositiveSmallIntegerField(choices=WEEKDAYS, default=1)
    approval_minute = models.PositiveSmallIntegerField(default=17 * 60)
    payroll_weekday = models.PositiveSmallIntegerField(choices=WEEKDAYS, default=2)
    reminder_hours_before = models.PositiveSmallIntegerField(default=24)
    pay_period = models.CharField(max_length=10, choices=PayPeriod.choices, default=PayPeriod.WEEK)  # of new workers
    billing = models.BooleanField(default=False)  # whether clients are billed from here
    billing_since = models.DateTimeField(null=True, blank=True, editable=False)  # what was paid before, others billed

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="agency_settings_has_one_row"),
            models.CheckConstraint(
                condition=Q(accent_hue__isnull=True) | Q(accent_hue__lt=360), name="accent_is_a_hue_in_degrees"
            ),
            models.CheckConstraint(condition=Q(approval_minute__lte=1440), name="approval_is_within_its_day"),
            models.CheckConstraint(
                condition=Q(approval_weekday__gte=1, approval_weekday__lte=7, payroll_weekday__gte=1)
                & Q(payroll_weekday__lte=7),
                name="agency_weekdays_are_iso",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AgencyLink(models.Model):
    """A link on the help page, such as the ABU-cao."""

    agency = models.ForeignKey(AgencySettings, models.CASCADE, related_name="links")
    label = models.CharField(max_length=80)
    url = models.URLField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label


class AgencyUser(models.Model):
    """Someone of the agency: a consultant, or back office."""

    class Role(models.TextChoices):
        CONSULTANT = "consultant"
        BACK_OFFICE = "back_office"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="agency_user")
    role = models.CharField(max_length=20, choices=Role.choices)

    def __str__(self) -> str:
        return str(self.user)


class ClientQuerySet(models.QuerySet["Client"]):
    def visible_to(self, actor: Actor) -> Self:
        """Clients on whose behalf the actor may look: all for the agency, its own for a contact."""
        if actor.is_agency:
            return self
        if actor.contact:
            return self.filter(pk=actor.contact.client_id)
        return self.none()


class Client(Organisation):
    """An inlener: the company where the work is done."""

    number = models.CharField(max_length=30, unique=True)
    supplier_number = models.CharField(max_length=30, blank=True)  # what the client calls the agency
    name = models.CharField(max_length=120)
    search = models.CharField(max_length=160, editable=False, db_index=True)
    active = models.BooleanField(default=True)
    # Empty means: as the agency has it.
    approval_weekday = models.PositiveSmallIntegerField(choices=WEEKDAYS, null=True, blank=True)
    approval_minute = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = ClientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approval_weekday__isnull=True) | Q(approval_weekday__gte=1, approval_weekday__lte=7),
                name="client_approval_weekday_is_iso",
            ),
            models.CheckConstraint(
                condition=Q(approval_minute__isnull=True) | Q(approval_minute__lte=1440),
                name="client_approval_is_within_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    client = models.ForeignKey(Client, models.CASCADE, related_name="departments")
    name = models.CharField(max_length=80)
    cost_centre = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["client", "name"], name="department_once_per_client")]

    def __str__(self) -> str:
        return self.name


class ClientContact(models.Model):
    """A person of the client who accepts hours; for some departments, or for all when none is named."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="client_contact")
    client = models.ForeignKey(Client, models.PROTECT, related_name="contacts")
    departments = models.ManyToManyField(Department, blank=True, related_name="contacts")

    def __str__(self) -> str:
        return str(self.user)


class WorkerQuerySet(models.QuerySet["Worker"]):
    def visible_to(self, actor: Actor) -> Self:
        """Workers the actor may know of: all for the agency, oneself, and those placed at a contact's departments."""
        if actor.is_agency:
            return self
        if actor.worker:
            return self.filter(pk=actor.worker.pk)
        if actor.contact:
            return self.filter(pk__in=Placement.objects.visible_to(actor).values("worker"))
        return self.none()


class Worker(models.Model):
    """An uitzendkracht. What a client may not know (birth date) is never in what a client's page asks for."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="worker")
    number = models.CharField(max_length=30, unique=True)
    search = models.CharField(max_length=200, editable=False, db_index=True)
    birth_date = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    pay_period = models.CharField(max_length=10, choices=PayPeriod.choices, default=PayPeriod.WEEK)

    objects = WorkerQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.user)


class PlacementQuerySet(models.QuerySet["Placement"]):
    def visible_to(self, actor: Actor) -> Self:
        """Placements (Jobs) the actor may see; a contact with departments sees only those."""
        if actor.is_agency:
            return self
        if actor.worker:
            return self.filter(worker=actor.worker)
        if actor.contact:
            found = self.filter(client=actor.contact.client_id)
            return found.filter(department__in=actor.department_ids) if actor.department_ids else found
        return self.none()

    def active_in(self, week: Week) -> Self:
        """Placements with at least one day in the week."""
        return self.filter(Q(end__isnull=True) | Q(end__gte=week.monday), start__lte=week.sunday)


def validate_working_time_options(names: list[str]) -> None:
    """Deviations the law knows, each once, and none that excludes another. Raises ValidationError."""
    known = isinstance(names, list) and set(names) <= set(Option) and len(names) == len(set(names))
    if not known:
        raise ValidationError(_("Choose from the deviations that the law knows, each once."))
    if exclude_each_other(names):
        raise ValidationError(_("Limit nights per year or by their hours, not both."))


class Placement(models.Model):
    """A Job: this worker at this client, from a date on, for as long as it lasts."""

    class Entry(models.TextChoices):
        TIMES = "times"  # start, end and break per shift
        TOTALS = "totals"  # hours per day

    number = models.CharField(max_length=30, unique=True)
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="placements")
    client = models.ForeignKey(Client, models.PROTECT, related_name="placements")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="placements")
    job_title = models.CharField(max_length=80)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    entry = models.CharField(max_length=10, choices=Entry.choices, default=Entry.TIMES)
    purchase_order = models.CharField(max_length=60, blank=True)  # the client's own number for what it ordered
    # The usual week: seven lists, Monday first, of [start minute, end minute, break minutes].
    pattern = models.JSONField(default=list, blank=True)
    # Which law on working time holds, and what was agreed in deviation of it.
    working_time_profile = models.CharField(
        max_length=10, choices=[(profile.value, profile.value) for profile in Profile], default=Profile.STANDARD.value
    )
    working_time_options = models.JSONField(default=list, blank=True, validators=[validate_working_time_options])

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["-start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="placement_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(working_time_profile__in=[profile.value for profile in Profile]),
                name="placement_has_a_known_working_time_profile",
            ),
        ]
        indexes = [models.Index(fields=["client", "start"]), models.Index(fields=["worker", "start"])]

    def __str__(self) -> str:
        return f"{self.job_title}, {self.client}"

    def covers(self, date: dt.date) -> bool:
        """Whether `date` lies within the placement."""
        return self.start <= date and (self.end is None or date <= self.end)

    def usual(self, date: dt.date) -> list[list[int]]:
        """The shifts the placement usually has on that weekday: [start, end, break] in minutes."""
        return self.pattern[date.weekday()] if self.pattern and self.covers(date) else []


def search_text(*parts: str) -> str:
    """What a search box looks through: lower case, without accents (SQLite folds only ASCII by itself)."""
    return fold(" ".join(part for part in parts if part))
