"""What the page with the files of a run offers: each format with its file, its order, or what stands in the way."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from kis.exchange import mappings, setu_export
from kis.exchange.exports import key_of
from kis.exchange.formats import Choices
from kis.exchange.models import Export, ExportOrder, Package
from kis.exchange.setu_export import NotIdentified
from kis.jobs.models import Job
from kis.payroll.labels import label_words
from kis.payroll.models import PayrollRun
from kis.staffing.actor import Actor
from kis.staffing.models import Client
from kis.web.agency.export_words import CARDS, LINES, PACKAGES


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """One format on the page; `client` is whose cards it holds, `lacking` the components without a code."""

    code: str
    name: str
    hint: str
    made: Export | None
    order: ExportOrder | None
    job: Job | None
    client: Client | None = None
    lacking: tuple[str, ...] = ()

    @property
    def is_package(self) -> bool:
        return self.code in PACKAGES

    @property
    def waits(self) -> bool:
        return bool(self.order and self.order.state == ExportOrder.State.WAITING) and not self.failed

    @property
    def failed(self) -> bool:
        return bool(self.job and self.job.status == Job.Status.DEAD)


class RunFiles:
    """The files and orders of a run, read once. `unknown` says who of a chosen client's cards has no legal number."""

    def __init__(self, actor: Actor, run: PayrollRun) -> None:
        self.run = run
        self.unknown: NotIdentified | None = None
        self._made: dict[str, Export] = {each.key: each for each in Export.objects.visible_to(actor).filter(run=run)}
        self._orders = {order.key: order for order in ExportOrder.objects.filter(run=run)}
        self._jobs = Job.objects.in_bulk([order.job for order in self._orders.values() if order.job])

    @property
    def waiting(self) -> list[tuple[ExportOrder, str, Job | None]]:
        """The files being made, each with its name and its job."""
        return [
            (order, _words(order), job)
            for order in self._orders.values()
            for job in [self._job(order)]
            if order.state == ExportOrder.State.WAITING and not (job and job.status == Job.Status.DEAD)
        ]

    def packages(self) -> list[Choice]:
        """The packages whose codes were ever set up, with what lacks a code."""
        current = mappings.all_current()
        components = mappings.components_of(self.run) if current else []
        found = []
        for code, mapping in current.items():
            package = Package(code)
            lacking = tuple(label_words(each.label) for each in mappings.missing(components, mapping.table))
            choices = {"mapping": mapping.number}
            found.append(self._choice(code, package.label, PACKAGES[package], choices, lacking=lacking))
        return found

    def not_set_up(self, packages: Iterable[Choice]) -> list[tuple[str, Any]]:
        """The other packages by code and name."""
        known = {choice.code for choice in packages}
        return [(package.value, package.label) for package in Package if package.value not in known]

    def lines(self) -> list[Choice]:
        return [self._choice(code, name, hint, {}) for code, (name, hint) in LINES.items()]

    def cards(self, client: Client) -> list[Choice]:
        """The time cards of a client; none as long as somebody has no legal number."""
        try:
            choices = setu_export.choices_for(client)
        except NotIdentified as unknown:
            self.unknown = unknown
            return []
        return [self._choice(code, name, hint, choices, client=client) for code, (name, hint) in CARDS.items()]

    def besides(self, shown: Iterable[Choice]) -> list[Export]:
        """The files that the page does not show: of other clients, or with earlier codes; newest first."""
        current = {choice.made.pk for choice in shown if choice.made}
        return [each for each in self._made.values() if each.pk not in current]

    def _choice(self, code: str, name: Any, hint: Any, choices: Choices, **more: Any) -> Choice:
        key = key_of(code, choices)
        order = self._orders.get(key)
        job = self._job(order) if order else None
        return Choice(code, str(name), str(hint), self._made.get(key), order, job, **more)

    def _job(self, order: ExportOrder) -> Job | None:
        return self._jobs.get(order.job) if order.job else None


def _words(order: ExportOrder) -> str:
    """What the file of an order is called while it is not there yet."""
    if order.format in Package.values:
        return str(Package(order.format).label)
    name, _hint = {**LINES, **CARDS}[order.format]
    tag = order.choices.get("number", "")
    return f"{name}, {tag}" if tag else str(name)
