"""Files that were made of a payroll run, those still being made, and the codes of the payroll packages they need."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext

from kis.core.append_only import AppendOnlyModel, AppendOnlyQuerySet
from kis.core.models import StoredFile
from kis.exchange.component_mapping import Measure, Target
from kis.payroll.models import PayrollRun

if TYPE_CHECKING:
    from kis.staffing.actor import Actor


class _OfARun(models.Model):
    """A file of a run: in which format, and what was chosen with it.

    `key` is the digest of format and choices: one run has one file for each.
    """

    run = models.ForeignKey(PayrollRun, models.PROTECT, related_name="%(class)ss")
    format = models.CharField(max_length=20)  # one of kis.exchange.formats
    choices = models.JSONField(default=dict)
    key = models.CharField(max_length=64)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        abstract = True


class ExportOrder(_OfARun):
    """A file that somebody asked for: being made, or refused with its problems. Once it is made, the order is gone."""

    class State(models.TextChoices):
        WAITING = "waiting"
        REFUSED = "refused"

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    problems = models.JSONField(default=list)  # [path, message, params] of kis.payroll.rules.problems
    job = models.UUIDField(null=True)  # the background job that makes it

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["run", "key"], name="export_order_once_per_choice")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.format} {self.state}"

    @property
    def reasons(self) -> list[str]:
        """Why it was refused, in the reader's language."""
        return [gettext(message) % params for _path, message, params in self.problems]


class ExportQuerySet(AppendOnlyQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """All for the agency: exports hold wages."""
        return self if actor.is_agency else self.none()


class Export(AppendOnlyModel, _OfARun):
    """A file that was made, kept with its digest: whoever takes it later gets the same bytes."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    objects: ClassVar[Any] = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["run", "key"], name="export_once_per_choice")]

    def __str__(self) -> str:
        return self.name


class Package(models.TextChoices):
    """The payroll packages that files are made for."""

    LOKET = "loket", "Loket"
    NMBRS = "nmbrs", "Nmbrs"
    EASYFLEX = "easyflex", "Easyflex"
    AFAS = "afas", "AFAS"


class MappingVersion(AppendOnlyModel):
    """Which code of a payroll package each component of ours goes to: a version of the table, never changed.

    `settings` is what the package wants to know besides, such as the number of the employer.
    """

    package = models.CharField(max_length=10, choices=Package.choices)
    number = models.PositiveIntegerField()
    lines = models.JSONField()  # as `line_of` writes them
    settings = models.JSONField()
    digest = models.CharField(max_length=64)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["package", "-number"]
        constraints = [models.UniqueConstraint(fields=["package", "number"], name="mapping_version_once_per_number")]

    def __str__(self) -> str:
        return f"{self.package} v{self.number}"

    @property
    def table(self) -> tuple[Target, ...]:
        return tuple(
            Target(
                component, code, Measure(measure), Decimal(factor), Decimal(percentage) if percentage else None, field
            )
            for component, code, measure, factor, percentage, field in self.lines
        )


def line_of(target: Target) -> list[str]:
    """A line of a table as JSON."""
    percentage = "" if target.percentage is None else f"{target.percentage.normalize():f}"
    return [
        target.component, target.code, target.measure, f"{target.factor.normalize():f}", percentage, target.field
    ]  # fmt: skip
