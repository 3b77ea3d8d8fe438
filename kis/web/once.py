"""A form that counts once, however often it arrives."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms


class _FormId(forms.UUIDField):
    """A number that is no number is none: the form works without, only not once."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError:
            return None


class OnceForm(forms.Form):
    """A form whose page gave it a number, hidden in `form_id`; the operation that keeps it takes that along."""

    form_id = _FormId(required=False, initial=uuid.uuid4, widget=forms.HiddenInput({"autocomplete": "off"}))
