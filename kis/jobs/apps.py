from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "kis.jobs"

    def ready(self) -> None:
        from kis.jobs import schedule, tasks

        schedule.every("clear-away-jobs", tasks.clear_away, minute=3 * 60 + 10, on=lambda _: True)
