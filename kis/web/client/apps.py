from django.apps import AppConfig


class ClientPagesConfig(AppConfig):
    name = "kis.web.client"
    label = "web_client"
