"""What arrives twice is kept once: a double click, a page that is loaded again, a form sent again after going back.

Every form that is shown bears a number of its own. What is kept of it bears the sending, unique in its table.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, models, transaction

Kept = TypeVar("Kept", bound=models.Model)


def sending_of(form_id: uuid.UUID | None, *said: object) -> uuid.UUID | None:
    """The name of one sending: of a form, by somebody, with what was said in it; None for a form without a number.

    What was said counts: whoever goes back and sends other words with the same form has something new to say.
    """
    return uuid.uuid5(form_id, json.dumps(said)) if form_id else None


def kept_once(rows: models.QuerySet[Kept], sending: uuid.UUID | None, keep: Callable[[], Kept]) -> Kept:
    """The row that bears the `sending`, or what `keep` makes to bear it; of two at once, one makes it for both."""
    try:
        with transaction.atomic():
            return _found(rows, sending) or keep()
    except IntegrityError:
        if (first := _found(rows, sending)) is None:
            raise
        return first


def _found(rows: models.QuerySet[Kept], sending: uuid.UUID | None) -> Kept | None:
    return rows.filter(sending=sending).first() if sending else None
