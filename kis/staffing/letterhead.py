"""Whose mail it is: the foot of every mail names the agency and its helpdesk (setting MAIL_LETTERHEAD)."""

from kis.staffing.models import AgencySettings


def letterhead() -> dict[str, str]:
    """Name and helpdesk of the agency, as the mail layout wants them."""
    agency = AgencySettings.objects.first()
    if agency is None:
        return {"name": "KIS Online", "phone": "", "email": ""}
    return {"name": agency.name, "phone": agency.helpdesk_phone, "email": agency.helpdesk_email}
