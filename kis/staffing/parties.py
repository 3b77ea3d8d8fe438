"""The parties of temporary work, as plain words without a database."""

import enum


class Party(enum.StrEnum):
    """The three parties, and the portal itself (reminders, the payroll run)."""

    WORKER = "worker"
    CLIENT = "client"
    AGENCY = "agency"
    SYSTEM = "system"
