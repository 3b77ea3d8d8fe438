from django.apps import AppConfig


class MailboxPagesConfig(AppConfig):
    name = "kis.web.mailbox"
    label = "web_mailbox"
