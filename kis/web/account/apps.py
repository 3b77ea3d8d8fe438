from django.apps import AppConfig


class AccountPagesConfig(AppConfig):
    name = "kis.web.account"
    label = "web_account"
