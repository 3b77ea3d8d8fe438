"""A form arrives three times at the same moment: it is kept once, and all three are shown what was kept."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings

from kis.core import clock
from kis.core.models import StoredFile
from kis.documents.models import Document
from kis.mailbox import operations
from kis.mailbox.models import Attachment, Message, Participant, Thread
from kis.post.models import OutboxMail
from tests.races.rivals import Rivals, was_a_race
from tests.support import people

ROUNDS = 40


def test_an_answer_is_kept_once_with_its_file_and_its_mail(rivals: Rivals) -> None:
    by = people.actor(people.esra())
    to = [worker.user for worker in people.many_workers(ROUNDS)]
    threads = operations.start_threads(subject="Je week", body="Klopt dit?", to=to, by=by, at=clock.now())
    mails, forms, finn = OutboxMail.objects.count(), _forms(), people.finn().user_id
    winners = [
        _winner(rivals.race(*[f"write {finn} {thread.pk} {form}"] * 3))
        for thread, form in zip(threads, forms, strict=True)
    ]
    was_a_race(winners)
    assert [thread.messages.count() for thread in threads] == [2] * ROUNDS
    assert Attachment.objects.count() == StoredFile.objects.count() == _files_of(forms) == ROUNDS
    assert OutboxMail.objects.count() == mails


def test_a_form_to_several_people_starts_one_thread_with_each(rivals: Rivals) -> None:
    esra = people.esra().user_id
    to = [str(worker.user_id) for worker in people.many_workers(3)]
    winners = [_winner(rivals.race(*[f"start {esra} {uuid.uuid4()} {' '.join(to)}"] * 3)) for _ in range(ROUNDS)]
    was_a_race(winners)
    found = (Thread.objects.count(), Participant.objects.count(), Message.objects.count(), OutboxMail.objects.count())
    assert found == (3 * ROUNDS,) * 4


def test_a_document_is_shared_once_and_its_file_is_kept_once(rivals: Rivals) -> None:
    esra, ana, forms = people.esra().user_id, people.ana().pk, _forms()
    winners = [_winner(rivals.race(*[f"share {esra} {ana} {form}"] * 3)) for form in forms]
    was_a_race(winners)
    assert Document.objects.count() == StoredFile.objects.count() == _files_of(forms) == ROUNDS


def _winner(answers: list[str]) -> int:
    """Whose sending was kept, after seeing that all three were shown the same."""
    shown, own = zip(*(answer.rsplit(" ", 1) for answer in answers), strict=True)
    assert len(set(shown)) == 1, answers
    assert sorted(own) == ["0", "0", "1"], answers
    return own.index("1")


def _forms() -> list[str]:
    return [str(uuid.uuid4()) for _ in range(ROUNDS)]


def _files_of(forms: list[str]) -> int:
    """How many files are kept that came with these forms; other tests keep theirs in the same folder."""
    wanted = {f"%PDF-1.7 {form}".encode() for form in forms}
    return sum(path.read_bytes() in wanted for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
