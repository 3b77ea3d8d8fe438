"""What the demo's agency has handed to its payroll package."""

from __future__ import annotations

import pytest

from kis.exchange import exports, mappings, setu_export
from kis.exchange.models import Export, ExportOrder
from kis.payroll.models import PayrollRun

pytestmark = pytest.mark.usefixtures("demo")


def test_the_last_run_has_its_files_and_no_component_lacks_a_code() -> None:
    run = PayrollRun.objects.latest("pk")
    made = Export.objects.filter(run=run)
    assert {export.format for export in made} == {"easyflex", "xlsx"}
    assert not ExportOrder.objects.exists()
    table = mappings.all_current()["easyflex"].table
    assert mappings.missing(mappings.components_of(run), table) == []
    for export in made:
        assert exports.contents(export).size > 1000
        assert export.by_name == "Sanne de Boer"


def test_every_client_can_be_sent_its_time_cards() -> None:
    run = PayrollRun.objects.latest("pk")
    for client in setu_export.clients_of(run):
        assert setu_export.choices_for(client)["client"] == client.pk
