"""What comes in with the form of a timesheet: the fields, the version it showed, and what was asked to be done."""

from __future__ import annotations

import dataclasses
import re
import uuid
from collections.abc import Callable
from typing import Any

from django.http import QueryDict

from kis.core import clock, files
from kis.core.models import StoredFile
from kis.timesheets.hours import Day
from kis.timesheets.models import Timesheet
from kis.timesheets.workflow import EDITABLE
from kis.web.access import ActorRequest
from kis.web.chosen import version_shown
from kis.web.week import week_fill
from kis.web.week.sheet_form import fields_kept
from kis.web.week.week_form import expense_numbers, fields_in, shift_numbers

_FILE = re.compile(r"expenses\.(\d{1,2})\.file")
MAX_ROWS = 20


@dataclasses.dataclass(slots=True)
class Posted:
    """A form as it came in. `do` is the button pressed, empty for a draft that saves itself."""

    fields: dict[str, str]
    version: int
    page: str
    do: str
    new: str = ""  # the place of a row just added
    refused: dict[str, str] = dataclasses.field(default_factory=dict)  # what is the matter with a file, by field

    @property
    def saves_itself(self) -> bool:
        return not self.do


def posted_form(request: ActorRequest, sheet: Timesheet) -> Posted:
    """The form in a request, with its files taken in and the asked row added or taken away."""
    fields = fields_in(request.POST.dict())
    posted = Posted(
        fields=_known_receipts(fields, sheet, request.user.pk),
        version=_version(request.POST, sheet, version_shown(request)),
        page=request.POST.get("page", "")[:20],
        do=request.POST.get("do", "save"),
    )
    if not posted.saves_itself:
        _take_files(request, posted)
        rearrange(posted, sheet)
    return posted


def typed_of(posted: Posted, errors: dict[str, str]) -> dict[str, Any]:
    """What is kept beside the hours: which page wrote last, and all that was typed where some cannot be read."""
    return {"page": posted.page, "fields": posted.fields if errors else {}}


def _version(post: QueryDict, sheet: Timesheet, shown: int) -> int:
    """The version the reader knows.

    `over` is the newer one, when the reader was told of it and saves on purpose. A page whose own draft was the
    last thing written knows it too: only the answer got lost.
    """
    over = post.get("over", "")
    if over.isdecimal() and len(over) < 10:
        return int(over)
    page, typed = post.get("page"), sheet.typed or {}
    wrote_last = bool(page) and typed.get("page") == page and sheet.state in EDITABLE
    return sheet.version if wrote_last else shown


def _known_receipts(fields: dict[str, str], sheet: Timesheet, user_id: int) -> dict[str, str]:
    """Only receipts that the week has, or that this reader has sent in: another file's id opens nothing."""
    names = {name: text for name, text in fields.items() if name.endswith(".receipt") and text}
    known = {text for name, text in fields_kept(sheet).items() if name in names} & set(names.values())
    ids = [text for text in names.values() if text not in known and _is_id(text)]
    if ids:
        own = StoredFile.objects.filter(pk__in=ids, uploaded_by_id=user_id)
        known |= {str(pk) for pk in own.values_list("pk", flat=True)}
    return {name: text for name, text in fields.items() if name not in names or text in known}


def _take_files(request: ActorRequest, posted: Posted) -> None:
    """Keep the receipts that came along; one that cannot be used is told at its field."""
    for name in request.FILES:
        found = _FILE.fullmatch(name)
        upload = request.FILES.get(name)
        if not found or upload is None:
            continue
        field = f"expenses.{int(found[1])}.receipt"
        try:
            stored = files.accept(upload, by_id=request.user.pk, at=clock.now(), kinds=files.RECEIPTS)
            posted.fields[field] = str(stored.pk)
        except files.FileRefused as error:
            posted.refused[field] = str(error)


def rearrange(posted: Posted, sheet: Timesheet) -> None:
    """Add or take away a row, or fill days, as the pressed button says."""
    what, _, where = posted.do.partition(":")
    if what == "shift" and where in set("0123456"):
        number = max(shift_numbers(posted.fields, int(where)), default=0) + 1
        if number < MAX_ROWS:
            posted.new = f"days.{where}.shifts.{number}"
            posted.fields = week_fill.add_shift(posted.fields, int(where), number)
    elif what == "expense":
        number = max(expense_numbers(posted.fields), default=-1) + 1
        if number < MAX_ROWS:
            posted.new = f"expenses.{number}"
            posted.fields = {**posted.fields, f"{posted.new}.what": ""}
    elif what == "drop":
        posted.fields = week_fill.without(posted.fields, where)
    elif what == "work":
        posted.fields = week_fill.with_work(posted.fields)
    elif what in _FILLS:
        posted.fields = week_fill.fill(posted.fields, _FILLS[what](sheet))


def _as_last_week(sheet: Timesheet) -> tuple[Day, ...]:
    before = last_week(sheet)
    return week_fill.days_as_before(sheet.placement, sheet.week, before.hours) if before else ()


def last_week(sheet: Timesheet) -> Timesheet | None:
    """The week before at the same placement, if it has hours to copy."""
    found = Timesheet.objects.newest().of_week(sheet.week.previous).filter(placement=sheet.placement_id, minutes__gt=0)
    return found.first()


_FILLS: dict[str, Callable[[Timesheet], tuple[Day, ...]]] = {
    "previous": _as_last_week,
    "usual": lambda sheet: week_fill.usual_days(sheet.placement, sheet.week),
    "nothing": lambda sheet: week_fill.NOT_WORKED,
}


def _is_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
