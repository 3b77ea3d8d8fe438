"""Every address of the portal, asked for by everybody: who gets a page, and for whom it is not there.

The rows are held against the URL tree: an address that stands in no row fails the first test.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings

from kis.core import files
from kis.documents import operations as documents
from kis.exchange import exports, mappings
from kis.exchange.models import Export, ExportOrder
from kis.mailbox import operations as mailbox
from kis.mailbox.models import Attachment
from kis.payroll import agreements, forecast, recalculation, recheck
from kis.payroll import operations as payroll
from kis.payroll.models import PayrollRun, Recheck
from kis.post.models import OutboxMail
from kis.staffing.actor import Actor
from kis.timesheets.hours import Expense
from kis.timesheets.models import Step, Submission, Timesheet
from kis.timesheets.workflow import State
from tests.accounts import users
from tests.billing import billed
from tests.support import people, walk
from tests.support.time import Freeze

# The sheet, the job, the receipt, the document and the thread are Ana's at the bakery; Carla takes part in the thread.
# 405: theirs to open, but only by a form. 302 for nobody: to the log-in page.
ROLES = ("nobody", "ana", "bram", "carla", "dirk", "esra", "finn")
#                                             nobody ana bram carla dirk esra finn
MATRIX = {
    "home":                                  "200   302  302  302   302  302  302",
    "help":                                  "200   200  200  200   200  200  200",
    "help_of client":                        "200   200  200  200   200  200  200",
    "health":                                "503   503  503  503   503  503  503",  # no background worker here
    "accent 210":                            "200   200  200  200   200  200  200",
    "accent 360":                            "404   404  404  404   404  404  404",
    "theme":                                 "405   405  405  405   405  405  405",
    "components":                            "404   404  404  404   404  404  404",  # in demo mode only
    "demo_mails":                            "404   404  404  404   404  404  404",
    "demo_mail mail":                        "404   404  404  404   404  404  404",
    "demo_mail_html mail":                   "404   404  404  404   404  404  404",
    "account:account":                       "302   200  200  200   200  200  200",
    "account:activate token":                "200   200  200  200   200  200  200",
    "account:activate unknown":              "404   404  404  404   404  404  404",
    "account:renew token":                   "405   405  405  405   405  405  405",
    "account:forgot":                        "200   200  200  200   200  200  200",
    "account:link_sent":                     "200   200  200  200   200  200  200",
    "account:password_change":               "302   200  200  200   200  200  200",
    "account:language":                      "405   405  405  405   405  405  405",
    "account:sign_out":                      "405   405  405  405   405  405  405",
    "account:sign_out_everywhere":           "302   405  405  405   405  405  405",
    "worker:week_current":                   "302   302  302  404   404  404  404",
    "worker:week 2026-W48":                  "302   200  200  404   404  404  404",
    "worker:sheet_draft sheet":              "302   405  405  404   404  404  404",
    "worker:sheet_submit sheet":             "302   405  405  404   404  404  404",
    "worker:sheet_withdraw sheet":           "302   405  405  404   404  404  404",
    "worker:sheet_agree sheet":              "302   405  405  404   404  404  404",
    "worker:sheet sheet":                    "302   302  404  404   404  404  404",
    "worker:sheet corrected":                "302   200  404  404   404  404  404",
    "worker:sheet_correct sheet":            "302   405  405  404   404  404  404",
    "worker:sheet_drop sheet":               "302   405  405  404   404  404  404",
    "worker:sheet_receipt sheet receipt":    "302   200  404  404   404  404  404",
    "worker:history":                        "302   200  200  404   404  404  404",
    "client:status":                         "302   404  404  200   200  404  404",
    "client:list 2026-W48 intermediate":     "302   404  404  200   200  404  404",
    "client:accept_many":                    "302   404  404  405   405  404  404",
    "client:timesheet_review sheet":         "302   404  404  200   404  404  404",
    "client:timesheet_receipt sheet receipt": "302 404 404  200   404  404  404",
    "client:timesheet_accept sheet":         "302   404  404  405   405  404  404",
    "client:timesheet_refuse sheet":         "302   404  404  405   405  404  404",
    "client:timesheet_propose sheet":        "302   404  404  200   404  404  404",
    "client:timesheet_correct sheet":        "302   404  404  302   404  404  404",
    "client:timesheet_correct paid":         "302   404  404  200   404  404  404",
    "client:timesheet_drop sheet":           "302   404  404  405   405  404  404",
    "client:timesheet_undo sheet":           "302   404  404  405   405  404  404",
    "client:timesheet_acknowledge sheet":    "302   404  404  405   405  404  404",
    "client:jobs":                           "302   404  404  200   200  404  404",
    "client:hours csv":                      "302   404  404  302   302  404  404",
    "client:hours pdf":                      "302   404  404  404   404  404  404",
    "client:job job":                        "302   404  404  200   404  404  404",
    "agency:cockpit":                        "302   404  404  404   404  200  200",
    "agency:remind 2026-W48":                "302   404  404  404   404  405  405",
    "agency:timesheets":                     "302   404  404  404   404  200  200",
    "agency:approve_many":                   "302   404  404  404   404  405  405",
    "agency:timesheet sheet":                "302   404  404  404   404  200  200",
    "agency:acknowledge sheet":              "302   404  404  404   404  405  405",
    "agency:act sheet":                      "302   404  404  404   404  405  405",
    "agency:timesheet_evidence sheet pdf":    "302  404  404  404   404  200  200",
    "client:timesheet_evidence sheet pdf":    "302  404  404  200   404  404  404",
    "worker:sheet_evidence sheet pdf":        "302  200  404  404   404  404  404",
    "worker:hours pdf":                       "302  302  302  404   404  404  404",
    "agency:rules":                          "302   404  404  404   404  200  200",
    "agency:rule_new":                       "302   404  404  404   404  200  200",
    "agency:rule_adopt STANDARD-1":          "302   404  404  404   404  405  405",
    "agency:rule_version rules":             "302   404  404  404   404  200  200",
    "agency:rule_assign rules":              "302   404  404  404   404  405  405",
    "agency:rule_draft draft":               "302   404  404  404   404  200  200",
    "agency:rule_approve draft":             "302   404  404  404   404  405  405",
    "agency:rule_drop draft":                "302   404  404  404   404  405  405",
    "agency:timesheet_pay sheet":            "302   404  404  404   404  200  200",
    "worker:sheet_pay sheet":                "302   200  404  404   404  404  404",
    "agency:timesheet_receipt sheet receipt": "302 404 404  404   404  200  200",
    "agency:timesheet_write sheet":          "302   404  404  404   404  302  302",
    "agency:timesheet_write corrected_draft": "302  404  404  404   404  200  200",
    "agency:timesheet_propose sheet":        "302   404  404  404   404  200  200",
    "agency:timesheet_correct sheet":        "302   404  404  404   404  302  302",
    "agency:timesheet_correct paid":         "302   404  404  404   404  200  200",
    "agency:people":                         "302   404  404  404   404  200  200",
    "agency:placement_terms job":             "302   404  404  404   404  200  200",
    "agency:people_import":                  "302   404  404  404   404  200  404",
    "agency:import_template":                "302   404  404  404   404  200  404",
    "agency:add workers":                    "302   404  404  404   404  200  200",
    "agency:add colleagues":                 "302   404  404  404   404  200  404",
    "agency:worker ana":                     "302   404  404  404   404  200  200",
    "agency:client bakery":                  "302   404  404  404   404  200  200",
    "agency:contact carla":                  "302   404  404  404   404  200  200",
    "agency:colleague esra":                 "302   404  404  404   404  200  404",
    "agency:placement job":                  "302   404  404  404   404  200  200",
    "agency:invite ana_user":                "302   404  404  404   404  405  405",
    "agency:calendar":                       "302   404  404  404   404  200  200",
    "agency:calendar_week 2026-W48":         "302   404  404  404   404  200  404",
    "agency:settings":                       "302   404  404  404   404  200  404",
    "agency:outbox":                         "302   404  404  404   404  200  200",
    "agency:outbox_retry mail":              "302   404  404  404   404  405  405",
    "agency:payroll":                        "302   404  404  404   404  200  200",
    "agency:payroll_start":                  "302   404  404  404   404  405  405",
    "agency:forecast_ask":                   "302   404  404  404   404  405  405",
    "agency:forecast forecast":              "302   404  404  404   404  200  200",
    "agency:top_up sheet":                   "302   404  404  404   404  405  405",
    "agency:recalculate":                    "302   404  404  404   404  200  200",
    "agency:recheck_ask":                    "302   404  404  404   404  405  405",
    "agency:recheck recheck":                "302   404  404  404   404  200  200",
    "agency:recheck_confirm recheck":        "302   404  404  404   404  405  405",
    "agency:recalculation_withdraw anew":    "302   404  404  404   404  405  405",
    "agency:run_recalculated anew_run":      "302   404  404  404   404  200  200",
    "agency:reconciliation":                 "302   404  404  404   404  200  200",
    "agency:reconciliation_week 2026-W48":   "302   404  404  404   404  200  200",
    "agency:try_again 1":                    "302   404  404  404   404  405  405",
    "agency:payroll_run run":                "302   404  404  404   404  200  200",
    "agency:payroll_progress run":           "302   404  404  404   404  200  200",
    "agency:exports run":                    "302   404  404  404   404  200  200",
    "agency:export_make run":                "302   404  404  404   404  405  405",
    "agency:export export":                  "302   404  404  404   404  200  200",
    "agency:mapping loket":                  "302   404  404  404   404  200  200",
    "agency:mapping_version loket 1":        "302   404  404  404   404  200  200",
    "agency:invoices":                       "302   404  404  404   404  200  200",
    "agency:invoice_make bakery":            "302   404  404  404   404  405  405",
    "agency:invoice invoice":                "302   404  404  404   404  200  200",
    "agency:invoice_file invoice xml":       "302   404  404  404   404  200  200",
    "agency:invoice_file invoice csv":       "302   404  404  404   404  200  200",
    "agency:invoice_file invoice pdf":       "302   404  404  404   404  200  200",
    "agency:invoice_file invoice doc":       "302   404  404  404   404  404  404",
    "agency:biller":                         "302   404  404  404   404  200  404",
    "agency:client_billing bakery":          "302   404  404  404   404  200  200",
    "mailbox:inbox":                         "302   200  200  200   200  200  200",
    "mailbox:new":                           "302   200  200  200   200  200  200",
    "mailbox:thread thread":                 "302   200  404  200   404  200  200",
    "mailbox:attachment thread attachment":  "302   200  404  200   404  200  200",
    "documents:list":                        "302   200  200  200   200  200  200",
    "documents:share":                       "302   404  404  404   404  200  200",
    "documents:download document":           "302   200  404  200   404  200  200",
    "documents:seen document":               "302   404  404  404   404  200  200",
    "documents:withdraw document":           "302   404  404  404   404  405  405",
}  # fmt: skip
DEMO = ("components", "demo_mails", "demo_mail mail", "demo_mail_html mail")


@dataclasses.dataclass(frozen=True, slots=True)
class World:
    """One of everything that has an address, and a browser for each role."""

    things: dict[str, object]
    browsers: dict[str, Browser]

    def address(self, row: str) -> str:
        name, *words = row.split()
        return reverse(name, args=[self.things.get(word, word) for word in words])


@pytest.fixture
def world(db: None, freeze: Freeze) -> World:
    noon = freeze("2026-11-30 09:00")
    ana, carla, esra = people.ana(), people.carla(), people.actor(people.esra())
    sheet = people.sheet(ana)
    receipt = files.accept(_file("bon.pdf"), by_id=ana.user_id, at=noon)
    lunch = Expense(sheet.week.monday, 1250, "Lunch", str(receipt.pk))
    walk.to(sheet, State.SUBMITTED, hours=people.hours(expenses=(lunch,)))
    paid = walk.to(people.sheet(ana, people.WEEK.previous), State.PAID)
    anew_run, anew = _recalculated(paid, esra, noon)
    correction = walk.correction(people.sheet(ana, people.WEEK.previous.previous))
    people.sheet(people.placement(people.bram(), people.transport()))
    [thread] = mailbox.start_threads(
        subject="Rooster", body="Zie de bijlage.", to=[ana.user, carla.user], together=True,
        uploads=[_file("rooster.pdf")], by=esra, at=noon,
    )  # fmt: skip
    document = documents.share(
        _file("cao.pdf"), title="CAO", category="terms", placement=sheet.placement, by=esra, at=noon
    )
    rules = agreements.adopt_template("STANDARD-1", by=esra, at=noon)
    draft = agreements.save_draft({**rules.content, "title": "Anders"}, by=esra, at=noon)
    billed.ready()
    billed.approved(people.worker("Cem Demir", "W300", "cem@worker.example"), week=people.WEEK.previous)
    walk.run(people.WEEK.previous, noon)
    [invoice] = billed.issue(at=noon)
    things = {
        "invoice": invoice.pk,
        "rules": rules.pk, "draft": draft.pk,
        "sheet": sheet.pk, "receipt": receipt.pk, "job": sheet.placement_id, "ana": ana.pk, "ana_user": ana.user_id,
        "bakery": sheet.client_id, "carla": carla.pk, "esra": people.esra().pk, "thread": thread.pk,
        "attachment": Attachment.objects.get().pk, "document": document.pk, "run": PayrollRun.objects.earliest("pk").pk,
        "forecast": _forecast(esra, noon), "paid": paid.pk, "corrected": correction.corrects_id,
        "recheck": Recheck.objects.latest("pk").pk, "anew": anew, "anew_run": anew_run,
        "corrected_draft": correction.pk, "export": _export(esra, noon),
        "token": users.invited(ana.user, noon), "mail": OutboxMail.objects.latest("pk").pk,
    }  # fmt: skip
    persons: tuple[people.Person, ...] = (ana, people.bram(), carla, people.dirk(), people.esra(), people.finn())
    browsers = dict(zip(ROLES, [Browser(), *(people.signed_in(person) for person in persons)], strict=True))
    for browser in browsers.values():
        browser.raise_request_exception = False  # a 500 is an answer to show beside the others
    return World(things, browsers)


def _forecast(esra: Actor, at: dt.datetime) -> int:
    """What a run would come to, worked out."""
    found = forecast.ask(payroll.preview(people.WEEK, cut_off=at), by=esra, at=at)
    forecast.carry_out(found.pk)
    return found.pk


def _recalculated(paid: Timesheet, esra: Actor, at: dt.datetime) -> tuple[int, int]:
    """The run that paid the difference of a week after a raise; and another raise, confirmed and waiting."""
    run = 0
    for cents in (1600, 1700):
        agreements.agree_terms(paid.placement, valid_from=people.START, wage_cents=cents, by=esra, at=at)
        recheck.carry_out(recheck.ask(paid.week, by=esra, at=at).pk, clock=lambda: at)
        recalculation.confirm(list(Recheck.objects.latest("pk").rows.all()), by=esra, at=at)
        if not run:
            walk.run(paid.week, at)
            run = PayrollRun.objects.latest("pk").pk
    return run, recalculation.waiting().get().pk


def _export(esra: Actor, at: dt.datetime) -> int:
    """A file of the first run, made; and the codes of a package."""
    mappings.save_codes("loket", [], {}, shown=0, by=esra, at=at)
    exports.ask(PayrollRun.objects.earliest("pk"), "csv", by=esra, at=at)
    exports.carry_out(ExportOrder.objects.get().pk, clock=lambda: at)
    found: Export = Export.objects.get()
    return found.pk


def test_every_address_of_the_tree_stands_in_the_matrix() -> None:
    names = list(_names(get_resolver()))
    listed = {row.split()[0] for row in MATRIX}
    assert [name for name in names if name not in listed] == [], "say in MATRIX who may open these addresses"
    assert sorted(listed - set(names)) == [], "these are no addresses any more"
    assert sorted({name for name in names if names.count(name) > 1}) == [], "two addresses with one name hide one"


@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_their_own_pages_and_no_other(world: World, role: str) -> None:
    before = _timesheets()
    answers = {row: _status(world.browsers[role], world.address(row)) for row in MATRIX}
    assert answers == _expected(role)
    assert _timesheets() == before, "looking has changed something"


def test_nobody_is_sent_to_the_log_in_page(world: World) -> None:
    closed = [world.address(row) for row, status in _expected("nobody").items() if status == 302]
    sent = [world.browsers["nobody"].get(address)["Location"] for address in closed]
    assert len(closed) > 40
    assert [address for address in sent if not address.startswith("/?next=%2F")] == []


@pytest.mark.parametrize("role", ["nobody", "bram", "dirk"])
def test_a_form_of_somebody_else_reaches_nothing_of_ana_and_the_bakery(world: World, role: str) -> None:
    """Only the log-in page, a page that is not there, or one that takes no form; and no timesheet changes."""
    before = _timesheets()
    theirs = [
        row
        for row in MATRIX
        if set(row.split())
        & {"sheet", "paid", "corrected", "job", "thread", "document", "run", "export", "invoice", "ana"}
    ]
    for row in theirs:
        response = world.browsers[role].post(world.address(row), {"version": 2, "confirmed": 1, "reason": "Zomaar."})
        allowed = {302} if role == "nobody" else {404, 405}
        assert response.status_code in allowed, row
    chosen = {"sheet": f"{world.things['sheet']}:2", "confirmed": 1}
    world.browsers[role].post(world.address("client:accept_many"), chosen)
    assert _timesheets() == before


def test_demo_mailbox_and_component_page_open_in_demo_mode_only(world: World, settings: Settings) -> None:
    settings.DEMO = True
    answers = [_status(world.browsers["nobody"], world.address(row)) for row in DEMO]
    assert answers == [200] * len(DEMO)


def _status(browser: Browser, address: str) -> int:
    response = browser.get(address)
    response.getvalue()  # a file that is read to its end is closed
    return response.status_code


def _expected(role: str) -> dict[str, int]:
    return {row: int(statuses.split()[ROLES.index(role)]) for row, statuses in MATRIX.items()}


def _names(tree: URLResolver, namespace: str = "") -> Iterator[str]:
    """The full name of every address; one without a name shows as its route, which no row can match."""
    for branch in tree.url_patterns:
        if isinstance(branch, URLPattern):
            yield namespace + (branch.name or f"(without a name: {branch.pattern})")
        else:
            yield from _names(branch, namespace + (f"{branch.namespace}:" if branch.namespace else ""))


def _timesheets() -> tuple[object, ...]:
    """All there is of timesheets and their history."""
    return list(Timesheet.objects.order_by("pk").values()), Step.objects.count(), Submission.objects.count()


def _file(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.4\n%%EOF\n", "application/pdf")
