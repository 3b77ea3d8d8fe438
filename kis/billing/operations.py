"""Issuing invoices: what waits per client, what is still missing, and the documents, each bill line on one of them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Count, Max, QuerySet, Sum

from kis.billing import drawing, paper
from kis.billing.models import Biller, BillingProfile, Invoice, InvoicedLine, InvoiceSeries
from kis.core import audit, clock
from kis.exchange import bill_lines, invoices, ubl
from kis.exchange.invoices import Profile, Vat
from kis.payroll.models import BillLine, PayrollRun
from kis.payroll.rules.problems import Invalid, Problem, gettext_noop
from kis.staffing.actor import Actor
from kis.staffing.models import AgencySettings, Client
from kis.timesheets.workflow import NotAllowed

_TAKES_BACK = gettext_noop(
    "This takes back hours that were not billed from here, so there is no invoice that a credit note could name. "
    "It comes off the next invoice for new weeks."
)


class NothingToBill(Exception):
    """No bill line of this client waits: somebody was faster, perhaps."""


@dataclasses.dataclass(frozen=True, slots=True)
class Waiting:
    """What a client still has to be billed: bill lines up to `upto`, their cents, and what an invoice lacks."""

    client: Client
    lines: int
    cents: int
    upto: int
    problems: tuple[Problem, ...] = ()


def waiting() -> list[Waiting]:
    """Every client with bill lines of locked runs that stand on no invoice yet, by name; four queries in all."""
    sums = _open().values("timesheet__client").annotate(lines=Count("pk"), cents=Sum("cents"), upto=Max("pk"))
    rows = {row["timesheet__client"]: row for row in sums.order_by()}
    clients = Client.objects.filter(pk__in=rows).select_related("billing_profile").order_by("search", "pk")
    agency, biller = AgencySettings.objects.first(), Biller.objects.first()
    return [
        Waiting(client, row["lines"], row["cents"], row["upto"], tuple(_lacking(client, agency, biller)))
        for client in clients
        for row in (rows[client.pk],)
    ]


def issue(client: Client, *, upto: int, by: Actor, at: dt.datetime) -> list[Invoice]:
    """Bill a client for everything that waits up to the bill line `upto`: for what is new one invoice, and for what
    changes an earlier invoice a document that names it; each for every order number apart.

    All or nothing, and one after the other: numbers have no gaps, and a bill line stands on one document. Nothing is
    made of changes that cancel each other out; they are settled with the invoice that they leave as it is. Raises
    NotAllowed, NothingToBill, or Invalid with everything that is missing. What takes back more of weeks that were
    billed elsewhere than new weeks come to waits until there are more of those.
    """
    _require_agency(by)
    with transaction.atomic():
        biller = Biller.objects.select_for_update().first()  # whoever issues, holds it
        agency = AgencySettings.objects.first()
        client = Client.objects.select_related("billing_profile").get(pk=client.pk)
        problems = list(_lacking(client, agency, biller))
        if problems or agency is None or biller is None:
            raise Invalid(problems)
        documents = _documents(client, upto)
        if not documents:
            raise NothingToBill
        takes_back = [about for about, lines in documents.items() if _takes_back(about, lines)]
        if len(takes_back) == len(documents):
            raise Invalid([Problem("", _TAKES_BACK)])
        made = []
        for about, lines in documents.items():
            if about in takes_back:
                continue
            if not drawing.cancel_out(lines):
                made.append(_issue(client, lines, about, agency=agency, biller=biller, by=by, at=at))
            elif about.corrects:  # no document says that nothing changes: they belong to the one they leave as it is
                _put_on(Invoice.objects.get(number=about.corrects), lines)
        return made


def keep_biller(biller: Biller, *, by: Actor, at: dt.datetime) -> Biller:
    """Keep the agency's particulars for invoices that come. Raises NotAllowed, ValidationError."""
    _require_agency(by)
    biller.pk = 1
    biller.full_clean()
    with transaction.atomic():
        biller.save()
        _record(by, at, "change_biller", "Biller", "1", {"iban": biller.iban, "g_iban": biller.g_iban})
    return biller


def keep_profile(profile: BillingProfile, *, by: Actor, at: dt.datetime) -> BillingProfile:
    """Keep how a client is billed from now on. Raises NotAllowed, ValidationError."""
    _require_agency(by)
    profile.full_clean()
    with transaction.atomic():
        profile.save()
        detail = {"profile": profile.profile, "vat": profile.vat, "term_days": profile.term_days}
        _record(by, at, "change_billing_profile", "Client", str(profile.client_id), detail)
    return profile


def _open() -> QuerySet[BillLine]:
    """Bill lines that stand on no invoice; kilometres without a price are no bill."""
    lines = BillLine.objects.filter(run__state=PayrollRun.State.LOCKED, invoiced__isnull=True)
    return lines.exclude(cents=0)


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class _About:
    """What a document is about. EN 16931 gives one document one invoice it corrects, and one order (BT-13).

    What changes an invoice has its order and its VAT, whatever was agreed since.
    """

    corrects: str  # the number of the invoice on which these weeks stood first; "" where they stood on none
    order: str
    vat: str  # name of a kis.exchange.invoices.Vat


def _documents(client: Client, upto: int) -> dict[_About, list[BillLine]]:
    """The waiting lines by what their document is about."""
    lines = list(
        _open()
        .filter(timesheet__client=client, pk__lte=upto)
        .select_related("timesheet__worker__user", "timesheet__placement", "timesheet__department")
        .order_by("pk")
    )
    weeks = InvoicedLine.objects.filter(line__timesheet__placement__in={line.timesheet.placement_id for line in lines})
    before = {
        (placement, year, week): _About(corrects or number, order, vat)
        for placement, year, week, number, corrects, order, vat in weeks.order_by("pk").values_list(
            "line__timesheet__placement", "line__timesheet__iso_year", "line__timesheet__iso_week",
            "invoice__number", "invoice__corrects", "invoice__order", "invoice__vat",
        )
    }  # fmt: skip
    documents: dict[_About, list[BillLine]] = defaultdict(list)
    for line in lines:
        sheet = line.timesheet
        profile = client.billing_profile
        new = _About("", sheet.placement.purchase_order or profile.order, profile.vat)
        documents[before.get((sheet.placement_id, sheet.iso_year, sheet.iso_week), new)].append(line)
    return dict(sorted(documents.items()))


def _takes_back(about: _About, lines: Iterable[BillLine]) -> bool:
    """Whether money is given back that stood on no invoice of the portal, which a credit note would have to name."""
    return not about.corrects and sum(line.cents for line in lines) < 0


def _issue(
    client: Client,
    lines: list[BillLine],
    about: _About,
    *,
    agency: AgencySettings,
    biller: Biller,
    by: Actor,
    at: dt.datetime,
) -> Invoice:
    today = clock.local(at).date()
    series, _made = InvoiceSeries.objects.get_or_create(year=today.year)
    series.last += 1
    series.save(update_fields=["last"])
    drawn = drawing.invoice_of(
        lines, number=f"{biller.number_prefix}{series.year}-{series.last:05d}", issued=today,
        profile=client.billing_profile, biller=biller, agency=agency, vat=Vat[about.vat],
        corrects=about.corrects, order=about.order,
    )  # fmt: skip
    made = _keep(client, drawn, series, Vat[about.vat], by, at)
    _put_on(made, lines)
    digests = {name: getattr(made, name) for name in ("sha256", "csv_sha256", "pdf_sha256")}
    _record(by, at, "issue_invoice", "Invoice", str(made.pk), {"number": made.number, **digests})
    return made


def _put_on(invoice: Invoice, lines: Iterable[BillLine]) -> None:
    InvoicedLine.objects.bulk_create([InvoicedLine(line=line, invoice=invoice) for line in lines], batch_size=500)


def _keep(
    client: Client, drawn: invoices.Invoice, series: InvoiceSeries, vat: Vat, by: Actor, at: dt.datetime
) -> Invoice:
    profile = Profile(client.billing_profile.profile)
    xml, table = ubl.write(drawn, profile), io.BytesIO()
    bill_lines.to_csv(table, [drawn])
    csv, pdf = table.getvalue(), paper.write(drawn, at=at)
    sums = invoices.totals(drawn)
    return Invoice.objects.create(
        client=client, year=series.year, sequence=series.last, number=drawn.number, issued=drawn.issued, due=drawn.due,
        profile=profile.value, vat=vat.name, corrects=drawn.corrects, order=drawn.order,
        contract=drawn.contract, lines=[drawing.line_json(line) for line in drawn.lines],
        net_cents=sums.net, vat_cents=sums.vat, gross_cents=sums.gross,
        blocked_cents=invoices.g_account_share(drawn),
        xml=xml.decode(), csv=csv.decode(), pdf=pdf, sha256=_digest(xml), csv_sha256=_digest(csv),
        pdf_sha256=_digest(pdf), by_id=by.user_id, by_name=by.name, at=at,
    )  # fmt: skip


def _digest(document: bytes) -> str:
    return hashlib.sha256(document).hexdigest()


def _lacking(client: Client, agency: AgencySettings | None, biller: Biller | None) -> Iterator[Problem]:
    """What has to be told before an invoice can be right; the path says of whom: agency, biller, client, profile."""
    if agency is None or not agency.legal_id or agency.legal_register not in drawing.SCHEMES or not agency.vat_id:
        yield Problem("agency", gettext_noop("The agency's own KvK number or OIN, or its VAT number, is missing."))
    if biller is None:
        yield Problem("biller", gettext_noop("The agency's address and bank account are missing."))
    if not client.legal_id or client.legal_register not in drawing.SCHEMES:
        yield Problem("client", gettext_noop("The client's KvK number or OIN is missing."))
    profile: BillingProfile | None = getattr(client, "billing_profile", None)
    if profile is None:
        yield Problem("profile", gettext_noop("The client's address and reference are missing."))
        return
    if profile.profile == Profile.NLCIUS_G_ACCOUNT.value and biller and not biller.g_iban:
        yield Problem("biller", gettext_noop("The agency's G-account is missing."))
    if profile.vat == Vat.REVERSE_CHARGE.name and not client.vat_id:
        yield Problem("client", gettext_noop("Reverse-charged VAT needs the client's VAT number."))


def _require_agency(by: Actor) -> None:
    if not by.is_agency:
        raise NotAllowed("only the agency bills")


def _record(by: Actor, at: dt.datetime, act: str, kind: str, pk: str, detail: dict[str, object]) -> None:
    audit.record(
        actor_id=by.user_id, actor_name=by.name, party=by.party, act=act, subject_type=kind, subject_id=pk,
        detail=detail, at=at,
    )  # fmt: skip
