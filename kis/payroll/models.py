"""What was agreed (rules, wages, tariffs), the payroll runs, and the lines that came of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q

from kis.core.append_only import AppendOnlyModel
from kis.core.weeks import Week
from kis.payroll.rules.form import parse
from kis.payroll.rules.model import RuleSet
from kis.staffing.models import Client, PayPeriod, Placement
from kis.timesheets.models import Timesheet


class Stream(models.TextChoices):
    """What the worker is paid, and what the client is billed: two streams with their own rules and rates."""

    PAY = "pay"
    BILL = "bill"


class RuleDraft(models.Model):
    """The next version of a rule set, still being written. One per code; a second person approves it."""

    code = models.CharField(max_length=60, unique=True)
    content = models.JSONField()  # the form of kis.payroll.rules.form
    revision = models.PositiveIntegerField(default=1)  # a form names the one it showed
    author_id = models.BigIntegerField(null=True)
    author_name = models.CharField(max_length=150)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code

    @property
    def rules(self) -> RuleSet:
        return parse(self.content)


class RuleVersion(AppendOnlyModel):
    """An approved version of a rule set: never changed, only superseded by one that holds from a later day."""

    code = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    valid_from = models.DateField()
    title = models.CharField(max_length=500, blank=True)
    content = models.JSONField()
    digest = models.CharField(max_length=64)  # of the canonical text
    author_id = models.BigIntegerField(null=True)
    author_name = models.CharField(max_length=150)
    approver_id = models.BigIntegerField(null=True)  # none: a template that the portal ships
    approver_name = models.CharField(max_length=150)
    approved_at = models.DateTimeField()

    class Meta:
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="rule_version_once_per_number"),
            models.CheckConstraint(
                condition=Q(approver_id__isnull=True, author_id__isnull=True) | ~Q(approver_id=F("author_id")),
                name="rule_version_is_approved_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"

    @property
    def rules(self) -> RuleSet:
        return parse(self.content)


class RuleAssignment(AppendOnlyModel):
    """From a day on, a rule set holds for the agency, a client or a placement; the closest one counts.

    An empty `code` lets go: what holds for the client, or for the agency, holds again.
    """

    client = models.ForeignKey(Client, models.PROTECT, null=True, related_name="rule_assignments")
    placement = models.ForeignKey(Placement, models.PROTECT, null=True, related_name="rule_assignments")
    stream = models.CharField(max_length=4, choices=Stream.choices)
    code = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(client__isnull=True) | Q(placement__isnull=True), name="rule_assignment_has_one_scope"
            )
        ]

    def __str__(self) -> str:
        return f"{self.stream}: {self.code} from {self.valid_from}"


class PlacementTerms(AppendOnlyModel):
    """What an hour of a placement is worth from a day on, in cents; of two with one day, the later written counts.

    `bill_factor` times the wage, or `bill_cents`, is the tariff; neither: the hours are not billed. The two mappings
    replace it for single type labels: a factor as text, a price per hour in cents with its surcharge.
    """

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="terms")
    valid_from = models.DateField()
    wage_cents = models.PositiveIntegerField()
    on_call = models.BooleanField(default=False)  # the contract has a minimum per call (BW 7:628a)
    bill_factor = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    bill_cents = models.PositiveIntegerField(null=True, blank=True)
    bill_factors = models.JSONField(default=dict)
    bill_fixed = models.JSONField(default=dict)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["placement_id", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(wage_cents__gt=0), name="terms_have_a_wage"),
            models.CheckConstraint(
                condition=Q(bill_factor__isnull=True) | Q(bill_cents__isnull=True), name="terms_have_one_tariff"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement_id} from {self.valid_from}"

    @property
    def is_billed(self) -> bool:
        return self.bill_factor is not None or self.bill_cents is not None


class TopUp(AppendOnlyModel):
    """Minutes the agency agreed to pay above the hours, because a call was shorter than its minimum."""

    timesheet = models.ForeignKey(Timesheet, models.PROTECT, related_name="top_ups")
    date = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["timesheet", "date"], name="top_up_once_a_day")]

    def __str__(self) -> str:
        return f"{self.timesheet_id} {self.date}: {self.minutes}"


class PayrollRun(models.Model):
    """One run over approved timesheets, up to a cut-off; locked when every one of them is paid.

    It pays the workers of one `pay_period`. `iso_year` and `iso_week` name the last week of work that it closes; late
    sheets of earlier weeks go with it. `sequence` counts the runs for that week: two people who start the same one
    collide here.
    """

    class State(models.TextChoices):
        RUNNING = "running"
        LOCKED = "locked"

    pay_period = models.CharField(max_length=10, choices=PayPeriod.choices, default=PayPeriod.WEEK)
    iso_year = models.PositiveSmallIntegerField()
    iso_week = models.PositiveSmallIntegerField()
    sequence = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    cut_off = models.DateTimeField()
    planned = models.PositiveIntegerField()  # sheets there were to pay at the start, for the progress bar
    started_at = models.DateTimeField()
    started_by_id = models.BigIntegerField(null=True)
    started_by_name = models.CharField(max_length=150)
    locked_at = models.DateTimeField(null=True)
    sheets = models.PositiveIntegerField(default=0)
    minutes = models.IntegerField(default=0)
    cents = models.BigIntegerField(default=0)
    bill_cents = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pay_period", "iso_year", "iso_week", "sequence"], name="run_once_per_sequence"
            ),
            models.UniqueConstraint(fields=["state"], condition=Q(state="running"), name="one_run_at_a_time"),
            models.CheckConstraint(
                condition=Q(state="running", locked_at__isnull=True, digest="")
                | Q(state="locked", locked_at__isnull=False) & ~Q(digest=""),
                name="a_locked_run_has_a_moment_and_a_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.week} / {self.sequence}"

    @property
    def week(self) -> Week:
        return Week(self.iso_year, self.iso_week)

    def hold(self) -> bool:
        """Hold the run's row to the end of the transaction: chunks follow each other. False when it is locked."""
        return PayrollRun.objects.select_for_update().get(pk=self.pk).state == self.State.RUNNING


class RunSheet(AppendOnlyModel):
    """A timesheet paid in a run: in exactly one, the database says so."""

    run = models.ForeignKey(PayrollRun, models.PROTECT, related_name="run_sheets")
    timesheet = models.OneToOneField(Timesheet, models.PROTECT, related_name="run_sheet")
    digest = models.CharField(max_length=64)  # of the submission that was paid

    def __str__(self) -> str:
        return f"{self.run_id}: {self.timesheet_id}"


class SetAside(models.Model):
    """An approved timesheet that a run could not pay, and why: it is altered, or cannot be computed.

    This submission stays out of every run, until it is handed in anew or somebody lets it be tried again.
    """

    class Why(models.TextChoices):
        ALTERED = "altered"  # what is stored is not what was approved
        UNCOMPUTABLE = "uncomputable"  # the pay rules refuse it, such as shifts that overlap

    run = models.ForeignKey(PayrollRun, models.PROTECT, related_name="set_aside")
    timesheet = models.ForeignKey(Timesheet, models.PROTECT, related_name="set_aside")
    number = models.PositiveIntegerField(default=0)  # of the submission
    why = models.CharField(max_length=12, choices=Why.choices, default=Why.ALTERED)
    problems = models.JSONField(default=list)  # [path, message, params] of kis.payroll.rules.problems

    class Meta:
        constraints = [models.UniqueConstraint(fields=["timesheet", "number"], name="set_aside_once_per_submission")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.timesheet_id}"


class _ResultLine(AppendOnlyModel):
    """What a run pays or bills for one day of one timesheet and one component.

    `percentage` includes the hour itself: 130 for an hour at +30 %. `rate_cents` is the hourly wage or tariff, or the
    price of a unit. `rules` names the version: `STANDARD-1 v1`. A correction adds to or takes off what was paid.
    """

    class Kind(models.TextChoices):
        TIME = "time"
        QUANTITY = "quantity"
        EXPENSES = "expenses"
        TOP_UP = "top_up"

    date = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    label = models.CharField(max_length=90)
    percentage = models.DecimalField(max_digits=8, decimal_places=2, default=Decimal(0))
    rate_cents = models.PositiveIntegerField(default=0)
    factor = models.DecimalField(max_digits=7, decimal_places=4, default=Decimal(1))
    minutes = models.IntegerField(default=0)
    quantity = models.IntegerField(default=0)
    cents = models.IntegerField(default=0)
    rules = models.CharField(max_length=75, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        line: Any = self
        return f"{line.timesheet_id} {self.date} {self.label}"


_KEY = ["run", "timesheet", "date", "kind", "label", "percentage", "rate_cents", "factor"]


class PayLine(_ResultLine):
    """What a worker is paid."""

    run = models.ForeignKey(PayrollRun, models.PROTECT, related_name="lines")
    timesheet = models.ForeignKey(Timesheet, models.PROTECT, related_name="pay_lines")

    class Meta:
        ordering = ["timesheet_id", "date", "kind", "label", "pk"]
        constraints = [models.UniqueConstraint(fields=_KEY, name="pay_line_once_per_day_and_component")]


class BillLine(_ResultLine):
    """What a client is billed; it holds no wage where there is a tariff, and is for the agency and that client."""

    run = models.ForeignKey(PayrollRun, models.PROTECT, related_name="bill_lines")
    timesheet = models.ForeignKey(Timesheet, models.PROTECT, related_name="bill_lines")

    class Meta:
        ordering = ["timesheet_id", "date", "kind", "label", "pk"]
        constraints = [models.UniqueConstraint(fields=_KEY, name="bill_line_once_per_day_and_component")]


class Forecast(models.Model):
    """What a run would come to, computed in the background so that it can be looked at before it is started."""

    pay_period = models.CharField(max_length=10, choices=PayPeriod.choices)
    iso_year = models.PositiveSmallIntegerField()
    iso_week = models.PositiveSmallIntegerField()
    cut_off = models.DateTimeField()
    fingerprint = models.CharField(max_length=120)  # of the figures it was asked for
    figures = models.JSONField(null=True)  # none as long as it is being computed
    done = models.PositiveIntegerField(default=0)
    planned = models.PositiveIntegerField(default=0)
    asked_by_name = models.CharField(max_length=150)
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.week} {self.fingerprint}"

    @property
    def week(self) -> Week:
        return Week(self.iso_year, self.iso_week)


class Recheck(models.Model):
    """A look in the background at every paid week from one on: which come to something else by now?"""

    iso_year = models.PositiveSmallIntegerField()
    iso_week = models.PositiveSmallIntegerField()
    done = models.PositiveIntegerField(default=0)
    planned = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)  # what the rules of today refuse, or is stored otherwise
    finished_at = models.DateTimeField(null=True)
    asked_by_name = models.CharField(max_length=150)
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"from {self.week}"

    @property
    def week(self) -> Week:
        return Week(self.iso_year, self.iso_week)


class RecheckRow(models.Model):
    """A paid week that comes to something else by now: what was paid, the difference, and why."""

    recheck = models.ForeignKey(Recheck, models.CASCADE, related_name="rows")
    timesheet = models.ForeignKey(Timesheet, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()  # of the recalculation that it would be
    digest = models.CharField(max_length=64)  # of the difference, line by line
    paid_cents = models.BigIntegerField()
    cents = models.BigIntegerField()  # the difference
    bill_cents = models.BigIntegerField()
    reasons = models.JSONField()  # see kis.payroll.recheck

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recheck", "timesheet"], name="rechecked_once")]

    def __str__(self) -> str:
        return f"{self.timesheet_id}: {self.cents}"

    @property
    def now_cents(self) -> int:
        return self.paid_cents + self.cents


class Recalculation(AppendOnlyModel):
    """That the difference of a paid week is to be paid, as the agency saw it: `digest` is of its lines.

    `number` counts those of one timesheet: of two who confirm the same one, the database lets one.
    """

    timesheet = models.ForeignKey(Timesheet, models.PROTECT, related_name="recalculations")
    number = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    cents = models.BigIntegerField()
    bill_cents = models.BigIntegerField()
    reasons = models.JSONField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["timesheet", "number"], name="recalculation_once_per_number")]

    def __str__(self) -> str:
        return f"{self.timesheet_id} / {self.number}"


class Recalculated(AppendOnlyModel):
    """What became of a recalculation, once: paid in a run; not paid, because it was not what was confirmed any more;
    or taken back, without a run."""

    recalculation = models.OneToOneField(Recalculation, models.PROTECT, related_name="outcome")
    run = models.ForeignKey(PayrollRun, models.PROTECT, null=True, related_name="recalculated")
    is_paid = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_paid=False) | Q(run__isnull=False), name="a_recalculation_is_paid_in_a_run"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recalculation_id}: {self.is_paid}"
