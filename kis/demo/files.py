"""What the demo's agency hands to its payroll package: the codes there, and the files of its last run."""

from __future__ import annotations

import datetime as dt

from kis.demo.staff import Staff
from kis.exchange import exports, mappings
from kis.exchange.component_mapping import Target
from kis.exchange.models import ExportOrder, Package
from kis.exchange.payroll_export import component_name
from kis.payroll.models import PayrollRun


def hand_over(staff: Staff, now: dt.datetime) -> None:
    """Easyflex knows every component by our name for it; the last run has its file there, and its lines."""
    run = PayrollRun.objects.filter(state=PayrollRun.State.LOCKED).order_by("-pk").first()
    if run is None:
        return
    table = [Target(each.label, component_name(each.label), each.measures[0]) for each in mappings.recent_components()]
    by, at = staff.back_office, min(now, (run.locked_at or now) + dt.timedelta(minutes=4))
    mapping = mappings.save_codes(Package.EASYFLEX, table, {}, shown=0, by=by, at=at)
    exports.ask(run, Package.EASYFLEX, choices={"mapping": mapping.number}, by=by, at=at)
    exports.ask(run, "xlsx", by=by, at=at)
    for order in ExportOrder.objects.all():
        exports.carry_out(order.pk, clock=lambda: at)
