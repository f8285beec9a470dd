"""Papers of a dossier: what is kept, what is refused, who has looked, and what is to be looked at anew."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from exhibitors.producers.dossier.dossier_paper import DossierPaper, PaperStatus, best_of_kind, papers_of_unit
from exhibitors.producers.dossier.keep_papers import (
    MOST_PAGES,
    PagesRefused,
    PaperFacts,
    add_paper,
    change_paper,
    check_paper,
    remove_page,
    remove_paper,
)
from foundation import clock
from foundation.audit_trail import AuditEntry
from foundation.file_store import FileStore
from foundation.refusal import Refused
from tests.cast import OrganiserPlayer, ProducerPlayer
from tests.sent_files import SVG, a_pdf

DAY = date(2027, 2, 28)


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def a_paper(session: Session, player: ProducerPlayer, store: FileStore | None = None, **facts: object) -> DossierPaper:
    said = PaperFacts(**({"kind": "food_safety", "number": "12/ATTP"} | facts))
    return add_paper(session, player.actor, player.producer, said, store)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"kind": "identity_card"}, "paper_kind_unknown"),
        ({"kind": "other"}, "paper_title_missing"),
        ({"number": " "}, "paper_nothing_said"),
        ({"number": "x" * 121}, "paper_text_too_long"),
        ({"issued_on": DAY, "expires_on": DAY}, "paper_days_wrong"),
        ({"issued_on": clock.today() + timedelta(days=1)}, "paper_issued_later"),
        ({"files": [("a.pdf", b"%PDF-%%EOF")] * (MOST_PAGES + 1)}, "too_many_pages"),
        ({"files": [("a.svg", SVG)]}, "pages_refused"),
        ({"files": [("a.pdf", b"%PDF-" + bytes(40_000_000))] * 8}, "dossier_full"),
    ],
)
def test_paper_that_cannot_be_kept_is_refused(
    session: Session, player: ProducerPlayer, files: FileStore, facts: dict[str, object], reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        a_paper(session, player, files, **facts)
    assert refused.value.reason == reason


def test_bad_pages_are_all_named(session: Session, player: ProducerPlayer, files: FileStore) -> None:
    with pytest.raises(PagesRefused) as refused:
        a_paper(session, player, files, files=[("a.svg", SVG), ("b.pdf", a_pdf(1)), ("c.pdf", b"")])
    assert [(name, why.reason) for name, why in refused.value.each] == [
        ("a.svg", "file_kind_refused"),
        ("c.pdf", "file_empty"),
    ]


def test_checked_paper_is_checked_anew_once_it_changes(
    session: Session, player: ProducerPlayer, organiser: OrganiserPlayer, files: FileStore
) -> None:
    paper = a_paper(session, player)
    check_paper(session, organiser.actor, paper, PaperStatus.REJECTED, reason="Mờ, chụp lại.")
    assert (paper.status, paper.status_reason, paper.checked_by) == ("rejected", "Mờ, chụp lại.", organiser.user.id)
    change_paper(session, player.actor, paper, PaperFacts("food_safety", number="12/ATTP"))
    assert paper.status == "rejected"  # nothing was changed
    change_paper(
        session, player.actor, paper, PaperFacts("food_safety", number="12/ATTP", files=[("a.pdf", a_pdf(1))]), files
    )
    assert (paper.status, paper.status_reason, paper.checked_by, paper.checked_at) == ("unchecked", "", None, None)
    trail = session.scalars(
        sa.select(AuditEntry.what).where(AuditEntry.what.startswith("dossier.")).order_by(AuditEntry.id)
    )
    assert list(trail) == ["dossier.add", "dossier.check", "dossier.change"]


def test_what_changed_while_it_was_looked_at_is_not_marked(
    session: Session, player: ProducerPlayer, organiser: OrganiserPlayer
) -> None:
    paper = a_paper(session, player)
    seen, said = paper.version, PaperFacts("food_safety", number="1")
    change_paper(session, player.actor, paper, PaperFacts("food_safety", number="13/ATTP"))
    for act in (
        lambda: check_paper(session, organiser.actor, paper, PaperStatus.VALID, expected_version=seen),
        lambda: change_paper(session, player.actor, paper, said, expected_version=seen),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.reason == "changed_meanwhile"


@pytest.mark.parametrize(("reason", "code"), [(" ", "reason_missing"), ("x" * 501, "paper_reason_too_long")])
def test_rejection_says_why(
    session: Session, player: ProducerPlayer, organiser: OrganiserPlayer, reason: str, code: str
) -> None:
    paper = a_paper(session, player)
    with pytest.raises(Refused) as refused:
        check_paper(session, organiser.actor, paper, PaperStatus.REJECTED, reason=reason)
    assert refused.value.reason == code


def test_database_keeps_no_rejection_without_a_reason(session: Session, player: ProducerPlayer) -> None:
    paper = a_paper(session, player)
    with pytest.raises(IntegrityError):
        session.execute(sa.update(DossierPaper).where(DossierPaper.id == paper.id).values(status="rejected"))


def test_pages_and_papers_leave_with_their_bytes(session: Session, player: ProducerPlayer, files: FileStore) -> None:
    paper = a_paper(session, player, files, number="", files=[("a.pdf", a_pdf(1)), ("b.pdf", a_pdf(2))])
    session.commit()
    remove_page(session, player.actor, paper, paper.pages[0], files)
    session.commit()
    assert [file.name for file in paper.files] == ["b.pdf"]
    with pytest.raises(Refused) as refused:
        remove_page(session, player.actor, paper, paper.pages[0], files)
    assert refused.value.reason == "paper_nothing_said"
    remove_paper(session, player.actor, paper, files)
    session.commit()
    assert (papers_of_unit(session, player.producer.id), list(files.all_files())) == ([], [])


def test_best_paper_holds_and_is_not_rejected() -> None:
    def paper(number: int, status: str = "unchecked", ends: date | None = None) -> DossierPaper:
        return DossierPaper(id=number, kind="food_safety", status=status, expires_on=ends)

    ended, open_end, checked = paper(4, ends=date(2027, 2, 27)), paper(2), paper(1, "valid", DAY)
    rejected = paper(5, "rejected")
    assert best_of_kind([rejected, ended, open_end, checked], "food_safety", DAY) is checked
    assert best_of_kind([rejected, ended, open_end], "food_safety", DAY) is open_end
    assert best_of_kind([rejected, ended], "food_safety", DAY) is ended
    assert best_of_kind([rejected], "food_safety", DAY) is rejected
    assert best_of_kind([rejected], "label", DAY) is None
