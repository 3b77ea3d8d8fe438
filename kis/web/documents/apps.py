from django.apps import AppConfig


class DocumentsPagesConfig(AppConfig):
    name = "kis.web.documents"
    label = "web_documents"
