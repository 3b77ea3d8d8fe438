from django.apps import AppConfig


class WorkerPagesConfig(AppConfig):
    name = "kis.web.worker"
    label = "web_worker"
