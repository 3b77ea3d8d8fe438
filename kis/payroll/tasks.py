"""Payroll work that takes longer than a page may."""

from django_tasks import task

from kis.core import clock
from kis.jobs import progress


@task()
def carry_out_run(run_id: int) -> None:
    """Carry out a started run; started again after a crash, it goes on where it was."""
    from kis.payroll import operations

    operations.carry_out(run_id, clock=clock.now, report=progress.report)


@task()
def make_forecast(forecast_id: int) -> None:
    """Work out what a run would come to."""
    from kis.payroll import forecast

    forecast.carry_out(forecast_id)


@task()
def look_at_paid_weeks(recheck_id: int) -> None:
    """Find the paid weeks that come to something else by now."""
    from kis.payroll import recheck

    recheck.carry_out(recheck_id, clock=clock.now)
