"""Invitation codes: made, used, counted with many at once, withdrawn, and what is refused with which sentence."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.calls.invitation_code import InvitationCode, InvitationUse, find_code
from exhibitors.calls.invite import change_code, make_code, take_use, usable_code, withdraw_code
from exhibitors.producers.producer import Producer
from foundation import clock
from foundation.audit_trail import AuditEntry
from foundation.database import make_session
from foundation.refusal import Refused
from tests.cast import OrganiserPlayer, ProducerPlayer, a_producer, an_open_fair
from tests.refused import Refusal

Call = Callable[..., Any]


@pytest.fixture
def code(session: Session, host: OrganiserPlayer, open_fair: Fair) -> InvitationCode:
    """A code for one unit."""
    return make_code(session, host.actor, open_fair, given_to="UBND xã Bình Liêu")


def test_code_is_found_however_it_is_typed(session: Session, open_fair: Fair, code: InvitationCode) -> None:
    typed = f" {code.code[:4].lower()}-{code.code[4:]} "
    assert find_code(session, open_fair, typed) is code


def test_code_of_another_fair_is_unknown(
    session: Session, host: OrganiserPlayer, unit: ProducerPlayer, code: InvitationCode
) -> None:
    other = an_open_fair(session, host, name="Hội chợ khác")
    with pytest.raises(Refused) as caught:
        usable_code(session, other, unit.producer, code.code)
    assert caught.value.reason == "invitation_unknown"


def test_same_unit_uses_a_code_once(session: Session, unit: ProducerPlayer, code: InvitationCode) -> None:
    for _ in range(2):
        take_use(session, code, unit.producer)
    assert (code.uses_taken, len(session.scalars(select(InvitationUse)).all())) == (1, 1)


def test_trail_does_not_hold_the_code(session: Session, code: InvitationCode) -> None:
    entry = session.scalars(select(AuditEntry).where(AuditEntry.what == "invitation.make")).one()
    assert code.code not in f"{entry.old} {entry.new} {entry.reason}"


def test_twelve_at_once_take_no_more_than_five_uses(
    engine: sa.Engine, session: Session, host: OrganiserPlayer, open_fair: Fair
) -> None:
    shared = make_code(session, host.actor, open_fair, uses=5)
    ids = [a_producer(session, f"HTX số {n}", f"so{n}@vd.example", products=0).producer.id for n in range(12)]
    session.commit()

    def take(producer_id: int) -> str:
        with make_session(engine) as own:
            try:
                take_use(own, own.get_one(InvitationCode, shared.id), own.get_one(Producer, producer_id))
            except Refused as refusal:
                own.rollback()
                return refusal.reason
            own.commit()
            return "taken"

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(take, ids))
    session.refresh(shared)
    assert answers == ["invitation_used_up"] * 7 + ["taken"] * 5
    assert (shared.uses_taken, session.scalar(select(func.count(InvitationUse.id)))) == (5, 5)


def test_database_itself_holds_the_count(session: Session, code: InvitationCode) -> None:
    code.uses_taken = 2
    with pytest.raises(sa.exc.IntegrityError):
        session.flush()


def used_up(session: Session, host: OrganiserPlayer, code: InvitationCode) -> None:
    take_use(session, code, a_producer(session, "HTX khác", "khac@vd.example", products=0).producer)


def ended(session: Session, host: OrganiserPlayer, code: InvitationCode) -> None:
    code.valid_until = clock.now()


def withdrawn(session: Session, host: OrganiserPlayer, code: InvitationCode) -> None:
    withdraw_code(session, host.actor, code)


@pytest.mark.parametrize(
    ("happened", "reason", "vi", "en"),
    [
        (
            used_up,
            "invitation_used_up",
            "Mã này đã dùng hết số lượt (1). Hãy hỏi ban tổ chức.",
            "This code has been used as often as it may be (1). Ask the organiser.",
        ),
        (
            ended,
            "invitation_ended",
            "Thư mời này đã hết hạn. Hãy xin ban tổ chức mã mới.",
            "This invitation is no longer valid. Ask the organiser for a new one.",
        ),
        (
            withdrawn,
            "invitation_withdrawn",
            "Thư mời này đã bị thu hồi. Hãy hỏi ban tổ chức.",
            "This invitation has been withdrawn. Ask the organiser.",
        ),
    ],
)  # fmt: skip - read as a table
def test_code_that_cannot_be_used_is_refused_in_words(
    session: Session,
    host: OrganiserPlayer,
    open_fair: Fair,
    unit: ProducerPlayer,
    code: InvitationCode,
    refused: Refusal,
    happened: Call,
    reason: str,
    vi: str,
    en: str,
) -> None:  # fmt: skip - many facts of one row
    happened(session, host, code)
    session.flush()
    asks: list[Call] = [
        lambda: usable_code(session, open_fair, unit.producer, code.code),
        lambda: take_use(session, code, unit.producer),
    ]
    for ask in asks:
        assert refused(ask) == (reason, vi, en)


@pytest.mark.parametrize(
    ("typed", "reason", "vi", "en"),
    [
        (
            "",
            "invitation_needed",
            "Đợt này chỉ nhận theo thư mời. Hãy nhập mã trong thư mời.",
            "This call is by invitation. Enter the code from your invitation.",
        ),
        (
            "SAI",
            "invitation_unknown",
            "Không có thư mời nào mang mã này. Hãy kiểm tra từng chữ.",
            "No invitation has this code. Check it, letter by letter.",
        ),
    ],
)  # fmt: skip - read as a table
def test_wrong_code_is_refused_in_words(
    session: Session, open_fair: Fair, unit: ProducerPlayer, refused: Refusal, typed: str, reason: str, vi: str, en: str
) -> None:
    assert refused(lambda: usable_code(session, open_fair, unit.producer, typed)) == (reason, vi, en)


@pytest.mark.parametrize(
    ("facts", "reason", "vi", "en"),
    [
        ({"uses": 0}, "uses_wrong", "Một mã dành cho 1 đến 1000 cơ sở.", "A code is for 1 to 1000 units."),
        (
            {"valid_until": timedelta(0)},
            "code_ends_in_past",
            "Chọn một thời điểm chưa tới.",
            "Choose a moment that is still to come.",
        ),
    ],
)  # fmt: skip - read as a table
def test_wrong_code_facts_are_refused_in_words(
    session: Session,
    host: OrganiserPlayer,
    open_fair: Fair,
    refused: Refusal,
    facts: dict[str, Any],
    reason: str,
    vi: str,
    en: str,
) -> None:  # fmt: skip - many facts of one row
    said = {name: clock.now() + value if name == "valid_until" else value for name, value in facts.items()}
    assert refused(lambda: make_code(session, host.actor, open_fair, **said)) == (reason, vi, en)


def test_uses_cannot_fall_below_what_is_taken(
    session: Session, host: OrganiserPlayer, open_fair: Fair, unit: ProducerPlayer, refused: Refusal
) -> None:
    shared = make_code(session, host.actor, open_fair, uses=3)
    for number in range(2):
        take_use(session, shared, a_producer(session, f"HTX {number}", f"n{number}@vd.example", products=0).producer)
    assert refused(lambda: change_code(session, host.actor, shared, uses=1, valid_until=None)) == (
        "uses_taken_already",
        "Đã có 2 cơ sở dùng mã này.",
        "2 units have used the code already.",
    )
