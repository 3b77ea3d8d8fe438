"""Payroll runs: which timesheets each one paid, and the lines that came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kis.core.append_only import AppendOnlyModel
from kis.core.weeks import Week
from kis.timesheets.models import Timesheet


class PayrollRun(models.Model):
    """One run over approved timesheets, up to a cut-off; locked when every one of them is paid.

    `iso_year` and `iso_week` name the week of work that the run closes; late sheets of earlier weeks go with it.
    `sequence` counts the runs for that week: two people who start the same one collide here.
    """

    class State(models.TextChoices):
        RUNNING = "running"
        LOCKED = "locked"

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
    minutes = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["iso_year", "iso_week", "sequence"], name="run_once_per_sequence"),
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


class RunSheet(AppendOnlyModel):
    """A timesheet paid in a run: in exactly one, the database says so."""

    run = models.ForeignKey(PayrollRun, models.PROTECT, related_name="run_sheets")
    timesheet = models.OneToOneField(Timesheet, models.PROTECT, related_name="run_sheet")
    digest = models.CharField(max_length=64)  # of the submission that was paid

    def __str__(self) -> str:
        return f"{self.run_id}: {self.timesheet_id}"


class SetAside(models.Model):
    """An approved timesheet that a run did not pay: what is stored of it is not what was approved.

    It stays out of every run until somebody has looked, returned it, and had it handed in anew.
    """

    run = models.ForeignKey(PayrollRun, models.PROTECT, related_name="set_aside")
    timesheet = models.OneToOneField(Timesheet, models.PROTECT, related_name="set_aside")

    def __str__(self) -> str:
        return f"{self.run_id}: {self.timesheet_id}"


class PayLine(AppendOnlyModel):
    """What a run pays for one day of one timesheet and one hour type: minutes, kilometres or cents."""

    class HourType(models.TextChoices):
        HOURS = "hours"
        KILOMETRES = "km"
        EXPENSES = "expenses"

    run = models.ForeignKey(PayrollRun, models.PROTECT, related_name="lines")
    timesheet = models.ForeignKey(Timesheet, models.PROTECT, related_name="pay_lines")
    date = models.DateField()
    hour_type = models.CharField(max_length=20, choices=HourType.choices)
    minutes = models.IntegerField(default=0)
    quantity = models.IntegerField(default=0)
    cents = models.IntegerField(default=0)

    class Meta:
        ordering = ["timesheet_id", "date", "hour_type"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "timesheet", "date", "hour_type"], name="pay_line_once_per_day_and_hour_type"
            )
        ]

    def __str__(self) -> str:
        return f"{self.timesheet_id} {self.date} {self.hour_type}"
