"""The guide for clients, sentence by sentence, in real browsers: from the first mail to the wage.

The letters name the sentences: G1 the first mail, G2 logging in, G3 the menu, G4 messages, G5 documents, G6 jobs,
G7 the status of the timesheets, G8 accepting and refusing, G9 Monday and Tuesday, G10 the wage, G11 help.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import BrowserContext, Locator, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from kis.core import clock
from kis.documents import operations as documents
from kis.mailbox import operations as mailbox
from kis.payroll import agreements
from kis.payroll import operations as payroll
from kis.payroll.models import PayrollRun
from kis.post.delivery import deliver
from kis.staffing import operations as staffing
from kis.staffing.models import ClientContact
from kis.timesheets.workflow import State
from tests.post.servers import MailServer, running
from tests.support import people, walk
from tests.support.browser import Console
from tests.support.time import Freeze

pytestmark = pytest.mark.django_db(transaction=True)
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
WILMA = "W.deGroot@Bakkerij.example"  # capitals count
PASSWORD = "Roggebrood-om-6-uur"

Open = Callable[..., Page]


@pytest.fixture
def post(settings: Settings, live_server: LiveServer) -> Iterator[MailServer]:
    """A real mail server, and mails whose links lead to this portal."""
    settings.BASE_URL = live_server.url
    with running(MailServer()) as server:
        settings.SMTP = server.settings
        yield server


@pytest.fixture
def wilma(freeze: Freeze) -> ClientContact:
    """A contact of the bakery who has no password yet, on the Friday on which the guide's picture stands."""
    freeze("2026-11-27 10:00")
    agency = people.agency()
    staffing.configure_agency(
        by=people.actor(people.esra()), at=clock.now(), name=agency.name, helpdesk_phone=agency.helpdesk_phone,
        links=[("ABU-cao", "https://www.example.nl/links")],
    )  # fmt: skip
    for worker in people.many_workers(7):  # they still have to hand in
        people.sheet(worker)
    ana, bram = people.ana(), people.bram()
    agreements.agree_terms(
        people.placement(ana), valid_from=people.START, wage_cents=1600, by=people.actor(people.esra()), at=clock.now()
    )
    walk.to(people.sheet(bram), State.ACCEPTED)
    walk.to(people.sheet(ana), State.SUBMITTED)
    return people.contact("Wilma de Groot", WILMA, people.bakery())


@pytest.fixture
def visitor(new_context: Callable[..., BrowserContext]) -> Callable[[], Page]:
    """Somebody at a desk who is not signed in."""
    return lambda: new_context(viewport=DESK).new_page()


def mailed(server: MailServer, to: str) -> str:
    """The last mail to somebody, as text, once everything that waits is delivered."""
    deliver("journey")
    mine = [
        mail for mail, envelope in zip(server.taken, server.envelopes, strict=True) if to.lower() in
        [address.lower() for address in envelope.rcpt_tos]
    ]  # fmt: skip
    body = next(part for part in mine[-1].walk() if part.get_content_type() == "text/plain").get_payload(decode=True)
    assert isinstance(body, bytes)
    return body.decode()


def log_in(page: Page, user_name: str, password: str) -> None:
    page.goto("/")
    page.get_by_label("E-mailadres").fill(user_name)
    page.get_by_label("Wachtwoord").fill(password)
    page.get_by_role("button", name="Inloggen").click()


def counts(page: Page) -> list[str]:
    """The three figures of the week in the table Werkbriefje status."""
    row = page.get_by_role("row", name=re.compile("Week 48"))
    return [text.strip() for text in row.get_by_role("cell").all_inner_texts()]


def menu(page: Page) -> Locator:
    return page.get_by_role("navigation").first


@dataclasses.dataclass
class Journey:
    """The people of the guide, each with a browser of their own."""

    wilma: ClientContact
    post: MailServer
    visitor: Callable[[], Page]
    freeze: Freeze
    console: Console
    page: Page  # Wilma's
    esra: Page
    ana: Page

    def invited_by_mail(self) -> None:
        # G1: "krijg je eerst een e-mail waarin een link zit"
        self.esra.goto(f"/agency/people/contacts/{self.wilma.pk}/")
        self.esra.get_by_role("button", name="Uitnodiging versturen").click()
        expect(self.esra.get_by_text("krijgt een uitnodiging")).to_be_visible()
        mail = mailed(self.post, WILMA)
        assert "48 uur" in mail
        [link] = re.findall(r"https?://\S+/account/activate/\S+", mail)

        # "Via deze link kun je je account activeren en je eigen wachtwoord maken." Looking does not spend it.
        phone = self.visitor()
        phone.goto(link)
        phone.goto(link)
        expect(phone.get_by_role("heading", level=1)).to_have_text("Welkom, Wilma de Groot")
        phone.get_by_label("Wachtwoord", exact=False).last.fill(PASSWORD)
        phone.get_by_role("button", name="Wachtwoord vastleggen").click()

        # "Deze link werkt eenmalig"
        self.console.allow("410")
        self.page.goto(link)
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Deze link is al gebruikt")

    def logs_in(self) -> None:
        # G2: "hierna log je altijd in via", and the user name "is hierbij hoofdlettergevoelig"
        self.console.allow("4(01|22)")
        log_in(self.page, WILMA.lower(), PASSWORD)
        expect(self.page.get_by_role("alert")).to_contain_text("hoofdletters")
        log_in(self.page, WILMA, PASSWORD)

    def sees_the_menu(self) -> None:
        # G3: "aan de linkerkant 3 opties", the third with two below it
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Werkbriefje status")
        assert [text.strip() for text in menu(self.page).get_by_role("link").all_inner_texts()] == [
            "Berichten", "Documenten", "Jobs", "Werkbriefje status",
        ]  # fmt: skip
        expect(menu(self.page)).to_contain_text("Jobs/werkbriefjes")
        box = menu(self.page).bounding_box()
        assert box
        assert box["x"] + box["width"] < DESK["width"] / 3

    def reads_a_message(self) -> None:
        # G4: "Berichten: dit is je interne mailbox"
        mailbox.start_threads(
            subject="Rooster", body="Kunt u maandag tekenen?", to=[self.wilma.user], together=True, uploads=[],
            by=people.actor(people.esra()), at=clock.now(),
        )  # fmt: skip
        notice = mailed(self.post, WILMA)
        assert "Kunt u maandag tekenen?" not in notice  # a notice, without what it says
        menu(self.page).get_by_role("link", name="Berichten").click()
        self.page.get_by_role("link", name="Rooster").click()
        expect(self.page.get_by_text("Kunt u maandag tekenen?")).to_be_visible()

    def downloads_a_document(self) -> None:
        # G5: "Documenten"
        documents.share(
            SimpleUploadedFile("voorwaarden.pdf", b"%PDF-1.4\n%%EOF\n"), title="Algemene voorwaarden", category="terms",
            client=people.bakery(), by=people.actor(people.esra()), at=clock.now(),
        )  # fmt: skip
        menu(self.page).get_by_role("link", name="Documenten").click()
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name="Algemene voorwaarden").click()
        assert download.value.suggested_filename == "voorwaarden.pdf"

    def looks_at_jobs(self) -> None:
        # G6: "alle medewerkers die via KIS bij jouw organisatie in dienst zijn", with "de geschiedenis van de uren"
        menu(self.page).get_by_role("link", name="Jobs").click()
        expect(self.page.get_by_role("table").get_by_role("link")).to_have_count(9)
        self.page.get_by_role("link", name="Ana Kowalska").click()
        expect(self.page.get_by_role("img", name=re.compile("Uren per week"))).to_be_visible()
        expect(self.page.get_by_role("row", name=re.compile("Week 48"))).to_contain_text("40:00")

    def reads_the_status(self) -> None:
        # G7: "in welke fase de werknemers zitten": 7, 1 and 1
        menu(self.page).get_by_role("link", name="Werkbriefje status").click()
        heads = self.page.get_by_role("columnheader").all_inner_texts()
        assert heads[1:] == ["Door eerste accordering", "Door tussenliggende accordering", "Door laatste accordering"]
        assert counts(self.page) == ["7", "1", "1"]

    def refuses_a_week(self) -> None:
        # G8: "Ga naar tussenliggende accordering"; "Klik op de naam"; "een overzicht van de gemaakte uren"
        self.page.get_by_role("row", name=re.compile("Week 48")).get_by_role("link", name="1").first.click()
        self.page.get_by_role("link", name="Ana Kowalska").click()
        expect(self.page.get_by_role("row", name=re.compile("ma 23 nov"))).to_contain_text("08:00–16:30")

        # "Via de knop kun je de doorgegeven uren weigeren. Ze komen weer terug bij de werknemer."
        self.page.get_by_role("link", name="Weigeren").click()
        self.page.get_by_label("De pauze ontbreekt of is te kort").check()
        self.page.get_by_role("button", name="Weigeren").click()
        expect(self.page.locator("#toasts")).to_contain_text("terug bij Ana Kowalska")
        assert "Ana Kowalska" not in mailed(self.post, WILMA)
        assert "De pauze ontbreekt of is te kort" in mailed(self.post, "ana@worker.example")
        self.page.goto("/client/status/")
        assert counts(self.page) == ["8", "0", "1"]
        self.ana.goto("/worker/week/2026-W48/")
        expect(self.ana.locator(".refusal")).to_contain_text("De pauze ontbreekt of is te kort")
        self.ana.get_by_role("button", name=re.compile("^Doorsturen naar")).click()
        expect(self.ana.locator("#toasts")).to_contain_text("Je uren zijn doorgestuurd naar Bakkerij De Groot")

    def accepts_it(self) -> None:
        # G8: "Gebruik de knop om de uren te accepteren"
        self.page.goto("/client/status/")
        self.page.get_by_role("link", name="Beoordeel de volgende").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Ana Kowalska")

        # G9: "op maandag zijn goedgekeurd", for the wage of "elke dinsdag"
        expect(self.page.locator("main")).to_contain_text(re.compile("di 1 dec.*ma 30 nov"))
        self.page.get_by_role("button", name="Accepteren").click()
        expect(self.page.locator("#toasts")).to_contain_text("De uren van Ana Kowalska zijn geaccepteerd")
        self.page.goto("/client/status/")
        assert counts(self.page) == ["7", "0", "2"]

    def monday_and_tuesday(self) -> None:
        # The agency has the last word on Monday, and payroll runs on Tuesday.
        self.freeze("2026-11-30 11:00")
        self.esra.goto("/agency/timesheets/?week=2026-W48&state=accepted")
        for choice in self.esra.get_by_role("checkbox", name=re.compile(" kiezen$")).all():
            choice.check()
        self.esra.get_by_role("button", name="Gekozen werkbriefjes accorderen").click()
        self.esra.get_by_role("button", name="Deze 2 werkbriefjes accorderen").click()
        expect(self.esra.locator("#toasts")).to_contain_text("2 werkbriefjes")
        self.freeze("2026-12-01 09:00")
        self.esra.goto("/agency/payroll/")
        self.esra.get_by_role("button", name="2 werkbriefjes verlonen, 80:00 uur").click()
        run = PayrollRun.objects.get()
        payroll.carry_out(run.pk, clock=clock.now, report=lambda done, planned: None)

    def the_wage_is_paid(self) -> None:
        # G10: "keur je de uren van de werknemer goed waardoor het loon van de werknemer wordt uitbetaald"
        self.esra.goto(f"/agency/payroll/runs/{PayrollRun.objects.get().pk}/")
        expect(self.esra.locator(".lead")).to_contain_text("2 werkbriefjes, 80:00 uur, verloond")
        self.ana.goto("/worker/week/2026-W48/")
        expect(self.ana.get_by_text("Verloond").first).to_be_visible()
        self.ana.get_by_role("link", name="Van uren naar loon").click()
        expect(self.ana.locator(".lead")).to_contain_text("640,00")

    def finds_help(self) -> None:
        # G11: the ABU-cao on the page with links, and the helpdesk's number on every page
        for reader in (self.page, self.ana, self.esra):
            expect(reader.get_by_text("088-6488999").locator("visible=true").first).to_be_visible()
        self.page.goto("/help/")
        expect(self.page.get_by_role("link", name="ABU-cao")).to_have_attribute("href", "https://www.example.nl/links")


def test_the_guide(
    wilma: ClientContact, post: MailServer, visitor: Callable[[], Page], opened: Open, freeze: Freeze, console: Console
) -> None:
    ana = opened(people.ana(), "/worker/week/2026-W48/", viewport=PHONE)
    esra = opened(people.esra(), "/agency/", viewport=DESK)
    journey = Journey(wilma, post, visitor, freeze, console, visitor(), esra, ana)
    journey.invited_by_mail()
    journey.logs_in()
    journey.sees_the_menu()
    journey.reads_a_message()
    journey.downloads_a_document()
    journey.looks_at_jobs()
    journey.reads_the_status()
    journey.refuses_a_week()
    journey.accepts_it()
    journey.monday_and_tuesday()
    journey.the_wage_is_paid()
    journey.finds_help()
