"""Every write on what is agreed: rule sets with their second person, to whom they apply, wages and tariffs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from kis.core import audit
from kis.payroll.models import PlacementTerms, RuleAssignment, RuleDraft, RuleVersion, Stream, TopUp
from kis.payroll.rules import form, templates
from kis.payroll.rules.model import RuleSet
from kis.staffing.actor import Actor
from kis.staffing.models import Client, Placement
from kis.staffing.parties import Party
from kis.timesheets.models import Timesheet
from kis.timesheets.operations import Overtaken
from kis.timesheets.workflow import NotAllowed


class OwnRules(NotAllowed):
    """Nobody approves rules they wrote themselves."""


class NoSuchRules(ValueError):
    """No approved version of that code holds on that day."""


def adopt_template(code: str, *, by: Actor, at: dt.datetime) -> RuleVersion:
    """Take a template that the portal ships into use as it is: its first version. Again: the same one."""
    _require_agency(by)
    rules = templates.load(code)
    found = RuleVersion.objects.filter(code=code, version=rules.version).first()
    return found or _approved(rules, author=(None, by.name), approver=(None, "KIS Online"), at=at)


def save_draft(content: Mapping[str, Any], *, revision: int = 0, by: Actor, at: dt.datetime) -> RuleDraft:
    """Keep the next version of a rule set as its author has it so far; `revision` is the one the form showed, 0 is new.

    The number of the version is given here. Raises Invalid (with every path), Overtaken, NotAllowed.
    """
    _require_agency(by)
    code = str(content.get("code", ""))
    rules = form.parse({**content, "version": _next_version(code)})
    values = {"content": form.dump(rules), "author_id": by.user_id, "author_name": by.name, "changed_at": at}
    with transaction.atomic():
        if revision:
            if not RuleDraft.objects.filter(code=code, revision=revision).update(revision=revision + 1, **values):
                raise Overtaken
        else:
            _create_draft(code, values)
        _record(by, at, "draft_rules", "RuleDraft", code)
    return RuleDraft.objects.get(code=code)


def drop_draft(draft: RuleDraft, *, revision: int, by: Actor, at: dt.datetime) -> None:
    """Throw a draft away. Raises Overtaken when it has changed since."""
    _require_agency(by)
    with transaction.atomic():
        if RuleDraft.objects.filter(pk=draft.pk, revision=revision).delete()[0] != 1:
            raise Overtaken
        _record(by, at, "drop_rules", "RuleDraft", draft.code)


def approve_draft(draft: RuleDraft, *, revision: int, by: Actor, at: dt.datetime) -> RuleVersion:
    """Make a draft the next version, which from then on is never changed. Raises OwnRules, Overtaken."""
    _require_agency(by)
    if by.user_id == draft.author_id:
        raise OwnRules
    with transaction.atomic():
        if RuleDraft.objects.filter(pk=draft.pk, revision=revision).delete()[0] != 1:
            raise Overtaken
        author = (draft.author_id, draft.author_name)
        version = _approved(draft.rules, author=author, approver=(by.user_id, by.name), at=at)
        _record(by, at, "approve_rules", "RuleVersion", str(version))
    return version


def assign_rules(
    code: str,
    *,
    stream: Stream,
    valid_from: dt.date,
    client: Client | None = None,
    placement: Placement | None = None,
    by: Actor,
    at: dt.datetime,
) -> RuleAssignment:
    """Let a rule set hold from a day on, for the agency, a client or a placement; an empty code lets go again.

    Raises NoSuchRules when no version of it is approved for that day.
    """
    _require_agency(by)
    if code and not RuleVersion.objects.filter(code=code, valid_from__lte=valid_from).exists():
        raise NoSuchRules(code)
    with transaction.atomic():
        row = RuleAssignment.objects.create(
            client=client, placement=placement, stream=stream, code=code, valid_from=valid_from,
            by_id=by.user_id, by_name=by.name, at=at,
        )  # fmt: skip
        _record(by, at, "assign_rules", "RuleAssignment", str(row.pk))
    return row


def agree_terms(
    placement: Placement,
    *,
    valid_from: dt.date,
    wage_cents: int,
    on_call: bool = False,
    bill_factor: Decimal | None = None,
    bill_cents: int | None = None,
    bill_factors: Mapping[str, str] | None = None,
    bill_fixed: Mapping[str, int] | None = None,
    by: Actor,
    at: dt.datetime,
) -> PlacementTerms:
    """What an hour of a placement is worth from a day on. Raises ValidationError with the fields concerned."""
    _require_agency(by)
    row = PlacementTerms(
        placement=placement, valid_from=valid_from, wage_cents=wage_cents, on_call=on_call, bill_factor=bill_factor,
        bill_cents=bill_cents, bill_factors=dict(bill_factors or {}), bill_fixed=dict(bill_fixed or {}),
        by_id=by.user_id, by_name=by.name, at=at,
    )  # fmt: skip
    row.full_clean(exclude=["bill_factors", "bill_fixed", "by_id"])
    with transaction.atomic():
        row.save()
        _record(by, at, "agree_terms", "PlacementTerms", str(row.pk))
    return row


def agree_top_up(timesheet: Timesheet, *, date: dt.date, minutes: int, by: Actor, at: dt.datetime) -> TopUp:
    """Pay a call up to its minimum. Raises Overtaken when this day has been decided, ValueError outside the week."""
    _require_agency(by)
    if date not in timesheet.week or not 0 < minutes <= 1440:
        raise ValueError("not a top-up of this week")
    try:
        with transaction.atomic():
            return TopUp.objects.create(
                timesheet=timesheet, date=date, minutes=minutes, by_id=by.user_id, by_name=by.name, at=at
            )
    except IntegrityError as error:
        raise Overtaken from error


def agreed_since(moment: dt.datetime) -> bool:
    """Whether any rules, wages, tariffs or top-ups were agreed after a moment."""
    dated = (RuleAssignment.objects, PlacementTerms.objects, TopUp.objects)
    newer = RuleVersion.objects.filter(approved_at__gt=moment).exists()
    return newer or any(rows.filter(at__gt=moment).exists() for rows in dated)


def _next_version(code: str) -> int:
    latest = RuleVersion.objects.filter(code=code).order_by("-version").values_list("version", flat=True).first()
    return (latest or 0) + 1


def _create_draft(code: str, values: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            RuleDraft.objects.create(code=code, **values)
    except IntegrityError as error:
        raise Overtaken from error


def _approved(
    rules: RuleSet, *, author: tuple[int | None, str], approver: tuple[int | None, str], at: dt.datetime
) -> RuleVersion:
    try:
        with transaction.atomic():
            return RuleVersion.objects.create(
                code=rules.code, version=rules.version, valid_from=rules.valid_from, title=rules.title,
                content=form.dump(rules), digest=form.digest(rules), author_id=author[0], author_name=author[1],
                approver_id=approver[0], approver_name=approver[1], approved_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise Overtaken from error


def _require_agency(by: Actor) -> None:
    if by.party not in {Party.AGENCY, Party.SYSTEM}:
        raise NotAllowed("only the agency agrees on rules and wages")


def _record(by: Actor, at: dt.datetime, act: str, subject: str, subject_id: str) -> None:
    audit.record(
        actor_id=by.user_id, actor_name=by.name, party=by.party, act=act,
        subject_type=subject, subject_id=subject_id, detail={}, at=at,
    )  # fmt: skip
