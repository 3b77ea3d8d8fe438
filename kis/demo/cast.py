"""The demo's cast: an agency, its clients and the Jobs there, and the people. All of them are invented."""

from __future__ import annotations

import dataclasses

from kis.core.minutes import DAY, parse_time
from kis.staffing.models import PayPeriod

Pattern = list[list[list[int]]]

AGENCY = "Keser Interim Solutions"
HELPDESK = "088-6488999"
VAT_ID = "NL000099998B57"  # the one that the tax office gives as an example
LEGAL_ID = "00000001"  # so low a number was never given out, nor were those of the clients
LINKS = (
    ("ABU-cao", "https://www.keser.nl/links"),
    ("Over uitzendwerk (rijksoverheid.nl)", "https://www.rijksoverheid.nl/onderwerpen/uitzendkrachten"),
    ("Het minimumloon", "https://www.rijksoverheid.nl/onderwerpen/minimumloon"),
)
PASSWORD = "welkom-bij-KIS-1"  # noqa: S105 -- meant to be known: the log-in page of the demo shows it
CLIENT_LOG_IN = "werkgever@demo.example"
WORKER_LOG_IN = "medewerker@demo.example"
AGENCY_LOG_IN = "bureau@demo.example"
RULES = "STANDARD-1"  # of the agency, where a client has none of its own
SECOND_JOB = "Ontbijtmedewerker"  # the demo's worker has two


def usual(*lines: str) -> Pattern:
    """A usual week from lines such as `12345 08:00-16:30/30`: weekdays (Monday is 1), start, end, break in minutes."""
    week: Pattern = [[] for _ in range(7)]
    for line in lines:
        days, times = line.split()
        span, _, pause = times.partition("/")
        start, end = (parse_time(text) for text in span.split("-"))
        for day in days:
            week[int(day) - 1].append([start, end if end > start else end + DAY, int(pause or 0)])
    return week


@dataclasses.dataclass(frozen=True, slots=True)
class Job:
    """Work at a client: `count` people do it for a `wage`, in a department, by a usual week; some drive `km` a day."""

    title: str
    count: int
    wage: int  # cents per hour, until the raise of July
    pattern: Pattern
    department: str = ""
    km: int = 0
    totals: bool = False  # hours per day instead of times
    rotates: bool = False  # a week of late shifts follows one of early shifts
    ended: int = 0  # so many weeks ago; 0 means that it goes on
    agreed: tuple[str, ...] = ()  # deviations from the law on working time
    fills_in: bool = False  # took over a colleague's nights, last week and the Sunday before


@dataclasses.dataclass(frozen=True, slots=True)
class Company:
    """A client, with its departments and cost centres, its contacts (name, address, department), Jobs and pay rules."""

    number: str
    name: str
    departments: tuple[tuple[str, str], ...]
    contacts: tuple[tuple[str, str, str], ...]
    jobs: tuple[Job, ...]
    rules: str = ""  # the template of its collective agreement; else the agency's
    factor: str = "1.85"  # what it pays for each euro of wage
    pay_period: PayPeriod = PayPeriod.WEEK  # of those who work here


DAYS = usual("12345 08:00-16:30/30")
EARLY = usual("12345 06:00-14:30/30")
NIGHTS = usual("12345 22:00-06:00/30")
NIGHT_TERMS = ("nights_per_year",)

# The first is the client of the demo's log-in: fourteen Jobs, of which the guide's picture takes nine.
COMPANIES = (
    Company(
        "K1001", "Van Dijk Distributie", (("Orderpicking", "4110"), ("Expeditie", "4120"), ("Retouren", "4130")),
        (("Marieke van Dijk", CLIENT_LOG_IN, ""), ("Ruud Jansen", "r.jansen@vandijk.demo.example", "Expeditie")),
        (
            Job("Orderpicker", 8, 1540, DAYS, "Orderpicking"),
            Job("Orderpicker", 2, 1540, DAYS, "Orderpicking", ended=7),
            Job("Heftruckchauffeur", 3, 1685, usual("12345 07:00-15:30/30"), "Expeditie"),
            Job("Medewerker retouren", 3, 1525, usual("1234 08:30-17:00/30"), "Retouren"),
        ),
    ),
    Company(
        "K1002", "Bakkerij Het Anker", (("Deegbereiding", "510"), ("Inpak", "520")),
        (("Henk Timmer", "h.timmer@anker.demo.example", ""),),
        (
            Job("Productiemedewerker nacht", 1, 1595, NIGHTS, "Deegbereiding", agreed=NIGHT_TERMS, fills_in=True),
            Job("Productiemedewerker nacht", 3, 1595, NIGHTS, "Deegbereiding", agreed=NIGHT_TERMS),
            Job("Inpakker", 2, 1510, EARLY, "Inpak"),
        ),
    ),
    Company(
        "K1003", "Zonnehof Zorg", (("Keuken", "ZH-20"), ("Huishouding", "ZH-30")),
        (("Ingrid Blom", "i.blom@zonnehof.demo.example", ""),),
        (
            Job("Keukenhulp", 2, 1520, usual("367 07:30-14:00/30", "14 14:00-19:30/15"), "Keuken"),
            Job("Huishoudelijk medewerker", 2, 1545, usual("2456 08:00-13:30/15"), "Huishouding", km=18),
        ),
    ),
    Company(
        "K1004", "Kwekerij De Linde", (("Kas 1", ""), ("Kas 2", "")),
        (("Wim van der Linde", "wim@delinde.demo.example", ""),),
        (
            Job("Medewerker kas", 4, 1515, usual("12345 06:30-15:15/45", "6 06:30-12:00/15"), "Kas 1"),
            Job("Oogstmedewerker", 2, 1505, usual("12345 06:30-15:15/45"), "Kas 2"),
            Job("Oogstmedewerker", 1, 1505, usual("12345 06:30-15:15/45"), "Kas 2", ended=4),
        ),
        factor="1.72", pay_period=PayPeriod.FOUR_WEEKS,
    ),
    Company(
        "K1005", "Metaalwerken Brouwer", (("Draaierij", "300"), ("Lasserij", "310")),
        (("Peter Brouwer", "p.brouwer@brouwer.demo.example", ""),),
        (
            Job("CNC-operator", 3, 1975, EARLY, "Draaierij", rotates=True),
            Job("Lasser", 2, 1920, usual("12345 07:00-15:45/45"), "Lasserij"),
        ),
        rules="METAAL-TECHNIEK-1", factor="1.92",
    ),
    Company(
        "K1006", "Stichting Wijkservice Noord", (),
        (("Fatima Bouzid", "f.bouzid@wijkservice.demo.example", ""),),
        (Job("Administratief medewerker", 3, 1710, usual("1245 09:00-17:30/30"), totals=True),),
    ),
    Company(
        "K1007", "Hotel De Gouden Leeuw", (("Ontbijt", "F&B"), ("Kamers", "HK")),
        (("Charlotte Meijer", "c.meijer@goudenleeuw.demo.example", ""),),
        (
            Job("Ontbijtmedewerker", 1, 1560, usual("7 06:00-10:30/0", "7 12:00-15:30/0"), "Ontbijt"),
            Job("Kamermedewerker", 2, 1530, usual("12567 09:00-15:00/30"), "Kamers"),
        ),
        rules="HORECA-1", factor="1.80",
    ),
    Company(
        "K1008", "Bouwbedrijf Terpstra", (),
        (("Jelle Terpstra", "jelle@terpstra.demo.example", ""),),
        (
            Job("Timmerman", 2, 2140, usual("12345 07:00-15:45/45"), km=46),
            Job("Opperman", 1, 1790, usual("12345 07:00-15:45/45")),
            Job("Opperman", 1, 1790, usual("12345 07:00-15:45/45"), ended=11),
        ),
    ),
    Company(
        "K1009", "Helder Schoonmaak", (),
        (("Nadia Haddou", "n.haddou@helder.demo.example", ""),),
        (Job("Schoonmaker", 3, 1584, usual("12345 17:30-21:30/0")),),
        rules="CLEANING-1", factor="1.78",
    ),
    Company(
        "K1010", "Vleeswaren Vos", (("Snijzaal", "V1"), ("Verpakking", "V2")),
        (("Gerard Vos", "g.vos@vos.demo.example", ""),),
        (
            Job("Productiemedewerker", 2, 1590, usual("12345 05:00-13:30/45"), "Snijzaal"),
            Job("Verpakker", 2, 1505, EARLY, "Verpakking"),
        ),
    ),
    Company(
        "K1011", "Visser Techniek", (),
        (("Bas Visser", "bas@vissertechniek.demo.example", ""),),
        (Job("Monteur", 3, 2035, usual("1234 07:30-17:00/45"), km=62),),
        rules="METAAL-TECHNIEK-1", factor="1.95",
    ),
    Company(
        "K1012", "Drukkerij Meridiaan", (("Afwerking", "AF"),),
        (("Ellen Prins", "e.prins@meridiaan.demo.example", ""),),
        (Job("Medewerker afwerking", 3, 1610, EARLY, "Afwerking", rotates=True),),
    ),
)  # fmt: skip

COLLEAGUES = (
    ("Sanne de Boer", AGENCY_LOG_IN, "back_office"),
    ("Youssef El Amrani", "y.elamrani@kis.demo.example", "consultant"),
    ("Kim Verhoeven", "k.verhoeven@kis.demo.example", "consultant"),
)

# Name, and the language they read the portal in. The first is the demo's log-in.
WORKERS = tuple(
    (name, language)
    for language, names in (
        ("nl", "Agnieszka Nowak, Daan Bakker, Shanice Martina, Mehmet Yıldız, Lotte Hendriks, Rachid Benali"),
        ("en", "Andrei Popescu, Piotr Zieliński, Ioana Dumitru, Krzysztof Wójcik"),
        ("nl", "Jeroen Dekker, Emine Kaya, Giovanni Felicia, Sara Mulder, Bogdan Ionescu, Ewa Kamińska"),
        ("en", "Marcin Lewandowski, Gabriela Stan, Tomasz Dąbrowski, Mihai Radu"),
        ("nl", "Thijs Peters, Aylin Demir, Quincy Rosaria, Femke Kuipers, Hassan Ait Taleb, Zofia Mazur"),
        ("nl", "Rodney Koeiman, Anouk Willemsen, Mustafa Öztürk, Bram Schouten, Chantal Winklaar"),
        ("en", "Paweł Jankowski, Elena Marinescu, Vasile Munteanu, Kamil Król, Iwona Pawlak"),
        ("nl", "Roos van Leeuwen, Fatma Şahin, Jurgen Statia, Niels Bosman, Samira Ouali, Lars Vermeulen"),
        ("nl", "Magda Sikora, Ricardo Tromp, Iris Scholten, Burak Arslan, Joost Hoekstra, Naima Chaoui"),
        ("en", "Dorota Wilk, Cristian Neagu, Łukasz Baran, Alina Toma"),
        ("nl", "Sven Postma, Elif Çelik, Denzel Cijntje, Marloes Smit, Amina Yusuf, Wesley Jacobs, Karin Vos"),
        ("nl", "Tamara Elhage, Hugo Maas"),
    )
    for name in names.split(", ")
)  # fmt: skip
