from django.apps import AppConfig


class TimesheetsConfig(AppConfig):
    name = "kis.timesheets"

    def ready(self) -> None:
        from kis.timesheets import schedule  # tasks need the models

        schedule.register()
