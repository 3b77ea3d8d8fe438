"""What a page says after an act, with a way back where there is one.

    notices.say(request, _("Accepted."), undo=Undo(url, _("Undo"), {"version": sheet.version}))

Kept by Django's messages until the next page; how it can be undone travels in the message's tags.
"""

from __future__ import annotations

import dataclasses
import json

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

KINDS = {"": messages.INFO, "good": messages.SUCCESS, "warn": messages.WARNING, "bad": messages.ERROR}
_NAMES = {level: name for name, level in KINDS.items()}


@dataclasses.dataclass(frozen=True, slots=True)
class Undo:
    """The form that takes an act back: where it posts to, what its button says, and its hidden fields."""

    url: str
    label: str
    fields: dict[str, str | int] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class Notice:
    """A sentence, of a kind ("", "good", "warn", "bad")."""

    text: str
    kind: str = ""
    undo: Undo | None = None


def say(request: HttpRequest, text: str, *, kind: str = "good", undo: Undo | None = None) -> None:
    """Say `text` on the next page that is shown."""
    messages.add_message(request, KINDS[kind], text, json.dumps(dataclasses.asdict(undo)) if undo else "")


def read(message: Message) -> Notice:
    """A kept message as the notice it was."""
    kind = _NAMES.get(message.level, "")
    if not (message.extra_tags or "").startswith("{"):
        return Notice(str(message), kind)
    return Notice(str(message), kind, Undo(**json.loads(message.extra_tags)))
