"""Housekeeping of the jobs themselves."""

from django_tasks import task

from kis.core import clock
from kis.jobs import operations


@task(priority=-50)
def clear_away() -> int:
    """Delete what nobody asks after any more."""
    return operations.clear_away(at=clock.now())
