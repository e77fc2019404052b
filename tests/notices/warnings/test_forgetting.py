"""Contacts leave some time after their warnings ended, and codes the day after."""

from datetime import timedelta

import pytest

from qorgau.directory.models import InsuranceWarnings
from qorgau.directory.reference import refresh
from qorgau.insured.warnings.models import Round, Subscription, Told
from qorgau.insured.warnings.subscribing import stop
from qorgau.notices.models import Notice
from qorgau.notices.send_code import send_code_to
from qorgau.notices.warnings.forgetting import forget_old
from qorgau.notices.warnings.round import go_round
from tests.factories import NOON
from tests.insured.conftest import Loader
from tests.notices.warnings.conftest import PHONE, at, subscribed, worked

DAY = timedelta(days=1)


def test_a_contact_is_deleted_with_all_that_was_told(load: Loader) -> None:
    load([worked()])
    one, other = subscribed(), subscribed(address="a@example.kz")
    go_round(at(8, 31))
    stop([one.pk], why=Subscription.STOPPED, at=at(8, 31))
    assert forget_old(at(8, 31) + 90 * DAY)["subscriptions"] == 0

    assert forget_old(at(8, 31) + 90 * DAY + timedelta(seconds=1))["subscriptions"] == 1
    assert [told.subscription for told in Told.objects.all()] == [other]
    assert Round.objects.count() == 0


def test_the_row_of_the_directory_says_how_long(rows: None) -> None:
    InsuranceWarnings.objects.update(kept_days=1)
    refresh()
    stop([subscribed().pk], why=Subscription.REFUSED, at=NOON)

    assert forget_old(NOON + 2 * DAY)["subscriptions"] == 1 and Subscription.objects.count() == 0


@pytest.mark.django_db
def test_a_code_goes_with_the_address_it_went_to() -> None:
    send_code_to(PHONE, way="sms", about="warnings", language="kk", at=NOON)
    assert forget_old(NOON + DAY)["codes"] == 0

    assert forget_old(NOON + DAY + timedelta(seconds=1))["codes"] == 1
    assert Notice.objects.count() == 0
