"""The log-ins of the demo, one for each party, which the log-in page fills in with one click."""

from __future__ import annotations

from kis.staffing.parties import Party

PASSWORD = "welkom-bij-KIS-1"  # noqa: S105 -- no secret: it stands on the log-in page of the demo
EMAILS = {
    Party.CLIENT: "werkgever@demo.example",
    Party.WORKER: "medewerker@demo.example",
    Party.AGENCY: "bureau@demo.example",
}
