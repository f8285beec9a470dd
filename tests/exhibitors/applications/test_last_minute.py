"""Two hundred producers send in the last minute before the call closes: each has a receipt, nobody after it."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from accounts.organisation import Membership
from accounts.user import User
from events.fairs.fair import Fair
from exhibitors.applications.apply_for_booth import save_application, start_application
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.producers.producer import Producer
from foundation import clock
from foundation.audit_trail import AuditEntry
from foundation.database import make_session
from foundation.outbox import OutboxLetter
from tests.cast import a_producer, an_open_fair, an_organiser
from tests.ground import Ground
from tests.played_world import World
from tests.repeated_rows import MARK, repeat

CROWD, TOO_LATE, THREADS = 200, 20, 12


@dataclass(slots=True)
class Rush:
    """The app, the fair's address, the moment at which its call closes for good, and the drafts by role."""

    world: World
    slug: str
    closes_at: datetime
    codes: dict[str, str]

    def send(self, role: str, moment: datetime) -> tuple[int, str]:
        """Press "send" at that moment; answers status and the address that it leads to."""
        with clock.as_of(moment):
            answer = self.world.post(
                role, f"/apply/{self.slug}/review", rules_accepted="y", pledge_given="y", rules_number="0"
            )
        return answer.status_code, answer.headers.get("Location", "")


@pytest.fixture
def rush(ground_of_worker: Ground) -> Rush:
    """Units with a complete draft each, signed in."""
    ground_of_worker.renew()
    world, codes = World(ground_of_worker), {}
    with make_session(world.engine) as session:
        fair = an_open_fair(session, an_organiser(session))
        closes_at = fair.call_closes_at = clock.now() + timedelta(minutes=5)
        repeat(session, CROWD + TOO_LATE - 1, lambda: a_draft(session, fair))
        owners = sa.select(BoothApplication.code, User).join(BoothApplication.producer)
        owners = owners.join(Membership, Membership.organisation_id == Producer.organisation_id).join(Membership.user)
        for number, (code, user) in enumerate(session.execute(owners.order_by(BoothApplication.id)).all()):
            world.sign_in(role := f"producer {number}", session, user)
            codes[role] = code
        slug = fair.slug
        session.commit()
    return Rush(world, slug, closes_at, codes)


def a_draft(session: Session, fair: Fair) -> None:
    """A complete one of a new unit."""
    player = a_producer(session, f"HTX {MARK}", f"{MARK}@htx.example")
    draft = start_application(session, player.actor, fair, player.producer)
    goods = [product.id for product in player.producer.products]
    save_application(session, player.actor, draft, zone_ids=[], product_ids=goods)


def test_last_minute_before_the_call_closes_for_good(rush: Rush) -> None:
    roles = list(rush.codes)
    in_time = [
        (role, rush.closes_at - timedelta(seconds=60 - place * 60 // CROWD)) for place, role in enumerate(roles[:CROWD])
    ]
    too_late = [(role, rush.closes_at + timedelta(seconds=place)) for place, role in enumerate(roles[CROWD:])]
    assert max(moment for _, moment in in_time) < rush.closes_at == min(moment for _, moment in too_late)
    # late ones in between: whoever waits for the database must not slip in, nor push another out
    mixed = [
        pair
        for place, pair in enumerate(in_time)
        for pair in ([pair, too_late[place // 10]] if place % 10 == 0 else [pair])
    ]
    with ThreadPoolExecutor(THREADS) as pool:
        answers = dict(zip((role for role, _ in mixed), pool.map(lambda pair: rush.send(*pair), mixed), strict=True))
    assert Counter(status for status, _ in answers.values()) == {303: CROWD, 422: TOO_LATE}
    sent = {role for role, (status, _) in answers.items() if status == 303}
    assert sent == set(roles[:CROWD])
    assert {answers[role][1] for role in sent} == {f"/applications/{rush.codes[role]}" for role in sent}
    with make_session(rush.world.engine) as session:
        states = session.execute(sa.select(BoothApplication.state, sa.func.count()).group_by(BoothApplication.state))
        assert dict(states.all()) == {"submitted": CROWD, "draft": TOO_LATE}
        latest = session.scalar(sa.select(sa.func.max(BoothApplication.submitted_at)))
        assert latest is not None
        assert latest < rush.closes_at
        receipts = session.scalars(sa.select(OutboxLetter.application_id).where(OutboxLetter.kind == "receipt")).all()
        sent_ids = session.scalars(sa.select(BoothApplication.id).where(BoothApplication.state == "submitted")).all()
        assert sorted(number or 0 for number in receipts) == sorted(sent_ids)
        trail = sa.select(sa.func.count(AuditEntry.id)).where(AuditEntry.what == "application.submit")
        assert session.scalar(trail) == CROWD
