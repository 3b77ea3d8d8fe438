"""What stands on invoices: the agency's and the clients' particulars, numbers without gaps, and the invoices."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Self

import stdnum.iban
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from kis.core.append_only import AppendOnlyModel, AppendOnlyQuerySet
from kis.exchange.invoices import Profile, Vat
from kis.payroll.models import BillLine
from kis.staffing.models import Client

if TYPE_CHECKING:
    from kis.staffing.actor import Actor


DOCUMENTS = ("xml", "csv", "pdf")  # of an invoice, as they were issued


class Altered(Exception):
    """A document is not what was issued any more."""


class _Address(models.Model):
    street = models.CharField(max_length=120)
    postcode = models.CharField(max_length=12)
    city = models.CharField(max_length=80)

    class Meta:
        abstract = True


class Biller(_Address):
    """The agency as it stands on its invoices: one row, `pk` 1. Name, registers and telephone stand in its settings."""

    iban = models.CharField(max_length=34)
    g_iban = models.CharField(max_length=34, blank=True)  # the blocked account, for taxes
    number_prefix = models.CharField(max_length=10, blank=True)  # of the numbers

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="biller_has_one_row")]

    def __str__(self) -> str:
        return self.iban

    def clean(self) -> None:
        """Raises ValidationError for a bank account that cannot be."""
        super().clean()
        wrong = {}
        for name in ("iban", "g_iban"):
            text = getattr(self, name).replace(" ", "").upper()
            setattr(self, name, text)
            if text and not stdnum.iban.is_valid(text):
                wrong[name] = _("This is no valid IBAN.")
        if wrong:
            raise ValidationError(wrong)


class BillingProfile(_Address):
    """How a client wants its invoices. Its name and its numbers in registers stand with the client."""

    client = models.OneToOneField(Client, models.PROTECT, related_name="billing_profile")
    profile = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Profile],
                               default=Profile.NLCIUS.value)  # fmt: skip
    vat = models.CharField(max_length=20, choices=[(each.name, each.name) for each in Vat], default=Vat.STANDARD.name)
    reference = models.CharField(max_length=60, blank=True)
    order = models.CharField(max_length=60, blank=True)  # for jobs that have no order number of their own
    contract = models.CharField(max_length=60, blank=True)
    term_days = models.PositiveSmallIntegerField(default=14, validators=[MaxValueValidator(120)])
    g_percentage = models.DecimalField(max_digits=4, decimal_places=1, default=Decimal(25))

    def __str__(self) -> str:
        return f"{self.client_id} {self.profile}"

    def clean(self) -> None:
        """Raises ValidationError where an invoice could never be right."""
        super().clean()
        wrong = {}
        if not self.reference.strip() and not self.order.strip():
            wrong["reference"] = _("The client's reference or the order number is needed.")
        if self.g_percentage is not None and not 0 < self.g_percentage < 100:
            wrong["g_percentage"] = _("The share of the G-account lies between 0 and 100.")
        if wrong:
            raise ValidationError(wrong)


class InvoiceSeries(models.Model):
    """The last number that was given out in a year: locked while an invoice is issued, so that there is no gap."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class InvoiceQuerySet(AppendOnlyQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """Invoices are the agency's; clients get them as documents."""
        return self if actor.is_agency else self.none()


class Invoice(AppendOnlyModel):
    """An issued invoice or credit note, as it was sent: the data of `kis.exchange.invoices` and the document itself."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="invoices")
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=30, unique=True)
    issued = models.DateField()
    due = models.DateField()
    profile = models.CharField(max_length=20)
    vat = models.CharField(max_length=20)  # name of a kis.exchange.invoices.Vat
    corrects = models.CharField(max_length=30, blank=True)
    order = models.CharField(max_length=60, blank=True)
    contract = models.CharField(max_length=60, blank=True)
    lines = models.JSONField()  # as `kis.billing.drawing.line_json` writes them
    net_cents = models.BigIntegerField()
    vat_cents = models.BigIntegerField()
    gross_cents = models.BigIntegerField()
    blocked_cents = models.BigIntegerField(default=0)  # to be paid on the G-account
    xml = models.TextField()
    csv = models.TextField()
    pdf = models.BinaryField(default=b"")  # for people; an invoice of before there were papers has none
    sha256 = models.CharField(max_length=64)  # of the XML
    csv_sha256 = models.CharField(max_length=64, blank=True)  # an invoice of before there were these has none
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    objects: ClassVar[Any] = InvoiceQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["year", "sequence"], name="invoice_once_per_sequence")]

    def __str__(self) -> str:
        return self.number

    def file(self, kind: str) -> bytes:
        """One of the `DOCUMENTS` as it was made; empty where there is none. Raises Altered."""
        content = getattr(self, kind)
        data = content.encode() if isinstance(content, str) else bytes(content)
        known = {"xml": self.sha256, "csv": self.csv_sha256, "pdf": self.pdf_sha256}[kind]
        if known and hashlib.sha256(data).hexdigest() != known:
            raise Altered(self.number, kind)
        return data


class InvoicedLine(AppendOnlyModel):
    """A bill line stands on one invoice: the database says so."""

    line = models.OneToOneField(BillLine, models.PROTECT, related_name="invoiced")
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="invoiced")

    def __str__(self) -> str:
        return f"{self.invoice_id}: {self.line_id}"
