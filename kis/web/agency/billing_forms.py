"""Forms for what stands on invoices: the agency's particulars, and how a client is billed."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy

from kis.billing.models import Biller, BillingProfile
from kis.exchange.invoices import Profile, Unit, Vat

PROFILES = {
    Profile.NLCIUS.value: gettext_lazy("NLCIUS, the usual one in the Netherlands"),
    Profile.NLCIUS_G_ACCOUNT.value: gettext_lazy("NLCIUS with a G-account"),
    Profile.PEPPOL_BIS_3.value: "Peppol BIS 3",
    Profile.SETU_2_2.value: "SETU 2.2",
}
VAT = {
    Vat.STANDARD.name: gettext_lazy("21 %"),
    Vat.REVERSE_CHARGE.name: gettext_lazy("Reverse-charged to the client"),
}
UNITS = {
    Unit.HOUR: gettext_lazy("hours"),
    Unit.PIECE: "",
    Unit.KILOMETRE: "km",
    Unit.DAY: gettext_lazy("days"),
}
_ADDRESS = {
    "street": gettext_lazy("Street and number"),
    "postcode": gettext_lazy("Postcode"),
    "city": gettext_lazy("City"),
}


class _Plain(forms.ModelForm):  # type: ignore[type-arg]  # ModelForm cannot be subscripted at run time
    """Fields in the portal's dress."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "select" if isinstance(field.widget, forms.Select) else "input"


class BillerForm(_Plain):
    number_prefix = forms.CharField(
        label=gettext_lazy("Numbers begin with"),
        required=False,
        max_length=10,
        help_text=gettext_lazy("For example KIS-, for KIS-2026-00001. Numbers follow each other without gaps."),
        validators=[RegexValidator(r"^[A-Za-z0-9-]*$", gettext_lazy("Letters, digits and dashes only."))],
    )

    class Meta:
        model = Biller
        fields = ("street", "postcode", "city", "iban", "g_iban", "number_prefix")
        labels: ClassVar[dict[str, Any]] = {
            **_ADDRESS,
            "iban": "IBAN",
            "g_iban": gettext_lazy("IBAN of the G-account"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "g_iban": gettext_lazy("The blocked account for taxes. Empty if the agency has none.")
        }


class BillingProfileForm(_Plain):
    profile = forms.ChoiceField(
        label=gettext_lazy("Kind of invoice"),
        choices=list(PROFILES.items()),
        help_text=gettext_lazy("The agreement that the client's system keeps to; ask the client."),
    )
    vat = forms.ChoiceField(label=gettext_lazy("VAT"), choices=list(VAT.items()))

    class Meta:
        model = BillingProfile
        fields = (
            "street",
            "postcode",
            "city",
            "reference",
            "order",
            "contract",
            "profile",
            "vat",
            "g_percentage",
            "term_days",
        )
        labels: ClassVar[dict[str, Any]] = {
            **_ADDRESS,
            "reference": gettext_lazy("The client's reference"),
            "order": gettext_lazy("Order number"),
            "contract": gettext_lazy("Contract number"),
            "g_percentage": gettext_lazy("Part for the G-account, in per cent"),
            "term_days": gettext_lazy("Days to pay"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "reference": gettext_lazy("What the client wants to see on every invoice. This or an order number."),
            "order": gettext_lazy("For jobs that have no order number of their own."),
            "g_percentage": gettext_lazy(
                "Only counts for a G-account: usually 25, or 20 where VAT is reverse-charged."
            ),
        }
        localized_fields = ("g_percentage",)
