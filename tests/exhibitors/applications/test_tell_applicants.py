"""Who is written to when a fair is cancelled, put off or announced again."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.fairs.organise_fair import cancel_fair, postpone_fair, restore, resume
from exhibitors.applications.apply_for_booth import start_application, withdraw_application
from foundation.outbox import OutboxLetter
from tests.cast import BASE_URL, OrganiserPlayer, a_producer, a_submitted_application, an_open_fair
from tests.scenes import Play


def a_fair_with_three(session: Session, organiser: OrganiserPlayer) -> Fair:
    """Three units: one has applied, one has taken its application back, one has only a draft."""
    fair = an_open_fair(session, organiser)
    applied, gone, drafting = (a_producer(session, f"HTX {name}", f"{name}@units.example") for name in "abc")
    a_submitted_application(session, fair, applied)
    taken_back = a_submitted_application(session, fair, gone)
    withdraw_application(session, gone.actor, taken_back, base_url=BASE_URL)
    start_application(session, drafting.actor, fair, drafting.producer)
    return fair


@pytest.fixture
def fair(play: Play, organiser: OrganiserPlayer) -> Fair:
    """Three units: one has applied, one has taken its application back, one has only a draft."""
    return play(a_fair_with_three, organiser)


def news(session: Session) -> list[tuple[str, str, str]]:
    """Kind, recipient and subject of the letters about the fair's course."""
    query = select(OutboxLetter).where(OutboxLetter.kind.startswith("fair_")).order_by(OutboxLetter.id)
    return [(letter.kind, letter.recipient, letter.subject) for letter in session.scalars(query)]


def test_cancelling_writes_to_who_has_applied_and_to_nobody_else(
    session: Session, organiser: OrganiserPlayer, fair: Fair
) -> None:
    cancel_fair(session, organiser.actor, fair, reason="Bão số 3")
    assert news(session) == [("fair_cancelled", "a@units.example", "Hủy tổ chức Hội chợ Xuân")]
    body = session.scalars(select(OutboxLetter.body).where(OutboxLetter.kind == "fair_cancelled")).one()
    assert "Lý do: Bão số 3\n" in body


def test_postponing_and_announcing_again_each_write_once(
    session: Session, organiser: OrganiserPlayer, fair: Fair
) -> None:
    postpone_fair(session, organiser.actor, fair, reason="Bão số 3")
    resume(session, organiser.actor, fair)
    assert [kind for kind, _, _ in news(session)] == ["fair_postponed", "fair_on_again"]


def test_cancelling_a_second_time_writes_again(session: Session, organiser: OrganiserPlayer, fair: Fair) -> None:
    cancel_fair(session, organiser.actor, fair, reason="Bão số 3")
    restore(session, organiser.actor, fair)
    cancel_fair(session, organiser.actor, fair, reason="Bão số 4")
    assert [kind for kind, _, _ in news(session)] == ["fair_cancelled", "fair_on_again", "fair_cancelled"]


def test_letter_is_in_the_language_of_its_reader(session: Session, organiser: OrganiserPlayer, fair: Fair) -> None:
    reader = a_producer(session, "HTX Anh ngữ", "english@units.example")
    reader.user.language = "en"
    a_submitted_application(session, fair, reader)
    cancel_fair(session, organiser.actor, fair, reason="Bão số 3")
    assert news(session)[-1] == (
        "fair_cancelled",
        "english@units.example",
        "Quảng Ninh OCOP Fair does not take place",
    )
