"""What an hour is worth, as people type it: on a page and in a spreadsheet alike. All raise ValidationError."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kis.core.money import NotAnAmount, parse_cents
from kis.staffing.models import Placement

MOST_CENTS = 100_000  # an hour; more is a slip of the comma
MOST_FACTOR = Decimal(10)
_FOUR_PLACES = Decimal("0.0001")


def hourly_amount(text: str) -> int:
    """A wage or a tariff per hour, in cents."""
    try:
        amount = parse_cents(text)
    except NotAnAmount as error:
        raise ValidationError(_("This is not an amount. Write it as 16,50.")) from error
    if amount > MOST_CENTS:
        raise ValidationError(_("This is more than 1,000 euros an hour. Check the amount."))
    return amount


def factor(text: str) -> Decimal:
    """What the wage is multiplied by to make the tariff."""
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation as error:
        raise ValidationError(_("This is not a factor. Write it as 1,85.")) from error
    if not (number.is_finite() and 0 < number <= MOST_FACTOR):
        raise ValidationError(_("A factor lies between 0 and 10."))
    if number != number.quantize(_FOUR_PLACES):
        raise ValidationError(_("A factor has at most four decimals."))
    return number


def factor_text(number: Decimal) -> str:
    """1.8500 as `1,85`; `factor` reads it back."""
    return f"{number.normalize():f}".replace(".", ",")


def running_day(placement: Placement, day: dt.date) -> dt.date:
    """A day on which the job runs."""
    if day < placement.start or (placement.end and day > placement.end):
        raise ValidationError(_("The job does not run on this day."))
    return day
