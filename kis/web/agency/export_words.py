"""Words of the pages with the files of a run and the codes of the payroll packages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kis.exchange.component_mapping import Measure
from kis.exchange.models import Package

# In the order of the page: a name, and what the file is for.
LINES = {
    "xlsx": (_("Pay lines, XLSX"), _("Every line of the run in a workbook, to look at or to work with.")),
    "csv": (_("Pay lines, CSV"), _("The same lines as text, for a package that reads its own columns from them.")),
}
CARDS = {
    "setu-2.0-xml": (_("SETU Timecard 2.0, XML"), _("A message per week, for a system of today.")),
    "setu-2.0-json": (_("SETU Timecard 2.0, JSON"), _("The same messages as JSON.")),
    "setu-1.4": (
        _("SETU Timecard 1.4, XML"),
        _("As many systems and Peppol still want it; a correction says line by line what has changed."),
    ),
}
PACKAGES = {
    Package.LOKET: _("CSV for “Import variabele gegevens”: a row per worker, a column per component."),
    Package.NMBRS: _("XLSX with the tab “Variabele Looncomponenten”: a row per worker."),
    Package.EASYFLEX: _("CSV: a row per worker, client, day and component."),
    Package.AFAS: _("JSON lines for the connector HrCompMut: a line per worker and component."),
}
# What a package wants to know beside the codes.
SETTINGS = {
    (Package.LOKET, "employer"): _("Connection number"),
    (Package.LOKET, "shift"): _("Shift"),
    (Package.NMBRS, "debtor"): _("Debtor number"),
    (Package.NMBRS, "company"): _("Company number"),
    (Package.AFAS, "employer"): _("Employer"),
    (Package.AFAS, "period_table"): _("Period table"),
}
MEASURES = {Measure.HOURS: _("Hours"), Measure.QUANTITY: _("Quantity"), Measure.AMOUNT: _("Amount")}
