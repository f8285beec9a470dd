"""An application keeps the version of the rules it accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from events.fairs.fair import Fair
from events.fairs.fair_rules import write_rules
from exhibitors.applications.apply_for_booth import start_application, submit_application
from exhibitors.applications.booth_application import ApplicationProduct
from exhibitors.applications.wording import REFUSALS
from foundation.refusal import Refused
from tests.cast import BASE_URL, OrganiserPlayer, a_producer, a_submitted_application

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def test_accepted_version_stays(session: Session, organiser: OrganiserPlayer, fair: Fair) -> None:
    first = write_rules(session, organiser.actor, fair, body_vi="Niêm yết giá", expected_number=0)
    application = a_submitted_application(session, fair, a_producer(session))
    write_rules(session, organiser.actor, fair, body_vi="Niêm yết giá, không sang gian", expected_number=1)
    assert application.rules is first


def test_fair_without_written_rules_is_as_before(session: Session, fair: Fair) -> None:
    application = a_submitted_application(session, fair, a_producer(session))
    assert (application.rules, application.rules_accepted_at is None) == (None, False)


def test_rules_that_changed_while_reading_are_refused(session: Session, organiser: OrganiserPlayer, fair: Fair) -> None:
    write_rules(session, organiser.actor, fair, body_vi="Niêm yết giá", expected_number=0)
    player = a_producer(session)
    application = start_application(session, player.actor, fair, player.producer)
    application.anywhere = True
    application.goods.append(ApplicationProduct(product=player.producer.products[0]))
    session.flush()
    with pytest.raises(Refused) as refused:
        submit_application(
            session,
            player.actor,
            application,
            rules_accepted=True,
            pledge_given=True,
            rules_number=0,
            base_url=BASE_URL,
        )
    assert (refused.value.reason, application.state) == ("rules_changed", "draft")
    assert "rules_changed" in REFUSALS
