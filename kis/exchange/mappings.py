"""The tables of codes per payroll package: their versions, and which components of a run lack a code."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db import IntegrityError, transaction

from kis.core import audit
from kis.exchange.component_mapping import Measure, Target, require_sound
from kis.exchange.models import MappingVersion, Package, line_of
from kis.payroll.models import PayLine, PayrollRun
from kis.staffing.actor import Actor
from kis.staffing.operations import AgencyOnly
from kis.timesheets.operations import Overtaken

# What a package wants to know beside the codes, by the names of its writer.
SETTINGS: dict[str, tuple[str, ...]] = {
    Package.LOKET: ("employer", "shift"),
    Package.NMBRS: ("debtor", "company"),
    Package.EASYFLEX: (),
    Package.AFAS: ("employer", "period_table"),
}
DIGITS_ONLY = {Package.LOKET}
_RECENT = 4  # runs

_KIND = PayLine.Kind
_MEASURES: dict[str, tuple[Measure, ...]] = {
    _KIND.TIME: (Measure.HOURS, Measure.AMOUNT),
    _KIND.TOP_UP: (Measure.HOURS, Measure.AMOUNT),
    _KIND.QUANTITY: (Measure.QUANTITY, Measure.AMOUNT),
    _KIND.EXPENSES: (Measure.AMOUNT, Measure.QUANTITY),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Component:
    """What occurs in runs under one label: its kind and its percentages; none for what is not time."""

    label: str
    kind: str
    percentages: tuple[Decimal, ...] = ()

    @property
    def measures(self) -> tuple[Measure, ...]:
        """How it may be booked, the usual way first."""
        return _MEASURES[self.kind]


def current(package: str) -> MappingVersion | None:
    """The table that holds now."""
    found: MappingVersion | None = MappingVersion.objects.filter(package=package).order_by("-number").first()
    return found


def all_current() -> dict[str, MappingVersion]:
    """The tables that hold now, by package; a package that was never set up has none."""
    found: dict[str, MappingVersion] = {}
    for version in MappingVersion.objects.order_by("number"):
        found[version.package] = version
    return {package: found[package] for package in Package.values if package in found}


def save_codes(
    package: str, table: Iterable[Target], settings: Mapping[str, str], *, shown: int, by: Actor, at: dt.datetime
) -> MappingVersion:
    """A next version of the table, after the one that was `shown` (0: none); when nothing changes, that one.

    Raises AgencyOnly, Invalid (hours and money on one code), Overtaken (somebody saved another one meanwhile).
    """
    if not by.is_agency:
        raise AgencyOnly
    lines = list(table)
    require_sound(lines)
    now = current(package)
    if (now.number if now else 0) != shown:
        raise Overtaken
    stored = sorted(line_of(line) for line in lines)
    kept = {name: settings.get(name, "") for name in SETTINGS[package]}
    digest = hashlib.sha256(json.dumps([package, stored, kept], sort_keys=True).encode()).hexdigest()
    if now and now.digest == digest:
        return now
    try:
        with transaction.atomic():
            version: MappingVersion = MappingVersion.objects.create(
                package=package, number=shown + 1, lines=stored, settings=kept, digest=digest, by_id=by.user_id,
                by_name=by.name, at=at,
            )  # fmt: skip
            audit.record(
                actor_id=by.user_id, actor_name=by.name, party=by.party, act="save_mapping",
                subject_type="MappingVersion", subject_id=str(version.pk), at=at,
                detail={"package": package, "number": version.number, "digest": digest},
            )  # fmt: skip
    except IntegrityError as error:
        raise Overtaken from error
    return version


def components_of(run: PayrollRun) -> list[Component]:
    """What occurs in a run, in order of their labels."""
    return _components([run.pk])


def recent_components() -> list[Component]:
    """What occurs in the last runs."""
    locked = PayrollRun.objects.filter(state=PayrollRun.State.LOCKED).order_by("-pk")
    return _components(locked.values_list("pk", flat=True)[:_RECENT])


def missing(components: Iterable[Component], table: Iterable[Target]) -> list[Component]:
    """The components that the table lacks; of those it has for some percentages only, the others."""
    known = {(target.component, target.percentage) for target in table}
    return [
        dataclasses.replace(component, percentages=lacking)
        for component in components
        if (component.label, None) not in known
        for lacking in [tuple(each for each in component.percentages if (component.label, each) not in known)]
        if lacking or not component.percentages
    ]


def _components(runs: Iterable[int]) -> list[Component]:
    rows = PayLine.objects.filter(run__in=list(runs)).values_list("label", "kind", "percentage").distinct()
    found: dict[tuple[str, str], set[Decimal]] = defaultdict(set)
    for label, kind, percentage in rows.order_by():
        found[label, kind] |= {percentage} if kind in {_KIND.TIME, _KIND.TOP_UP} else set()
    return [Component(label, kind, tuple(sorted(found[label, kind]))) for label, kind in sorted(found)]
