"""Lives through half a year of weeks: handed in, refused and mended, accepted, approved, paid, each at its moment.

Every step asks the database what stands where, so that a moment that lies in the future simply does not happen.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from random import Random

from kis.core import clock
from kis.core.weeks import Week
from kis.demo import cast, habits
from kis.demo.habits import Fate, Plan
from kis.demo.staff import Staff
from kis.payroll import operations as payroll
from kis.payroll.periods import period_of
from kis.staffing.actor import SYSTEM, Actor
from kis.staffing.models import PayPeriod
from kis.staffing.parties import Party
from kis.timesheets import operations, reminders
from kis.timesheets.calendar import Calendar
from kis.timesheets.hours import Hours
from kis.timesheets.models import Timesheet, TimesheetQuerySet
from kis.timesheets.opening import open_week
from kis.timesheets.signal_keeping import acknowledge, shown_to

MAILS_OF = 1  # the weeks ago whose digests and reminders are still in the mailbox
LATE_LAST_WEEK, AWAY_LAST_WEEK = frozenset({5, 8}), 10  # clients, by their place in the cast
NIGHTS_EXPLAINED = "Nagevraagd: een collega was ziek. De komende twee weekenden is er geen nachtdienst."
BY_PHONE = "Telefonisch doorgegeven; de medewerker kan nu niet inloggen."


def live(staff: Staff, now: dt.datetime) -> None:
    """Live through the weeks up to `now`, the present one included."""
    HalfYear(staff, now).run()


class HalfYear:
    """What is under way from one week to the next."""

    def __init__(self, staff: Staff, now: dt.datetime) -> None:
        self.staff, self.now = staff, now
        self.this = Week.of(clock.local(now).date())
        self.calendar = Calendar.load()
        self.late: list[tuple[Timesheet, Plan]] = []
        self.to_refuse: dict[int, Plan] = {}
        self.held: set[int] = set()  # stand still, for the guide's picture

    def run(self) -> None:
        for weeks_ago in range(self.staff.weeks, -1, -1):
            week = self.this + -weeks_ago
            open_week(week, at=clock.at(week.monday, 5))
            self._hand_in_late(week)
            self._write(week, weeks_ago)
            self._decide(week, weeks_ago)
            self._pay(week)

    def _is_past(self, moment: dt.datetime) -> bool:
        return moment <= self.now

    def _write(self, week: Week, weeks_ago: int) -> None:
        """The workers write down their week and hand it in."""
        sheets = list(Timesheet.objects.of_week(week).with_people().order_by("placement"))
        if weeks_ago == 1:
            picture = [sheet for sheet in sheets if sheet.client.number == cast.COMPANIES[0].number]
            self._paint(picture)
            sheets = [sheet for sheet in sheets if sheet not in picture]
        for sheet in sheets:
            may_lag = sheet.client.number != cast.COMPANIES[0].number
            plan = self._plan(sheet, weeks_ago, may_lag=may_lag)
            if plan.fate is Fate.LATE:
                self.late.append((sheet, plan))
            elif plan.fate is not Fate.FORGOTTEN:
                self._write_one(sheet, plan)

    def _plan(self, sheet: Timesheet, weeks_ago: int, *, may_lag: bool) -> Plan:
        job = self.staff.jobs[sheet.placement_id]
        return habits.plan(job, sheet.placement.number, sheet.week, weeks_ago, may_lag=may_lag)

    def _write_one(self, sheet: Timesheet, plan: Plan) -> None:
        if not self._is_past(plan.handed_in):
            self._keep_draft(sheet, habits.until(plan.written, self.now))
            return
        self._submit(sheet, plan.written, plan.handed_in)
        if plan.fate is Fate.REFUSED:
            self.to_refuse[sheet.pk] = plan

    def _keep_draft(self, sheet: Timesheet, hours: Hours) -> None:
        worker = self.staff.workers[sheet.worker_id]
        if not hours.is_empty and Random(f"{sheet.placement_id} draft").random() < 0.6:
            operations.save_draft(sheet, hours=hours, version=sheet.version, by=worker, at=self.now)

    def _submit(self, sheet: Timesheet, hours: Hours, at: dt.datetime) -> None:
        by_phone = Random(f"{sheet.placement_id} {sheet.week}").random() < 0.012
        by = self.staff.consultants[0] if by_phone else self.staff.workers[sheet.worker_id]
        operations.submit(
            sheet, hours=hours, version=sheet.version, by=by, at=at,
            reason=BY_PHONE if by_phone else "", on_behalf_of=Party.WORKER if by_phone else None,
        )  # fmt: skip

    def _hand_in_late(self, week: Week) -> None:
        """What was forgotten in the week before comes after all, in the evening after that week's payroll run."""
        evening = clock.at(self.calendar.deadline(week.previous).run_on + dt.timedelta(days=1), 19 * 60)
        waiting, self.late = self.late, []
        for n, (sheet, plan) in enumerate(waiting):
            moment = evening + dt.timedelta(minutes=7 * n)
            if self._is_past(moment):
                self._submit(sheet, plan.written, moment)

    def _decide(self, week: Week, weeks_ago: int) -> None:
        """The day of the deadline: mails, the clients' two rounds with what is mended between, the last approval."""
        day = clock.local(self.calendar.deadline(week).approve_by).date()
        if weeks_ago <= MAILS_OF:
            self._mail(day)
        for n, (client, contact) in enumerate(self.staff.contacts.items()):
            morning = clock.at(day, 8 * 60 + 20 + 11 * n)
            if weeks_ago == 1 and n == AWAY_LAST_WEEK:
                continue
            if self._forgets(n, weeks_ago):
                self._accept(client, contact, morning + dt.timedelta(days=1))
            else:
                self._refuse(client, contact, morning)
                self._accept(client, contact, morning + dt.timedelta(minutes=4))
                self._accept(client, contact, clock.at(day, 15 * 60 + n))
        self._approve(clock.at(day, 16 * 60 + 15), weeks_ago)

    @staticmethod
    def _forgets(n: int, weeks_ago: int) -> bool:
        """Some clients look a day late; of last week always the same, so that something waits for the agency."""
        return n in LATE_LAST_WEEK if weeks_ago == 1 else n > 0 and Random(f"{n} {weeks_ago}").random() < 0.05

    def _mail(self, day: dt.date) -> None:
        digest, reminder = clock.at(day, 7 * 60 + 30), clock.at(day, 8 * 60)
        if self._is_past(digest):
            reminders.send_digests(at=digest)
        if self._is_past(reminder):
            reminders.send_due_reminders(by=SYSTEM, at=reminder)

    def _waiting(self, client: int, before: dt.datetime) -> TimesheetQuerySet:
        found = Timesheet.objects.awaiting_client().filter(client=client, state_since__lt=before)
        return found.exclude(pk__in=self.held).order_by("pk")

    def _refuse(self, client: int, contact: Actor, at: dt.datetime) -> None:
        """What is wrong is refused; the worker mends it within hours."""
        if not self._is_past(at) or not self.to_refuse:
            return
        for sheet in self._waiting(client, at).filter(pk__in=self.to_refuse).with_people():
            plan = self.to_refuse.pop(sheet.pk)
            self._refuse_one(sheet, plan, contact, at)
            mended = at + dt.timedelta(hours=2, minutes=sheet.pk % 90)
            if self._is_past(mended):
                self._submit(sheet, plan.mended, mended)

    def _refuse_one(self, sheet: Timesheet, plan: Plan, contact: Actor, at: dt.datetime) -> None:
        operations.refuse(
            sheet, version=sheet.version, by=contact, at=at, reason_code=plan.reason_code, reason=plan.reason,
            days=[plan.disputed] if plan.disputed else [],
        )  # fmt: skip

    def _accept(self, client: int, contact: Actor, at: dt.datetime) -> None:
        if self._is_past(at) and (waiting := list(self._waiting(client, at).values_list("pk", "version"))):
            operations.accept_many(waiting, by=contact, at=at)

    def _approve(self, at: dt.datetime, weeks_ago: int) -> None:
        if not self._is_past(at):
            return
        ready = Timesheet.objects.awaiting_agency().filter(state_since__lt=at).exclude(pk__in=self.held)
        by = self.staff.consultants[weeks_ago % len(self.staff.consultants)]
        looked_at = list(ready.filter(finding_level__gt=0))
        operations.approve_many(ready.values_list("pk", "version"), by=by, at=at)
        for sheet in looked_at:
            self._acknowledge(sheet, by, at)

    @staticmethod
    def _acknowledge(sheet: Timesheet, by: Actor, at: dt.datetime) -> None:
        """The agency has asked about a long series of nights, and says what was done about it."""
        for signal in shown_to(sheet, Party.AGENCY):
            if signal.code == "N04":
                acknowledge(sheet, key=signal.key, reason=NIGHTS_EXPLAINED, by=by, at=at)

    def _pay(self, week: Week) -> None:
        """The run of the week, and of the four weeks that it closes."""
        deadline = self.calendar.deadline(week)
        at = clock.at(deadline.run_on, 10 * 60)
        for period in (PayPeriod.WEEK, PayPeriod.FOUR_WEEKS):
            closes = period_of(week, period).last == week
            if not closes or not self._is_past(at) or not payroll.payable(week, deadline.approve_by, period).exists():
                continue
            by, sequence = self.staff.back_office, payroll.next_sequence(week, period)
            run = payroll.start_run(
                week, sequence=sequence, cut_off=deadline.approve_by, pay_period=period, by=by, at=at
            )
            payroll.carry_out(run.pk, clock=lambda: at, report=lambda done, planned: None)

    def _paint(self, sheets: list[Timesheet]) -> None:
        """The guide's picture of last week: seven with the worker, one with the client, one with the agency.

        The demo's worker comes first and has written nothing yet. All of it happened before the week was over.
        """
        client = self.staff.contacts[sheets[0].client_id]
        plans = {sheet.pk: self._plan(sheet, 1, may_lag=False) for sheet in sheets}
        friday = sheets[0].week.days[4]
        evening, morning = clock.at(friday, 19 * 60 + 30), clock.at(friday, 33 * 60 + 30)
        refused, started, handed_in = sheets[1], sheets[2], sheets[7:]
        for n, sheet in enumerate([refused, *handed_in]):
            hours = plans[sheet.pk].mended
            if sheet == handed_in[0]:  # what waits for the client has something to look at
                hours = habits.without_break(hours, 2)
            self._submit(sheet, hours, evening + dt.timedelta(minutes=13 * n))
        code, words = habits.REFUSALS[1]
        plan = dataclasses.replace(plans[refused.pk], reason_code=code, reason=words, disputed=refused.week.days[2])
        self._refuse_one(refused, plan, client, morning)
        self._keep_draft(started, habits.until(plans[started.pk].mended, clock.at(friday, 0)))
        accepted = [(sheet.pk, sheet.version) for sheet in handed_in[1:]]
        operations.accept_many(accepted, by=client, at=morning)
        approved = Timesheet.objects.filter(pk__in=[sheet.pk for sheet in handed_in[2:]]).values_list("pk", "version")
        operations.approve_many(approved, by=self.staff.consultants[0], at=morning + dt.timedelta(hours=1))
        self.held = {sheet.pk for sheet in sheets}
