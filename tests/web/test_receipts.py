import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from kis.core import files
from kis.web.receipts import receipt_among
from tests.support import people

pytestmark = pytest.mark.django_db


def test_only_a_file_that_stands_in_the_week_is_handed_out() -> None:
    receipt = files.accept(SimpleUploadedFile("bon.pdf", b"%PDF-1.4\n"), by_id=None, at=people.BEFORE)
    answer = receipt_among({str(receipt.pk)}, receipt.pk)
    assert answer.getvalue() == b"%PDF-1.4\n"
    answer.close()
    with pytest.raises(Http404):
        receipt_among({str(uuid.uuid4())}, receipt.pk)


def test_a_file_that_is_gone_is_not_there() -> None:
    gone = uuid.uuid4()
    with pytest.raises(Http404):
        receipt_among({str(gone)}, gone)
