"""Messages and documents of the demo."""

from __future__ import annotations

import datetime as dt

import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from kis.demo.staff import Staff
from kis.documents import operations as documents
from kis.documents.models import Document
from kis.mailbox import operations as mailbox
from kis.mailbox.models import Thread
from kis.staffing.actor import Actor
from kis.staffing.models import Placement

Category = Document.Category

_PAGE = """#set document(date: none)
#set page(margin: 2.5cm)
#set text(size: 11pt, lang: "nl")
= {title}
{body}
"""


def write_messages(staff: Staff, now: dt.datetime) -> None:
    """A few conversations, some of them not read yet by the one who logs in."""
    client, worker = next(iter(staff.contacts.values())), next(iter(staff.workers.values()))
    consultant = staff.consultants[0]
    rota = _start(
        "Bezetting rond de feestdagen",
        "Goedendag,\n\nHoeveel mensen hebt u rond de feestdagen nodig? Dan plannen wij ze op tijd in.",
        [client], consultant, now - dt.timedelta(days=6, hours=2),
    )  # fmt: skip
    mailbox.write(
        rota, body="Dat worden er twaalf, dezelfde als nu. Twee van hen graag in de vroege dienst.",
        by=client, at=now - dt.timedelta(days=5, hours=20),
    )  # fmt: skip
    mailbox.write(
        rota, body="Dank u wel, dat komt goed. U krijgt van ons een lijst met namen.",
        by=consultant, at=now - dt.timedelta(hours=4),
    )  # fmt: skip
    question = _start(
        "Reiskosten zaterdag", "Hoi, krijg ik voor zaterdag in het hotel ook reiskosten?", [], worker,
        now - dt.timedelta(days=3, hours=1),
    )  # fmt: skip
    mailbox.write(
        question, body="Ja, vul de kilometers in bij de dag zelf, dan gaan ze mee met de verloning.",
        by=staff.back_office, at=now - dt.timedelta(days=2, hours=22),
    )  # fmt: skip
    _start(
        "Nieuwe veiligheidsschoenen", "Je schoenen liggen klaar bij de receptie. Neem je de oude mee terug?", [worker],
        consultant, now - dt.timedelta(hours=7),
    )  # fmt: skip
    others = list(staff.workers.values())[1:4]
    for person in others:
        _start(
            "Pauzes op het werkbriefje", "Vul je voortaan bij elke dienst langer dan vijf en een half uur de pauze in?",
            [person], consultant, now - dt.timedelta(days=9),
        )  # fmt: skip
    _start(
        "Vraag over de factuur", "Goedemiddag, op welke kostenplaats komt de nieuwe afdeling?", [],
        list(staff.contacts.values())[3], now - dt.timedelta(hours=2),
    )  # fmt: skip


def share_documents(staff: Staff, now: dt.datetime) -> None:
    """Papers for the demo's client, its worker, and the Job between the two; one has been read."""
    placement = Placement.objects.select_related("client", "worker__user").get(pk=next(iter(staff.jobs)))
    by, at = staff.back_office, now - dt.timedelta(days=40)
    safety = documents.share(
        _pdf("Veiligheidsinstructie magazijn", "Draag altijd veiligheidsschoenen. Loop binnen de gele lijnen."),
        title="Veiligheidsinstructie magazijn", category=Category.SAFETY, client=placement.client, by=by, at=at,
    )  # fmt: skip
    documents.share(
        _pdf("Werkwijzer urenregistratie", "Keur de uren op maandag goed, dan worden ze dinsdag verloond."),
        title="Werkwijzer urenregistratie", category=Category.INSTRUCTIONS, client=placement.client, by=by, at=at,
    )  # fmt: skip
    documents.share(
        _pdf("Uitzendovereenkomst", f"Tussen {placement.worker} en Keser Interim Solutions, fase A met uitzendbeding."),
        title="Uitzendovereenkomst", category=Category.TERMS, worker=placement.worker, by=by, at=at,
    )  # fmt: skip
    documents.share(
        _pdf("Uitzendbevestiging", f"{placement.job_title} bij {placement.client}, vanaf {placement.start:%d-%m-%Y}."),
        title="Uitzendbevestiging", category=Category.TERMS, placement=placement, by=by, at=at,
    )  # fmt: skip
    documents.note_download(safety, by=staff.contacts[placement.client_id], at=at + dt.timedelta(days=1))


def _start(subject: str, body: str, to: list[Actor], by: Actor, at: dt.datetime) -> Thread:
    users = [person.user for person in to if person.user]
    return mailbox.start_threads(subject=subject, body=body, to=users, by=by, at=at)[0]


def _pdf(title: str, body: str) -> SimpleUploadedFile:
    content = typst.compile(_PAGE.format(title=title, body=body).encode())
    return SimpleUploadedFile(f"{title}.pdf", content)
