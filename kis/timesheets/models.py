"""Timesheets, their frozen submissions and their history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from kis.core.append_only import AppendOnlyModel
from kis.core.weeks import Week
from kis.post.models import OutboxMail
from kis.staffing.models import Client, Department, Placement, Worker
from kis.staffing.parties import Party
from kis.timesheets.hours import Hours
from kis.timesheets.workflow import EDITABLE, OPEN, PHASES, TURN, Act, Given, State

if TYPE_CHECKING:
    from kis.staffing.actor import Actor

HISTORY = ("steps", "submissions", "corrections")  # what happened to a timesheet, on tables of its own


def _choices(words: type[State | Act | Party]) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class TimesheetQuerySet(models.QuerySet["Timesheet"]):
    def visible_to(self, actor: Actor) -> Self:
        """What the actor may see: all for the agency, one's own, or those of a contact's departments."""
        if actor.is_agency:
            return self
        if actor.worker:
            return self.filter(worker=actor.worker)
        if actor.contact:
            found = self.filter(client=actor.contact.client_id)
            return found.filter(department__in=actor.department_ids) if actor.department_ids else found
        return self.none()

    def of_week(self, week: Week) -> Self:
        return self.filter(iso_year=week.year, iso_week=week.number)

    def in_phase(self, phase: str) -> Self:
        """Those that one column of the status table counts: "first", "intermediate" or "last"."""
        return self.counted().filter(state__in=PHASES[phase])

    def awaiting_worker(self) -> Self:
        return self.in_phase("first")

    def awaiting_client(self) -> Self:
        return self.in_phase("intermediate")

    def awaiting_agency(self) -> Self:
        return self.in_phase("last")

    def counted(self) -> Self:
        """Without corrections that a worker is still writing: the week itself is paid, so nobody misses hours."""
        return self.exclude(state=State.DRAFT, revision__gt=0)

    def newest(self) -> Self:
        """Of each week the timesheet itself, or its newest correction that is more than a draft."""
        return self.counted().filter(~Exists(Timesheet.objects.counted().filter(corrects=OuterRef("pk"))))

    def newest_of_worker(self) -> Self:
        """The same as the worker sees it: with the correction that is being written."""
        return self.filter(~Exists(Timesheet.objects.filter(corrects=OuterRef("pk"))))

    def handed_in(self) -> Self:
        """Of each week the newest that is not with the worker: what others see of its hours."""
        at_hand = Timesheet.objects.exclude(state__in=EDITABLE)
        return self.exclude(state__in=EDITABLE).filter(~Exists(at_hand.filter(corrects=OuterRef("pk"))))

    def ready_for_payroll(self) -> Self:
        return self.filter(state=State.APPROVED)

    def with_people(self) -> Self:
        """With the names a list shows, in one query."""
        return self.select_related("placement", "worker__user", "client", "department")

    def with_history(self) -> Self:
        """With the steps, the versions and the corrections that the page of a week tells of."""
        return self.select_related("corrects").prefetch_related(*HISTORY)


class Timesheet(models.Model):
    """A werkbriefje: one placement in one ISO week.

    The row carries what lists filter, sort and count on. `content` is the worker's working copy, and from handing
    in until a refusal equal to the frozen submission. `version` rises with every change: a form names the version
    it showed, and a change to another version is refused.
    """

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="timesheets")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="timesheets")
    client = models.ForeignKey(Client, models.PROTECT, related_name="timesheets")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="timesheets")
    iso_year = models.PositiveSmallIntegerField()
    iso_week = models.PositiveSmallIntegerField()
    revision = models.PositiveSmallIntegerField(default=0)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")

    state = models.CharField(max_length=10, choices=_choices(State), default=State.DRAFT)
    state_since = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    submitted_version = models.PositiveIntegerField(null=True)
    proposed_version = models.PositiveIntegerField(null=True)  # other hours, which wait for the worker's answer
    digest = models.CharField(max_length=64, blank=True)

    content = models.JSONField(default=dict, blank=True)
    typed = models.JSONField(null=True, blank=True)  # what could not be read yet, kept as it was typed
    minutes = models.PositiveSmallIntegerField(default=0)
    km = models.PositiveIntegerField(default=0)
    expense_cents = models.PositiveIntegerField(default=0)
    signals = models.JSONField(default=list, blank=True)
    # Those that still ask for a look: of the client, as it sees them, and of the agency; and the gravest of the law on
    # working time among the agency's: 0 none, else the rank of its severity.
    signal_count = models.PositiveSmallIntegerField(default=0)
    agency_signal_count = models.PositiveSmallIntegerField(default=0)
    finding_level = models.PositiveSmallIntegerField(default=0)
    disputed = models.JSONField(default=list, blank=True)  # ISO dates the last refusal pointed at

    objects = TimesheetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "iso_year", "iso_week", "revision"], name="timesheet_once_per_placement_and_week"
            ),
            models.CheckConstraint(condition=Q(iso_week__gte=1, iso_week__lte=53), name="timesheet_week_is_iso"),
            models.CheckConstraint(condition=Q(minutes__lte=7 * 1440 + 60), name="timesheet_fits_in_its_week"),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.REFUSED])
                | Q(submitted_version__isnull=False) & ~Q(digest=""),
                name="timesheet_past_the_worker_has_a_frozen_submission",
            ),
            models.CheckConstraint(
                condition=Q(proposed_version__isnull=True) | Q(state=State.REFUSED),
                name="timesheet_proposal_waits_for_the_worker",
            ),
            models.CheckConstraint(
                condition=Q(revision=0, corrects__isnull=True) | Q(revision__gt=0, corrects__isnull=False),
                name="timesheet_correction_names_the_old_one",
            ),
        ]
        indexes = [
            models.Index(fields=["client", "iso_year", "iso_week", "state"], name="timesheet_client_week"),
            models.Index(fields=["worker", "iso_year", "iso_week"], name="timesheet_worker_week"),
            models.Index(fields=["iso_year", "iso_week", "state"], name="timesheet_week_state"),
            models.Index(
                fields=["client", "state", "iso_year", "iso_week"], condition=Q(state__in=OPEN), name="timesheet_open"
            ),
            models.Index(fields=["state", "iso_year", "iso_week"], name="timesheet_state_week"),
            models.Index(
                fields=["iso_year", "iso_week"], condition=Q(finding_level__gt=0), name="timesheet_with_finding"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.week}"

    @property
    def week(self) -> Week:
        return Week(self.iso_year, self.iso_week)

    @property
    def hours(self) -> Hours:
        """The working copy, or after handing in what was handed in."""
        return Hours.from_json(self.week, self.content)

    @property
    def turn(self) -> Party | None:
        return TURN[State(self.state)]

    def version_of(self, number: int) -> Submission:
        """A frozen version by its number: without a query where the history came along."""
        versions: Iterable[Submission] = self.submissions.all()
        return next(version for version in versions if version.number == number)

    def bring_history(self) -> None:
        """Fetch at once what a page tells of what happened; `refresh_from_db` forgets it again."""
        models.prefetch_related_objects([self], *HISTORY)

    def submitted_hours(self) -> Hours | None:
        """What was last handed in, as it was frozen; None when nothing ever was."""
        if self.submitted_version is None:
            return None
        return self.version_of(self.submitted_version).hours

    @property
    def came_to_nothing(self) -> bool:
        """Whether this is a correction that was dropped: it has the hours that were paid, and ended without a run."""
        return self.revision > 0 and self.state == State.PAID and self.submitted_version == 1

    @property
    def paid_at(self) -> dt.datetime | None:
        """When what counts in this week was paid."""
        sheet = self
        while sheet.came_to_nothing and sheet.corrects:
            sheet = sheet.corrects
        return sheet.state_since if sheet.state == State.PAID else None

    @property
    def given(self) -> frozenset[Given]:
        """What holds of this timesheet beside its state. Of a proposal, agree() finds out whose it is."""
        found: set[Given] = set()
        if self.proposed_version:
            found |= {Given.PROPOSED, Given.PROPOSED_BY_AGENCY}
        if self.corrects_id:
            found.add(Given.CORRECTION)
            if self.state == State.SUBMITTED and self._asked_by() == Party.CLIENT:
                found.add(Given.ASKED_BY_CLIENT)
        return frozenset(found)

    def _asked_by(self) -> str:
        """Which party asked for this correction."""
        asked = next(step for step in self.steps.all() if step.act == Act.CORRECT)
        return str(asked.on_behalf_of or asked.party)

    def proposal(self) -> Submission | None:
        """The other hours that wait for the worker's answer."""
        return self.version_of(self.proposed_version) if self.proposed_version else None


class Submission(AppendOnlyModel):
    """A version of the hours, frozen: handed in, or proposed instead. Decisions name one by its number and digest.

    Who made it, why and for whom says the step of the same number. A proposal counts from when it took effect: the
    timesheet's `submitted_version` then names it. Number 1, of a correction, is what was paid, and has no step.
    """

    timesheet = models.ForeignKey(Timesheet, models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    signals = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    answers = models.PositiveIntegerField(null=True)  # of a proposal: the number of the version it was made on
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["timesheet", "number"], name="submission_once_per_number")]

    def __str__(self) -> str:
        return f"{self.timesheet_id} v{self.number}"

    @property
    def hours(self) -> Hours:
        return Hours.from_json(self.timesheet.week, self.content)

    @property
    def is_proposal(self) -> bool:
        return self.answers is not None


class Step(AppendOnlyModel):
    """One act in the history of a timesheet: who did what, for whom, why, and on which content.

    The actor is kept by name and number, not as a reference: history outlives accounts.
    """

    timesheet = models.ForeignKey(Timesheet, models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()  # the timesheet's version after the act
    act = models.CharField(max_length=10, choices=_choices(Act))
    start = models.CharField(max_length=10, choices=_choices(State))
    end = models.CharField(max_length=10, choices=_choices(State))
    party = models.CharField(max_length=10, choices=_choices(Party))
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=150)
    on_behalf_of = models.CharField(max_length=10, choices=_choices(Party), blank=True)
    on_behalf_of_name = models.CharField(max_length=150, blank=True)
    reason_code = models.CharField(max_length=30, blank=True)
    reason = models.TextField(max_length=2000, blank=True)
    days = models.JSONField(default=list, blank=True)  # ISO dates the act points at
    digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["timesheet", "number"], name="step_once_per_number"),
            models.CheckConstraint(
                condition=~Q(act__in=[Act.REFUSE, Act.PROPOSE, Act.SEND_BACK, Act.RETURN, Act.REOPEN, Act.CORRECT])
                | ~Q(reason="")
                | ~Q(reason_code=""),
                name="step_that_turns_hours_back_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(on_behalf_of="") | ~Q(reason=""), name="step_for_another_party_has_a_reason"
            ),
            models.CheckConstraint(condition=~Q(start=F("end")), name="step_goes_somewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.timesheet_id} {self.number} {self.act}"


class Acknowledgement(AppendOnlyModel):
    """A client or the agency has seen a signal, and says why it is all right or what was done about it.

    `signal` is what that party saw, and `key` what it is known by: when the signal changes, the key does not match it
    any more and it asks for a look again. `number` is the submission it was about. The actor is kept by name, as in
    a step.
    """

    timesheet = models.ForeignKey(Timesheet, models.PROTECT, related_name="acknowledgements")
    number = models.PositiveIntegerField()
    party = models.CharField(max_length=10, choices=_choices(Party))
    code = models.CharField(max_length=30)
    date = models.DateField(null=True)  # none: it concerned the week
    key = models.CharField(max_length=32)
    signal = models.JSONField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=150)
    reason = models.TextField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["timesheet", "party", "key"], name="acknowledged_once_per_party"),
            models.CheckConstraint(condition=~Q(reason=""), name="acknowledgement_has_a_reason"),
            models.CheckConstraint(
                condition=Q(party__in=[Party.CLIENT.value, Party.AGENCY.value]),
                name="acknowledgement_of_client_or_agency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.timesheet_id} {self.code} {self.party}"


class Notice(AppendOnlyModel):
    """A mail told of this timesheet, perhaps among others. `party` is the receiver's."""

    timesheet = models.ForeignKey(Timesheet, models.PROTECT, related_name="notices")
    mail = models.ForeignKey(OutboxMail, models.PROTECT, related_name="notices")
    party = models.CharField(max_length=10, choices=_choices(Party))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mail", "timesheet"], name="noticed_once_per_mail"),
            models.CheckConstraint(
                condition=Q(party__in=[Party.WORKER.value, Party.CLIENT.value]), name="notice_of_worker_or_client"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.timesheet_id} {self.mail_id}"


class CalendarOverride(models.Model):
    """The deadline of one week of work, moved by the agency's own hand."""

    iso_year = models.PositiveSmallIntegerField()
    iso_week = models.PositiveSmallIntegerField()
    approve_by = models.DateTimeField()
    run_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["iso_year", "iso_week"], name="calendar_override_once_a_week")]

    def __str__(self) -> str:
        return f"{self.iso_year}-W{self.iso_week:02d}"
