"""Takes the demo's cast into service, by the operations of the agency."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import re
from decimal import Decimal
from random import Random

from django.contrib.auth.hashers import make_password

from kis.accounts.models import User
from kis.core import clock
from kis.core.folding import fold
from kis.core.weeks import Week
from kis.demo import cast
from kis.payroll import agreements
from kis.payroll.models import Stream
from kis.staffing import operations
from kis.staffing.actor import SYSTEM, Actor, actor_of
from kis.staffing.models import Client, Department, Placement, Worker

RAISE = 1.02


@dataclasses.dataclass(slots=True)
class Staff:
    """Who is there: the colleagues, who decides at which client, and every Job with its placement."""

    back_office: Actor
    consultants: list[Actor]
    contacts: dict[int, Actor]  # by client: the one who decides for the whole of it
    workers: dict[int, Actor]  # by worker
    jobs: dict[int, cast.Job]  # by placement
    weeks: int  # that lie behind them
    newcomer: Worker  # starts this week, and has not activated the account


def take_on(today: dt.date, *, weeks: int) -> Staff:
    """Set up the agency and everybody in it, `weeks` before `today`. They all have the demo's password."""
    this = Week.of(today)
    at = clock.at((this + -weeks).monday - dt.timedelta(days=7), 9 * 60)
    operations.configure_agency(
        by=SYSTEM,
        at=at,
        name=cast.AGENCY,
        helpdesk_phone=cast.HELPDESK,
        links=cast.LINKS,
        billing=True,
        legal_id=cast.LEGAL_ID,
        vat_id=cast.VAT_ID,
    )
    colleagues = [
        _actor(operations.add_agency_user(name=name, email=email, role=role, by=SYSTEM, at=at).user)
        for name, email, role in cast.COLLEAGUES
    ]
    by = colleagues[0]
    _assign(cast.RULES, None, by, at)
    workers = [_worker(n, name, language, by, at) for n, (name, language) in enumerate(cast.WORKERS)]
    staff = Staff(
        by, colleagues[1:], {}, {worker.pk: _actor(worker.user) for worker in workers}, {}, weeks, workers[-1]
    )
    free = iter(workers)
    for company in cast.COMPANIES:
        client, departments = _company(company, staff, at)
        for job in company.jobs:
            for worker in itertools.islice(free, job.count):
                _place(worker, job, company, client, departments.get(job.department), staff, this)
    _give_second_job(workers[0], staff, this)
    User.objects.exclude(pk=staff.newcomer.user_id).update(password=make_password(cast.PASSWORD))
    return staff


def _assign(code: str, client: Client | None, by: Actor, at: dt.datetime) -> None:
    """Take a template into use, and let it hold for a client or for the whole agency, in what is paid and billed."""
    agreements.adopt_template(code, by=by, at=at)
    agreements.assign_rules(code, stream=Stream.PAY, valid_from=clock.local(at).date(), client=client, by=by, at=at)


def _worker(n: int, name: str, language: str, by: Actor, at: dt.datetime) -> Worker:
    rng = Random(name)
    birth_date = dt.date(at.year - rng.randint(19, 58), rng.randint(1, 12), rng.randint(1, 28))
    email = f"{re.sub(r'[^a-z]+', '.', fold(name))}@demo.example" if n else cast.WORKER_LOG_IN
    phone = f"06-{rng.randint(10_000_000, 59_999_999)}"
    return operations.add_worker(
        number=f"W{2001 + n}",
        email=email,
        name=name,
        language=language,
        birth_date=birth_date,
        phone=phone,
        by=by,
        at=at,
    )


def _company(company: cast.Company, staff: Staff, at: dt.datetime) -> tuple[Client, dict[str, Department]]:
    by = staff.back_office
    client = operations.add_client(
        number=company.number,
        name=company.name,
        departments=company.departments,
        legal_id=company.number.removeprefix("K").zfill(8),
        by=by,
        at=at,
    )
    if company.rules:
        _assign(company.rules, client, by, at)
    departments = {department.name: department for department in client.departments.all()}
    for name, email, department in company.contacts:
        mine = [departments[department]] if department else []
        contact = operations.add_contact(client=client, name=name, email=email, departments=mine, by=by, at=at)
        if not mine:
            staff.contacts[client.pk] = _actor(contact.user)
    return client, departments


def _place(
    worker: Worker,
    job: cast.Job,
    company: cast.Company,
    client: Client,
    department: Department | None,
    staff: Staff,
    this: Week,
) -> None:
    """Give somebody a Job: most have had it all the time, some came later, the newcomer starts this week."""
    rng = Random(worker.number)
    weeks_ago = staff.weeks if job.ended or rng.random() < 0.65 else rng.randint(1, staff.weeks)
    if job.ended > weeks_ago:
        return
    start = this.monday if worker == staff.newcomer else (this + -weeks_ago).monday
    placement = operations.add_placement(
        number=f"P{3001 + len(staff.jobs)}", worker=worker, client=client, department=department, job_title=job.title,
        start=start, end=(this + -job.ended).sunday if job.ended else None, pattern=job.pattern,
        entry=Placement.Entry.TOTALS if job.totals else Placement.Entry.TIMES,
        working_time_options=list(job.agreed),
        by=staff.back_office, at=clock.at(start - dt.timedelta(days=3), 10 * 60),
    )  # fmt: skip
    staff.jobs[placement.pk] = job
    _agree(placement, job, company, staff.back_office)
    if company.pay_period != worker.pay_period:
        operations.change_worker(
            worker, pay_period=company.pay_period, by=staff.back_office, at=clock.at(start - dt.timedelta(days=3), 600)
        )


def _agree(placement: Placement, job: cast.Job, company: cast.Company, by: Actor) -> None:
    """The wage and the tariff from the start, and the raise of July."""
    days = [placement.start]
    july = dt.date(placement.start.year, 7, 1)
    if placement.start < july and (placement.end is None or placement.end >= july):
        days.append(july)
    for day in days:
        agreements.agree_terms(
            placement, valid_from=day, wage_cents=job.wage if day < july else round(job.wage * RAISE),
            bill_factor=Decimal(company.factor), by=by, at=clock.at(day - dt.timedelta(days=3), 10 * 60 + 5),
        )  # fmt: skip


def _give_second_job(worker: Worker, staff: Staff, this: Week) -> None:
    """The demo's worker serves breakfast on Sundays, beside the week's work."""
    company, job = next(
        (company, job) for company in cast.COMPANIES for job in company.jobs if job.title == cast.SECOND_JOB
    )
    client = Client.objects.get(number=company.number)
    _place(worker, job, company, client, Department.objects.get(client=client, name=job.department), staff, this)


def _actor(user: User) -> Actor:
    found = actor_of(user)
    assert found
    return found
