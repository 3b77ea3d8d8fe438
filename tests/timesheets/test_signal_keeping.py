"""Signals stay as they should be whatever is done to which week, and say who has acknowledged them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import threading
from collections.abc import Callable, Iterable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kis.core import clock
from kis.core.append_only import AppendOnly
from kis.core.weeks import Week
from kis.staffing import operations as staffing
from kis.staffing.actor import SYSTEM, Actor
from kis.staffing.models import Placement
from kis.staffing.parties import Party
from kis.timesheets import gathering, operations
from kis.timesheets.hours import Break, Day, Hours, Shift
from kis.timesheets.models import Acknowledgement, Timesheet
from kis.timesheets.signal_keeping import Gone, WordsNeeded, acknowledge, refresh_worker, shown_to
from kis.timesheets.signals import Signal
from kis.timesheets.workflow import NotAllowed, State
from tests.support import people, walk

pytestmark = pytest.mark.django_db
AT = clock.at(people.WEEK.next.monday, 9 * 60)


def ana() -> Actor:
    return people.actor(people.ana())


def carla() -> Actor:
    return people.actor(people.carla())


def esra() -> Actor:
    return people.actor(people.esra())


def day(start: int, end: int, pause: int = 0) -> Day:
    return Day((Shift(start * 60, end * 60, (Break(pause),) if pause else ()),))


def week(*days: Day, of: Week = people.WEEK) -> Hours:
    return Hours(of, days + (Day(),) * (7 - len(days)))


LONG_DAYS = week(*[day(7, 18, pause=60)] * 5)
EVENINGS = week(*[day(19, 22)] * 5)


def here(**values: object) -> Timesheet:
    """Ana's week at the bakery, without a usual one."""
    job = Placement.objects.filter(worker=people.ana(), client=people.bakery()).first()
    return people.sheet(job or people.placement(people.ana(), pattern=[], **values))


def there() -> Timesheet:
    """Ana's week at the transport firm."""
    job = Placement.objects.filter(worker=people.ana(), client=people.transport()).first()
    return people.sheet(job or people.placement(people.ana(), people.transport(), pattern=[]))


def codes(sheet: Timesheet) -> set[str]:
    """Of the signals as they are stored."""
    stored = Timesheet.objects.get(pk=sheet.pk).signals
    return {Signal.from_json(signal).code for signal in stored}


def key_of(sheet: Timesheet, party: Party, code: str) -> str:
    return next(signal.key for signal in shown_to(sheet, party) if signal.code == code)


def with_missing_break() -> Timesheet:
    """Handed in with a day without a break."""
    return walk.to(here(), State.SUBMITTED, hours=week(day(8, 16)))


# Keeping.


def test_what_is_typed_is_held_against_other_drafts_and_what_is_handed_in_only_against_the_same() -> None:
    bakery, transport = here(), there()
    operations.save_draft(bakery, hours=LONG_DAYS, version=1, by=ana(), at=AT)
    operations.save_draft(transport, hours=EVENINGS, version=1, by=ana(), at=AT)
    assert "W02" in codes(bakery), "the draft that was there first hears of it too"
    assert "W02" in codes(transport)
    bakery.refresh_from_db()
    operations.submit(bakery, hours=LONG_DAYS, version=2, by=ana(), at=AT)
    assert "W02" not in codes(bakery), "nobody but Ana reads what she is still typing elsewhere"
    transport.refresh_from_db()
    operations.submit(transport, hours=EVENINGS, version=2, by=ana(), at=AT)
    assert {"W02"} <= codes(bakery) & codes(transport)


def test_a_week_that_is_taken_back_no_longer_counts_for_the_others() -> None:
    bakery = walk.to(here(), State.SUBMITTED, hours=LONG_DAYS)
    transport = walk.to(there(), State.SUBMITTED, hours=EVENINGS)
    assert "W02" in codes(bakery)
    operations.withdraw(transport, version=transport.version, by=ana(), at=AT)
    assert "W02" not in codes(bakery)


def test_a_week_that_is_refused_no_longer_counts_for_the_others() -> None:
    bakery = walk.to(here(), State.SUBMITTED, hours=LONG_DAYS)
    walk.to(there(), State.REFUSED, hours=EVENINGS)
    assert "W02" not in codes(bakery)


def test_the_next_week_changes_what_is_said_of_the_one_before() -> None:
    before = walk.to(people.sheet(here().placement, people.WEEK.previous), State.SUBMITTED,
                     hours=week(*[Day()] * 6, day(15, 22, pause=30), of=people.WEEK.previous))  # fmt: skip
    assert "W05.once" not in codes(before)
    walk.to(here(), State.SUBMITTED, hours=week(day(6, 10)))
    assert "W05.once" in codes(before)


def test_keeping_signals_leaves_versions_and_what_is_approved_alone() -> None:
    bakery = walk.to(here(), State.APPROVED, hours=LONG_DAYS)
    waiting = walk.to(people.sheet(people.placement(people.ana(), people.transport(), pattern=[])), State.SUBMITTED,
                      hours=EVENINGS)  # fmt: skip
    assert "W02" in codes(waiting)
    assert "W02" not in codes(bakery)
    assert Timesheet.objects.get(pk=bakery.pk).version == bakery.version


def test_a_change_of_terms_is_seen_when_it_is_asked_for() -> None:
    sheet = with_missing_break()
    assert "W07" in codes(sheet)
    staffing.change_placement(sheet.placement, working_time_profile="driver", by=SYSTEM, at=AT)
    refresh_worker(sheet.worker_id, sheet.week)
    assert "W07" not in codes(sheet)


def test_nothing_is_written_where_nothing_has_changed() -> None:
    sheet = with_missing_break()
    with CaptureQueriesContext(connection) as captured:
        assert refresh_worker(sheet.worker_id, sheet.week) == {}
    assert [query["sql"].split()[0] for query in captured.captured_queries] == ["SELECT"] * 3


def test_a_draft_is_kept_in_a_handful_of_queries() -> None:
    sheet, _ = here(), there()
    for weeks_ago in range(1, 9):
        walk.to(people.sheet(sheet.placement, people.WEEK + -weeks_ago), State.SUBMITTED)
    by = ana()
    with CaptureQueriesContext(connection) as captured:
        operations.save_draft(sheet, hours=people.hours(), version=1, by=by, at=AT)
    assert len(captured) <= 5, [query["sql"][:80] for query in captured.captured_queries]


def test_a_week_handed_in_elsewhere_at_the_same_moment_is_seen_by_both(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other week is handed in after this one's signals were worked out, and before it is written."""
    bakery, transport = here(), there()
    worked_out = gathering.columns_if_handed_in

    def meanwhile(sheet: Timesheet, hours: Hours) -> dict[str, object]:
        columns = worked_out(sheet, hours)
        monkeypatch.setattr(gathering, "columns_if_handed_in", worked_out)
        operations.submit(transport, hours=EVENINGS, version=1, by=ana(), at=AT)
        return columns

    monkeypatch.setattr(gathering, "columns_if_handed_in", meanwhile)
    operations.submit(bakery, hours=LONG_DAYS, version=1, by=ana(), at=AT)
    assert "W02" in codes(bakery)
    assert "W02" in codes(transport)


# What the columns count.


def test_each_party_counts_what_it_sees() -> None:
    bakery = walk.to(here(), State.SUBMITTED, hours=week(day(8, 16), day(8, 11)))
    walk.to(there(), State.SUBMITTED, hours=week(Day(), day(10, 12)))
    bakery.refresh_from_db()
    assert codes(bakery) == {"W07", "overlap_elsewhere"}
    assert (bakery.signal_count, bakery.agency_signal_count) == (1, 2)
    assert bakery.finding_level == 1


def test_work_on_sunday_alone_asks_for_no_look() -> None:
    sheet = walk.to(here(), State.SUBMITTED, hours=week(*[Day()] * 6, day(10, 14)))
    assert codes(sheet) == {"W10"}
    assert (sheet.signal_count, sheet.agency_signal_count, sheet.finding_level) == (0, 0, 0)


# What a client sees.


def test_a_client_is_told_that_the_week_is_too_long_and_nothing_of_the_hours_elsewhere() -> None:
    bakery = walk.to(here(), State.SUBMITTED, hours=LONG_DAYS)
    walk.to(there(), State.SUBMITTED, hours=EVENINGS)
    bakery.refresh_from_db()
    assert Signal("W02", None, {}, shown_to(bakery, Party.CLIENT)[-1].level, shared=True) in shown_to(
        bakery, Party.CLIENT
    )
    assert all(not signal.figures for signal in shown_to(bakery, Party.CLIENT) if signal.shared)


def test_a_client_is_shown_no_signal_of_what_is_being_mended() -> None:
    sheet = walk.to(here(), State.REFUSED, hours=week(day(8, 16)))
    assert shown_to(sheet, Party.WORKER)
    assert shown_to(sheet, Party.CLIENT) == ()


# Acknowledging.


def test_an_acknowledged_signal_no_longer_asks_that_party_for_a_look() -> None:
    sheet = with_missing_break()
    assert (sheet.signal_count, sheet.agency_signal_count) == (1, 1)
    written = acknowledge(
        sheet, key=key_of(sheet, Party.CLIENT, "W07"), reason=" Gewerkt en gegeten tegelijk. ", by=carla(), at=AT
    )
    sheet.refresh_from_db()
    assert (sheet.signal_count, sheet.agency_signal_count, sheet.finding_level) == (0, 1, 1)
    assert (written.party, written.actor_name, written.code, written.date, written.number) == (
        Party.CLIENT, "Carla de Groot", "W07", people.WEEK.monday, sheet.submitted_version
    )  # fmt: skip
    assert written.reason == "Gewerkt en gegeten tegelijk."
    acknowledge(sheet, key=key_of(sheet, Party.AGENCY, "W07"), reason="Besproken.", by=esra(), at=AT)
    sheet.refresh_from_db()
    assert (sheet.signal_count, sheet.agency_signal_count, sheet.finding_level) == (0, 0, 0)


def test_accepting_waits_for_no_acknowledgement() -> None:
    sheet = with_missing_break()
    operations.accept(sheet, version=sheet.version, by=carla(), at=AT)
    operations.approve(sheet, version=sheet.version, by=esra(), at=AT)
    acknowledge(sheet, key=key_of(sheet, Party.AGENCY, "W07"), reason="Achteraf besproken.", by=esra(), at=AT)
    assert Timesheet.objects.get(pk=sheet.pk).finding_level == 0


def test_handed_in_again_the_same_stays_acknowledged_and_what_changed_asks_again() -> None:
    sheet = walk.to(here(), State.SUBMITTED, hours=week(day(8, 16), day(8, 15)))
    for signal in shown_to(sheet, Party.CLIENT):
        acknowledge(sheet, key=signal.key, reason="Zo afgesproken.", by=carla(), at=AT)
    sheet.refresh_from_db()
    operations.refuse(sheet, version=sheet.version, by=carla(), at=AT, reason_code="break_missing")
    operations.submit(sheet, hours=week(day(8, 16), day(8, 14)), version=sheet.version, by=ana(), at=AT)
    assert sheet.signal_count == 1, "Tuesday's work is shorter now; Monday is as it was"


def test_only_the_client_and_the_agency_acknowledge_what_they_may_see() -> None:
    sheet = with_missing_break()
    key = key_of(sheet, Party.AGENCY, "W07")
    for somebody in (ana(), SYSTEM, people.actor(people.dirk())):
        with pytest.raises(NotAllowed):
            acknowledge(sheet, key=key, reason="Zomaar.", by=somebody, at=AT)
    assert not Acknowledgement.objects.exists()


def test_a_reason_is_needed() -> None:
    sheet = with_missing_break()
    with pytest.raises(WordsNeeded):
        acknowledge(sheet, key=key_of(sheet, Party.CLIENT, "W07"), reason="  ", by=carla(), at=AT)


def test_what_is_not_there_any_more_or_is_no_business_of_the_party_cannot_be_acknowledged() -> None:
    bakery = walk.to(here(), State.SUBMITTED, hours=week(day(8, 12)))
    walk.to(there(), State.SUBMITTED, hours=week(day(10, 13)))
    bakery.refresh_from_db()
    (overlap,) = shown_to(bakery, Party.AGENCY)
    for key in (overlap.key, "0" * 32):
        with pytest.raises(Gone):
            acknowledge(bakery, key=key, reason="Gezien.", by=carla(), at=AT)


@pytest.mark.parametrize("person", [people.carla, people.esra])
def test_a_draft_has_nothing_to_acknowledge(person: Callable[[], people.Person]) -> None:
    sheet = walk.to(here(), State.REFUSED, hours=week(day(8, 16)))
    with pytest.raises(Gone):
        acknowledge(sheet, key=key_of(sheet, Party.AGENCY, "W07"), reason="Gezien.", by=people.actor(person()), at=AT)


def test_acknowledged_twice_the_first_one_counts() -> None:
    sheet = with_missing_break()
    key = key_of(sheet, Party.CLIENT, "W07")
    first = acknowledge(sheet, key=key, reason="Eerst.", by=carla(), at=AT)
    again = acknowledge(sheet, key=key, reason="Daarna.", by=carla(), at=AT + dt.timedelta(minutes=1))
    assert again == first
    assert Acknowledgement.objects.get().reason == "Eerst."


def test_an_acknowledgement_is_never_changed_nor_taken_away() -> None:
    sheet = with_missing_break()
    written = acknowledge(sheet, key=key_of(sheet, Party.CLIENT, "W07"), reason="Gezien.", by=carla(), at=AT)
    written.reason = "Anders."
    with pytest.raises(AppendOnly):
        written.save()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM timesheets_acknowledgement")


# At once.


def at_once(*acts: Callable[[], object]) -> None:
    """All of these at the same moment, each on a connection of its own."""
    barrier = threading.Barrier(len(acts))
    wrong: list[BaseException] = []

    def run(act: Callable[[], object]) -> None:
        try:
            barrier.wait(timeout=10)
            act()
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.django_db(transaction=True)
def test_two_weeks_handed_in_at_once_both_know_of_each_other_every_time() -> None:
    jobs, by = (here().placement, there().placement), ana()
    for n in range(11, 0, -1):
        sheets = [people.sheet(job, people.WEEK + -n) for job in jobs]
        pairs = zip(sheets, (LONG_DAYS, EVENINGS), strict=True)
        at_once(*[_hand_in(sheet, hours, by) for sheet, hours in pairs])
        assert [("W02" in codes(sheet)) for sheet in sheets] == [True, True], f"round {n}"


@pytest.mark.django_db(transaction=True)
def test_two_who_acknowledge_at_once_leave_nothing_uncounted() -> None:
    by = carla()
    for n in range(11, 0, -1):
        sheet = walk.to(people.sheet(here().placement, people.WEEK + -n), State.SUBMITTED,
                        hours=dataclasses.replace(week(day(8, 16), day(8, 15)), week=people.WEEK + -n))  # fmt: skip
        keys = [signal.key for signal in shown_to(sheet, Party.CLIENT)]
        assert len(keys) == 2
        at_once(*[_acknowledge(sheet.pk, key, by) for key in _twice(keys)])
        assert Timesheet.objects.get(pk=sheet.pk).signal_count == 0, f"round {n}"
        assert Acknowledgement.objects.filter(timesheet=sheet).count() == 2


def _twice(keys: Iterable[str]) -> list[str]:
    return [key for key in keys for _ in range(2)]


def _hand_in(sheet: Timesheet, hours: Hours, by: Actor) -> Callable[[], object]:
    return lambda: operations.submit(sheet, hours=dataclasses.replace(hours, week=sheet.week), version=1, by=by, at=AT)


def _acknowledge(pk: int, key: str, by: Actor) -> Callable[[], object]:
    sheet = Timesheet.objects.with_people().get(pk=pk)
    return lambda: acknowledge(sheet, key=key, reason="Gezien.", by=by, at=AT)


def test_what_is_read_of_a_timesheet_is_what_is_written() -> None:
    assert set(gathering.COLUMNS) == gathering.columns_of((), {}).keys()
