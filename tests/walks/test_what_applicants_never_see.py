"""What organisers note cannot be told from any page by anybody else: every address, before and after it is noted."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import cycle
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from accounts.organisation import Membership, actor_for
from accounts.user import User
from exhibitors.allocation.proposals.comments.plan_comment import PlanComment
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.decision_reasons import ReasonCode
from exhibitors.applications.review.application_review import (
    Recusal,
    ReviewAssignment,
    ReviewNote,
    ReviewSummary,
    Score,
)
from exhibitors.applications.review.review_round import Criterion
from exhibitors.applications.screen_applications import stage_decision, take_up
from exhibitors.producers.producer import Producer
from foundation import clock
from foundation.audience import Audience, route_permissions
from foundation.database import make_session
from foundation.tables_to_send import SPREADSHEET
from tests.cast import OrganiserPlayer, ProducerPlayer, a_producer, a_submitted_application, an_open_fair
from tests.small_world import World

pytestmark = pytest.mark.any_database

OUTSIDERS = ("anonymous", "newcomer", "producer A", "producer B", "organiser B")
SHUT_OUT = ("newcomer", "producer A", "producer B")
"""Before organisers' pages these all are refused for what they are, before anything is looked up."""
SECRETS = ("Chim lợn kêu đêm", "Rắn hổ mang chúa", "Cầy hương ẩn nấp", "Tiêu chí gấu ngựa")
CHANGING = re.compile(
    r'name="(?:csrf_token|once|token)"(?: type="hidden")? value="[^"]*"|Mã lỗi \w+'
    r"|\b\d{1,2}:\d{2}(?::\d{2})?\b|DTSTAMP:\d+T\d+Z"
)
"""Tokens and clock times differ between two looks at the same page."""


def words_of(answer: TestResponse) -> str:
    """The text of an answer; of a spreadsheet its cells, as the rest of it tells when it was made."""
    data = answer.get_data()
    if answer.mimetype == SPREADSHEET:
        with ZipFile(BytesIO(data)) as parts:
            data = b"".join(parts.read(name) for name in sorted(parts.namelist()) if name.startswith("xl/"))
    return data.decode(errors="replace")


def everything(world: World, slug: str, code: str) -> dict[str, str]:
    """What each outsider gets from each address, with the fair and the application in question.

    Each look builds pages for visitors anew, once: whoever asks for the same one then gets those very octets. Where
    three are refused for the same reason, one of them asks, in turn.
    """
    seen, refused = {}, cycle(SHUT_OUT)
    named = {**world.players["producer A"].values, "slug": slug, "code": code}
    for endpoint in world.endpoints("GET"):
        world.forget_limits()
        is_for_organisers = route_permissions(world.app)[endpoint][0].audience in {Audience.ORGANISER, Audience.ADMIN}
        left_out = set(SHUT_OUT) - {next(refused)} if is_for_organisers else set()
        for role in (role for role in OUTSIDERS if role not in left_out):
            address = world.address(endpoint, role, **named)
            answer = world.request(role, "GET", address)
            words = CHANGING.sub("", words_of(answer))
            seen[f"{role} {address}"] = f"{answer.status_code} {words}"
    return seen


def in_review(session: Session) -> tuple[OrganiserPlayer, BoothApplication]:
    """An application of producer A at another fair of organiser A, taken up and no more."""
    user = session.scalars(sa.select(User).where(User.email == "a@organisers.example")).one()
    membership = session.scalars(sa.select(Membership).where(Membership.user_id == user.id)).one()
    organiser = OrganiserPlayer(user, actor_for(session, user), membership.organisation)
    producer = session.scalars(sa.select(Producer).where(Producer.name_vi == "HTX Miến dong Bình Liêu")).one()
    owner = session.scalars(sa.select(User).where(User.email == "a@producers.example")).one()
    fair = an_open_fair(session, organiser, name="Hội chợ đang xét")
    application = a_submitted_application(session, fair, ProducerPlayer(owner, actor_for(session, owner), producer))
    take_up(session, organiser.actor, application)
    rival = a_producer(session, "HTX Láng giềng", "lang-gieng@units.example")
    a_submitted_application(session, fair, rival)
    return organiser, application


def note_everything(
    session: Session, organiser: OrganiserPlayer, application: BoothApplication, what: Decision
) -> None:
    """A decision with its reason, a score, a note, a reviewer, and somebody who stands aside."""
    reason = SECRETS[0] if what is not Decision.ACCEPT else ""
    code = ReasonCode.LOWER_SCORE if reason else None
    stage_decision(session, organiser.actor, application, what, reason=reason, reason_code=code)
    if reason:
        return
    criterion = Criterion(fair_id=application.fair_id, name_vi=SECRETS[3], weight=50)
    session.add(criterion)
    session.flush()
    own = {"application_id": application.id, "user_id": organiser.user.id}
    aside = session.scalars(sa.select(User).where(sa.func.lower(User.email) == "reviewer.a@example.vn")).one()
    session.add_all(
        [
            Score(**own, criterion_id=criterion.id, points=2),
            ReviewSummary(application_id=application.id, reviews=1, mean=37, median=37),
            ReviewAssignment(**own),
            ReviewNote(**own, written_at=clock.now(), words=SECRETS[1]),
            PlanComment(
                fair_id=application.fair_id, user_id=organiser.user.id, written_at=clock.now(), words=SECRETS[1]
            ),
            Recusal(**own | {"user_id": aside.id}, declared_at=clock.now(), reason=SECRETS[2]),
        ]
    )


def test_no_address_tells_outsiders_what_is_noted(fresh_world: World) -> None:
    world = fresh_world
    with make_session(world.engine) as session:
        organiser, application = in_review(session)
        session.commit()
        slug, code = application.fair.slug, application.code
        before = everything(world, slug, code)
        assert len(before) > 600
        for decision in (Decision.ACCEPT, Decision.REJECT):
            note_everything(session, organiser, application, decision)
            session.commit()
            after = everything(world, slug, code)
            assert [place for place, words in after.items() if any(secret in words for secret in SECRETS)] == []
            assert [place for place in after if after[place] != before[place]] == []
    page = world.request("organiser A", "GET", f"/organise/fairs/{slug}/applications/{code}")
    assert SECRETS[0] in page.get_data(as_text=True)
