"""Going through what waits for a contact: the timesheet, the next one, and the way back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from kis.staffing.actor import Actor
from kis.timesheets.models import Timesheet, TimesheetQuerySet
from kis.web.access import ActorRequest


def review_queue(actor: Actor) -> TimesheetQuerySet:
    """What waits for this contact, oldest week first, in the order in which it is worked through."""
    queue = Timesheet.objects.visible_to(actor).awaiting_client()
    return queue.order_by("iso_year", "iso_week", "worker__search", "pk")


def sheet_for(request: ActorRequest, pk: int) -> Timesheet:
    """A timesheet that this contact may see; any other is not there."""
    return get_object_or_404(Timesheet.objects.visible_to(request.actor).with_people(), pk=pk)


def queue_of(request: ActorRequest) -> list[int]:
    """The first thousand of the queue, as ids."""
    return list(review_queue(request.actor).values_list("pk", flat=True)[:1000])


def after(request: ActorRequest, sheet: Timesheet) -> int | None:
    """Who comes after this one: the next in the queue, else the first that is left."""
    queue = queue_of(request)
    if sheet.pk in queue:
        place = queue.index(sheet.pk)
        queue = queue[place + 1 :] + queue[:place]
    return queue[0] if queue else None


def on_to(following: int | None, undo: int | None = None) -> HttpResponse:
    """To the next week, or to the table when none is left; with an offer to undo."""
    address = reverse("client:timesheet_review", args=[following]) if following else reverse("client:status")
    return redirect(f"{address}?undo={undo}" if undo else address)
