"""The form of a table of codes: what the package wants to know, and a line per component and code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kis.exchange.component_mapping import Measure, Target
from kis.exchange.mappings import DIGITS_ONLY, SETTINGS, Component, missing
from kis.exchange.models import MappingVersion, Package
from kis.payroll.labels import label_words
from kis.web.agency import export_words

_BLANK_LINES = 2
_FIELDS = ("VaD1", "VaD2", "VaD3")  # of an AFAS component
_NUMBERS = {(Package.LOKET, "employer"), (Package.LOKET, "shift"), (Package.AFAS, "period_table")}


def _input(label: Any, *, wide: bool = False, **more: Any) -> forms.CharField:
    widget = forms.TextInput({"class": "input" if wide else "input amount"})
    return forms.CharField(label=label, widget=widget, **more)


def _number(label: Any, **more: Any) -> forms.DecimalField:
    widget = forms.TextInput({"class": "input amount", "inputmode": "decimal"})
    return forms.DecimalField(label=label, required=False, localize=True, widget=widget, **more)


class SettingsForm(forms.Form):
    """What the package wants to know beside the codes."""

    shown = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, package: Package, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in SETTINGS[package]:
            self.fields[name] = forms.RegexField(
                r"^[0-9]+$" if (package, name) in _NUMBERS else r"^[^\r\n]+$",
                label=export_words.SETTINGS[package, name],
                max_length=30,
                widget=forms.TextInput({"class": "input amount"}),
                error_messages={"invalid": gettext_lazy("Digits only.")},
            )


class LineForm(forms.Form):
    """A component and the code it is booked on; without a code the line is left out."""

    component = forms.ChoiceField(
        label=gettext_lazy("Component"), required=False, widget=forms.Select({"class": "select"})
    )
    percentage = _number(gettext_lazy("Only at this percentage"), min_value=0, max_digits=8, decimal_places=2)
    code = _input(gettext_lazy("Code"), required=False, max_length=30)
    measure = forms.ChoiceField(
        label=gettext_lazy("Booked is"),
        choices=list(export_words.MEASURES.items()),
        widget=forms.Select({"class": "select"}),
    )
    factor = _number(
        gettext_lazy("Multiplied by"),
        min_value=Decimal("0.0001"),
        max_digits=9,
        decimal_places=4,
        error_messages={"min_value": gettext_lazy("A number above zero.")},
    )
    field = forms.ChoiceField(
        label=gettext_lazy("Field"),
        required=False,
        choices=[(name, name) for name in _FIELDS],
        widget=forms.Select({"class": "select"}),
    )

    def __init__(self, *args: Any, package: Package, components: Mapping[str, Component], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.package, self.components = package, components
        choices = [("", "-"), *((label, label_words(label)) for label in components)]
        self.fields["component"].choices = choices  # type: ignore[attr-defined]  # it is a ChoiceField
        if package != Package.AFAS:
            del self.fields["field"]
        self.of = components.get(self.initial.get("component", ""))  # a line of the page that has its component

    @property
    def words(self) -> str:
        return label_words(self.of.label) if self.of else ""

    @property
    def percentages(self) -> str:
        """The percentages that occur, as a reader writes them."""
        return ", ".join(f"{each.normalize():f} %" for each in self.of.percentages) if self.of else ""

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip()
        if code and self.package in DIGITS_ONLY and not (code.isascii() and code.isdigit()):
            raise ValidationError(_("Digits only."))
        return code

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        code, component = data.get("code"), self.components.get(data.get("component", ""))
        if code and not component:
            self.add_error("component", _("Choose a component."))
        elif code and component and data.get("measure") not in component.measures:
            self.add_error("measure", _("This component is not counted so."))
        return data

    def target(self) -> Target | None:
        """The line of the table, or none where there is no code."""
        data = self.cleaned_data
        if not data.get("code"):
            return None
        factor = Decimal(1) if data["factor"] is None else data["factor"]
        measure = Measure(data["measure"])
        return Target(data["component"], data["code"], measure, factor, data["percentage"], data.get("field") or "VaD1")


class _Lines(forms.BaseFormSet[LineForm]):
    def clean(self) -> None:
        if any(self.errors):
            return
        targets = self.targets()
        keys = [(each.component, each.percentage, each.code, each.field) for each in targets]
        if len(keys) != len(set(keys)):
            raise ValidationError(_("Two lines book the same component on the same code."))

    def targets(self) -> list[Target]:
        return [target for form in self.forms if (target := form.target())]


class MappingForm:
    """The whole page: settings and lines, what lacks a code on top."""

    def __init__(
        self,
        package: Package,
        version: MappingVersion | None,
        components: Sequence[Component],
        data: Any = None,
    ) -> None:
        table = version.table if version else ()
        self.lacking = missing(components, table)
        known = {component.label: component for component in components}
        known |= {each.component: _unseen(each) for each in table if each.component not in known}
        settings = version.settings if version else {"shift": "1"} if package == Package.LOKET else {}
        shown = {"shown": version.number if version else 0}
        self.settings = SettingsForm(package, data, initial={**settings, **shown})
        initial = [line for component in self.lacking for line in _empty_lines(component, table)]
        initial += map(_line, table)
        of_lines = forms.formset_factory(LineForm, formset=_Lines, extra=_BLANK_LINES, max_num=500, absolute_max=600)
        self.lines: Any = of_lines(
            data, prefix="line", initial=initial, form_kwargs={"package": package, "components": known}
        )

    def is_valid(self) -> bool:
        return all([self.settings.is_valid(), self.lines.is_valid()])

    @property
    def has_errors(self) -> bool:
        return bool(self.settings.errors or self.lines.total_error_count())

    def table(self) -> list[Target]:
        targets: list[Target] = self.lines.targets()
        return targets

    def values(self) -> dict[str, str]:
        return {name: value for name, value in self.settings.cleaned_data.items() if name != "shown"}


def _unseen(target: Target) -> Component:
    """A component of the table that the last runs did not have; its kind shows from how it is booked."""
    kinds = {Measure.HOURS: "time", Measure.QUANTITY: "quantity", Measure.AMOUNT: "expenses"}
    return Component(target.component, kinds[target.measure])


def _empty_lines(component: Component, table: Sequence[Target]) -> list[dict[str, Any]]:
    """A line to fill in for all percentages; or one for each, where the table knows some of them already."""
    partly = any(target.component == component.label for target in table)
    line = {"component": component.label, "measure": component.measures[0], "factor": 1}
    return [{**line, "percentage": each} for each in (component.percentages if partly else (None,))]


def _line(target: Target) -> dict[str, Any]:
    return {
        "component": target.component,
        "percentage": target.percentage,
        "code": target.code,
        "measure": target.measure,
        "factor": target.factor,
        "field": target.field,
    }
