from django.apps import AppConfig


class AgencyPagesConfig(AppConfig):
    name = "kis.web.agency"
    label = "web_agency"
