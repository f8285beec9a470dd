"""The queue counts the papers of a unit's dossier as the page of the application shows them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.application_answer import ApplicationPaper
from exhibitors.applications.asked_of_applicant import asked_of
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.missing_items import PaperCount
from exhibitors.applications.queue_filters import QueueFilters
from exhibitors.applications.screening_queue import queue_page
from exhibitors.calls.paper import Paper
from exhibitors.calls.set_up_papers import set_paper
from exhibitors.producers.dossier.dossier_paper import DossierPaper, PaperStatus
from exhibitors.producers.dossier.keep_papers import PaperFacts, add_paper, check_paper
from foundation import clock
from tests.cast import OrganiserPlayer, ProducerPlayer, a_submitted_application
from tests.scenes import Play

KIND = "food_safety"


@pytest.fixture
def sent(play: Play, fair: Fair, player: ProducerPlayer) -> BoothApplication:
    """Sent before any paper was asked for."""
    return play(a_submitted_application, fair, player)


@pytest.fixture
def asked(store: Session, fair: Fair, organiser: OrganiserPlayer, sent: BoothApplication) -> Paper:
    """The fair wants one paper that holds on its last day and is at most a year old."""
    wanted = {"name_vi": "Giấy ATTP", "kind": KIND, "need": "required", "on_last_day": True, "most_months": 12}
    return set_paper(store, organiser.actor, fair, **wanted)


def keep(store: Session, player: ProducerPlayer, last_day: date, *, ends: int, months: int = 1) -> DossierPaper:
    issued = min(last_day - timedelta(days=30 * months), clock.today())
    expires = last_day + timedelta(days=ends)
    facts = PaperFacts(KIND, number=f"{ends}/{months}", issued_on=issued, expires_on=expires)
    return add_paper(store, player.actor, player.producer, facts)


@pytest.mark.parametrize(
    ("papers", "there"),
    [
        ([], 0),
        ([(0, 1, "")], 1),
        ([(-1, 1, "")], 0),
        ([(5, 20, "")], 0),
        ([(-1, 1, "valid"), (5, 1, "")], 1),
        ([(5, 1, "rejected")], 0),
        ([(5, 1, ""), (5, 1, "rejected")], 1),
        ([(5, 1, ""), (5, 20, "valid")], 0),
        ([(5, 20, ""), (5, 1, "")], 1),
        ([(5, 1, ""), (5, 20, "")], 0),
    ],
)
def test_dossier_counts_like_on_the_page_of_the_application(
    store: Session,
    fair: Fair,
    player: ProducerPlayer,
    organiser: OrganiserPlayer,
    asked: Paper,
    sent: BoothApplication,
    papers: list[tuple[int, int, str]],
    there: int,
) -> None:  # fmt: skip - one line of fixtures
    assert fair.last_day is not None
    for ends, months, status in papers:
        kept = keep(store, player, fair.last_day, ends=ends, months=months)
        if status:
            check_paper(store, organiser.actor, kept, PaperStatus(status), reason="Mờ")
    assert (asked_of(store, sent).objections() == []) is bool(there)
    assert counted(store, fair) == (PaperCount(there, 1), not there)


def test_paper_brought_with_the_application_counts_before_the_dossier(
    store: Session, fair: Fair, player: ProducerPlayer, sent: BoothApplication, asked: Paper
) -> None:
    assert fair.last_day is not None
    brought = ApplicationPaper(application_id=sent.id, paper_id=asked.id, number="1")
    brought.issued_on, brought.expires_on = fair.last_day - timedelta(days=30), fair.last_day - timedelta(days=1)
    store.add(brought)
    keep(store, player, fair.last_day, ends=5)
    assert counted(store, fair) == (PaperCount(0, 1), True)
    brought.expires_on = fair.last_day
    assert counted(store, fair) == (PaperCount(1, 1), False)


def counted(store: Session, fair: Fair) -> tuple[PaperCount, bool]:
    """Of the only application: its papers, and whether the queue lists it among those that lack one."""
    store.flush()
    (row,) = queue_page(store, fair, QueueFilters(), 1).rows
    return row.papers, bool(queue_page(store, fair, QueueFilters(missing="paper"), 1).rows)
