"""Work on files that takes longer than a page may."""

from django_tasks import task

from kis.core import clock


@task()
def make_export(order_id: int) -> None:
    """Make the file that was ordered; started again after a crash, it begins anew and makes the same one."""
    from kis.exchange import exports

    exports.carry_out(order_id, clock=clock.now)
