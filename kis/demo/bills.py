"""The demo's invoices: every four weeks, of late every week. The last run waits for whoever looks around."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max

from kis.billing import operations
from kis.billing.models import Biller, BillingProfile
from kis.demo.staff import Staff
from kis.exchange.invoices import Profile
from kis.payroll.models import BillLine, PayrollRun
from kis.staffing.models import Client

# One for each client but the last, who shows what is missing.
ADDRESSES = (
    ("Distributieweg 8", "1118 AA", "Schiphol", Profile.NLCIUS),
    ("Molenstraat 3", "3511 AB", "Utrecht", Profile.SETU_2_2),
    ("Zonnelaan 40", "9742 AC", "Groningen", Profile.PEPPOL_BIS_3),
    ("Kasweg 2", "2678 AD", "De Lier", Profile.NLCIUS),
    ("Draaibankstraat 17", "7556 AE", "Hengelo", Profile.NLCIUS_G_ACCOUNT),
    ("Wijkplein 1", "8911 AF", "Leeuwarden", Profile.PEPPOL_BIS_3),
    ("Markt 12", "5211 AG", "'s-Hertogenbosch", Profile.NLCIUS),
    ("Steigerkade 5", "8701 AH", "Bolsward", Profile.NLCIUS_G_ACCOUNT),
    ("Helderseweg 60", "1817 AJ", "Alkmaar", Profile.NLCIUS),
    ("Slachthuislaan 9", "5348 AK", "Oss", Profile.NLCIUS),
    ("Techniekweg 31", "3542 AL", "Utrecht", Profile.NLCIUS),
)
AFTER_A_RUN = dt.timedelta(hours=3)
EACH_OF_THE_LAST = 4  # runs billed by themselves; the ones before them four at once


def send(staff: Staff, now: dt.datetime) -> None:
    """Say what stands on invoices, and bill every run but the last."""
    by, runs = staff.back_office, list(PayrollRun.objects.filter(state=PayrollRun.State.LOCKED).order_by("pk"))
    biller = Biller(
        street="Kantoorlaan 12", postcode="3526 KL", city="Utrecht", iban="NL91ABNA0417164300",
        g_iban="NL20INGB0001234567", number_prefix="KIS-",
    )  # fmt: skip
    told = runs[0].started_at if runs else now
    operations.keep_biller(biller, by=by, at=told)
    clients = list(Client.objects.order_by("number"))[:-1]
    for client, (street, postcode, city, profile) in zip(clients, ADDRESSES, strict=True):
        kept = BillingProfile(
            client=client, street=street, postcode=postcode, city=city, profile=profile.value,
            reference=f"Inhuur {client.number}",
        )  # fmt: skip
        operations.keep_profile(kept, by=by, at=told)
    for left, run in zip(range(len(runs) - 1, 0, -1), runs, strict=False):
        if left <= EACH_OF_THE_LAST or left % 4 == 0:
            _bill(run, clients, staff, now)


def _bill(run: PayrollRun, clients: list[Client], staff: Staff, now: dt.datetime) -> None:
    """Bill every client for what waits up to a run."""
    waiting = BillLine.objects.filter(run__lte=run, invoiced=None).exclude(cents=0)
    newest = dict(waiting.values_list("timesheet__client").annotate(newest=Max("pk")).order_by())
    at = min(now, (run.locked_at or now) + AFTER_A_RUN)
    for client in clients:
        if client.pk in newest:
            operations.issue(client, upto=newest[client.pk], by=staff.back_office, at=at)
