"""Documents that the agency shares, and who has seen them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kis.core.append_only import AppendOnlyModel
from kis.core.models import StoredFile
from kis.staffing.models import Client, Placement, Worker

if TYPE_CHECKING:
    from kis.staffing.actor import Actor


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, actor: Actor) -> Self:
        """All for the agency; for others what is shared with them and not withdrawn.

        A document of a placement is for its worker and for the client's contacts who see that placement.
        """
        if actor.is_agency:
            return self
        shared = self.filter(withdrawn_at__isnull=True)
        placements = Placement.objects.visible_to(actor).values("pk")
        if actor.worker:
            return shared.filter(Q(worker=actor.worker) | Q(placement__in=placements))
        if actor.contact:
            return shared.filter(Q(client=actor.contact.client_id) | Q(placement__in=placements))
        return self.none()


class Document(models.Model):
    """A file shared with one client, one worker, or the two sides of one placement."""

    class Category(models.TextChoices):
        TERMS = "terms", _("Terms of employment")
        INSTRUCTIONS = "instructions", _("Instructions")
        SAFETY = "safety", _("Safety")
        FORMS = "forms", _("Forms")
        OTHER = "other", _("Other")

    title = models.CharField(max_length=120)
    category = models.CharField(max_length=20, choices=Category.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, null=True, blank=True, related_name="documents")
    worker = models.ForeignKey(Worker, models.PROTECT, null=True, blank=True, related_name="documents")
    placement = models.ForeignKey(Placement, models.PROTECT, null=True, blank=True, related_name="documents")
    shared_by_id = models.BigIntegerField(null=True)
    shared_by_name = models.CharField(max_length=150)
    shared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    sending = models.UUIDField(null=True, unique=True, editable=False)  # with which form it came (kis.core.once)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-shared_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(client__isnull=False, worker__isnull=True, placement__isnull=True)
                | Q(client__isnull=True, worker__isnull=False, placement__isnull=True)
                | Q(client__isnull=True, worker__isnull=True, placement__isnull=False),
                name="document_is_shared_with_exactly_one",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shared_with(self) -> Client | Worker | Placement | None:
        return self.client or self.worker or self.placement


class DocumentView(AppendOnlyModel):
    """Somebody downloaded a document."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="views")
    user_id = models.BigIntegerField()
    name = models.CharField(max_length=150)
    party = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.name}"
