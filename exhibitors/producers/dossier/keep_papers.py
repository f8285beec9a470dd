"""Keep papers in a unit's dossier: add, change, take away, and say whether one is valid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from exhibitors.producers.certificate_life import is_issued_later
from exhibitors.producers.dossier.dossier_paper import (
    DOSSIER_FILE,
    LONGEST_ISSUER,
    LONGEST_NUMBER,
    LONGEST_TITLE,
    DossierPage,
    DossierPaper,
    PaperKind,
    PaperStatus,
)
from exhibitors.producers.producer import Producer, lock_producer
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.file_store import FileStore
from foundation.folding import nfc
from foundation.keep_files import drop_file, keep_file
from foundation.refusal import Refused
from foundation.stored_file import StoredFile

MOST_PAPERS = 100
MOST_PAGES = 40
MOST_MEGABYTES = 300
"""Room for one unit: forty pages each of the ten kinds, photographed."""
LONGEST_REASON = 500
SentFile = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What is said about a paper; `files` are pages to be added, name and bytes each."""

    kind: str
    title: str = ""
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None
    expires_on: date | None = None
    files: Sequence[SentFile] = ()


class PagesRefused(Refused):
    """Files that were not taken, each with its name and why: reason pages_refused."""

    def __init__(self, each: Sequence[tuple[str, Refused]]) -> None:
        super().__init__("pages_refused", files=", ".join(name for name, _ in each))
        self.each = each


def add_paper(
    session: Session, actor: Actor, producer: Producer, facts: PaperFacts, store: FileStore | None = None
) -> DossierPaper:
    """Put a new paper into the dossier, unchecked.

    Refuses paper_kind_unknown, paper_title_missing, paper_nothing_said, paper_text_too_long, paper_days_wrong,
    paper_issued_later, too_many_dossier_papers, too_many_pages, dossier_full, and files as `PagesRefused`.
    """
    lock_producer(session, producer)
    count = session.scalar(select(func.count(DossierPaper.id)).where(DossierPaper.producer_id == producer.id)) or 0
    if count >= MOST_PAPERS:
        raise Refused("too_many_dossier_papers", most=MOST_PAPERS)
    paper = DossierPaper(producer_id=producer.id, kind=facts.kind, created_at=clock.now())
    if not facts.files and not facts.number.strip():
        raise Refused("paper_nothing_said")
    _take_over(paper, facts)
    session.add(paper)
    session.flush()
    _add_pages(session, actor, paper, facts.files, store)
    record(session, actor, "dossier.add", paper, new={"kind": paper.kind, "producer": producer.id})
    return paper


def change_paper(
    session: Session,
    actor: Actor,
    paper: DossierPaper,
    facts: PaperFacts,
    store: FileStore | None = None,
    *,
    expected_version: int | None = None,
) -> DossierPaper:
    """Change what is said and add pages; what was checked is to be checked anew. Nothing changed: nothing happens.

    Refuses as `add_paper` does, and `changed_meanwhile`.
    """
    session.refresh(paper, with_for_update={"of": DossierPaper})
    if expected_version is not None and paper.version != expected_version:
        raise Refused("changed_meanwhile", version=paper.version)
    columns = ("kind", "title", "number", "issuer", "issued_on", "expires_on")
    before = [getattr(paper, name) for name in columns]
    if not facts.files and not paper.pages and not facts.number.strip():
        raise Refused("paper_nothing_said")
    _take_over(paper, facts)
    if before == [getattr(paper, name) for name in columns] and not facts.files:
        return paper
    if before[-1] != paper.expires_on:
        paper.warned_days = None
    _add_pages(session, actor, paper, facts.files, store)
    _uncheck(paper)
    session.flush()
    record(session, actor, "dossier.change", paper, new={"kind": paper.kind, "pages": len(paper.pages)})
    return paper


def remove_page(session: Session, actor: Actor, paper: DossierPaper, page: DossierPage, store: FileStore) -> None:
    """Take one page away; refuses paper_nothing_said when nothing would be left of the paper."""
    session.refresh(paper, with_for_update={"of": DossierPaper})
    if len(paper.pages) == 1 and not paper.number:
        raise Refused("paper_nothing_said")
    stored = page.file
    paper.pages.remove(page)
    _uncheck(paper)
    session.flush()
    drop_file(session, actor, store, stored)
    record(session, actor, "dossier.change", paper, new={"kind": paper.kind, "pages": len(paper.pages)})


def remove_paper(session: Session, actor: Actor, paper: DossierPaper, store: FileStore) -> None:
    """Take a paper with all its pages out of the dossier."""
    stored = paper.files
    record(session, actor, "dossier.remove", paper, old={"kind": paper.kind, "producer": paper.producer_id})
    session.delete(paper)
    session.flush()
    for file in stored:
        drop_file(session, actor, store, file)


def check_paper(
    session: Session,
    actor: Actor,
    paper: DossierPaper,
    status: PaperStatus,
    *,
    reason: str = "",
    fair_id: int | None = None,
    expected_version: int | None = None,
) -> DossierPaper:
    """Say that a paper is valid or, with a reason that the unit reads, rejected; kept is by whom and when.

    Refuses changed_meanwhile (the unit changed it while it was looked at), reason_missing and paper_reason_too_long.
    """
    session.refresh(paper, with_for_update={"of": DossierPaper})
    if expected_version is not None and paper.version != expected_version:
        raise Refused("changed_meanwhile", version=paper.version)
    words = nfc(reason.strip()) if status is PaperStatus.REJECTED else ""
    if status is PaperStatus.REJECTED and not words:
        raise Refused("reason_missing")
    if len(words) > LONGEST_REASON:
        raise Refused("paper_reason_too_long", most=LONGEST_REASON)
    if (paper.status, paper.status_reason) == (status.value, words):
        return paper
    old = paper.status
    paper.status, paper.status_reason = status.value, words
    paper.checked_by, paper.checked_at = actor.user_id, clock.now()
    session.flush()
    now = {"status": status.value, "kind": paper.kind}
    record(session, actor, "dossier.check", paper, fair_id=fair_id, old={"status": old}, new=now, reason=words)
    return paper


def _uncheck(paper: DossierPaper) -> None:
    paper.status, paper.status_reason = PaperStatus.UNCHECKED.value, ""
    paper.checked_by = paper.checked_at = None


def refuse_wrong_days(issued_on: date | None, expires_on: date | None) -> None:
    """Refuses paper_days_wrong, paper_issued_later."""
    if issued_on is not None and expires_on is not None and expires_on <= issued_on:
        raise Refused("paper_days_wrong")
    if is_issued_later(issued_on):
        raise Refused("paper_issued_later")


def _take_over(paper: DossierPaper, facts: PaperFacts) -> None:
    if facts.kind not in set(PaperKind):
        raise Refused("paper_kind_unknown")
    texts = {"title": LONGEST_TITLE, "number": LONGEST_NUMBER, "issuer": LONGEST_ISSUER}
    for name, most in texts.items():
        words = nfc(getattr(facts, name).strip())
        if len(words) > most:
            raise Refused("paper_text_too_long", field=name, most=most)
        setattr(paper, name, words)
    if facts.kind == PaperKind.OTHER and not paper.title:
        raise Refused("paper_title_missing")
    refuse_wrong_days(facts.issued_on, facts.expires_on)
    paper.kind, paper.issued_on, paper.expires_on = facts.kind, facts.issued_on, facts.expires_on


def _add_pages(
    session: Session, actor: Actor, paper: DossierPaper, files: Sequence[SentFile], store: FileStore | None
) -> None:
    if not files:
        return
    if store is None:
        raise ValueError("files need a store")
    if len(paper.pages) + len(files) > MOST_PAGES:
        raise Refused("too_many_pages", most=MOST_PAGES)
    of_unit = (StoredFile.purpose == DOSSIER_FILE.name, StoredFile.subject_id == paper.producer_id)
    used = session.scalar(select(func.coalesce(func.sum(StoredFile.size), 0)).where(*of_unit)) or 0
    if used + sum(len(content) for _, content in files) > MOST_MEGABYTES * 1_000_000:
        raise Refused("dossier_full", most=MOST_MEGABYTES)
    refused: list[tuple[str, Refused]] = []
    position = max((page.position for page in paper.pages), default=0)
    for number, (name, content) in enumerate(files, position + 1):
        try:
            stored = keep_file(
                session, actor, store, DOSSIER_FILE, name=name, content=content, subject_id=paper.producer_id
            )
        except Refused as refusal:
            refused.append((name, refusal))
        else:
            paper.pages.append(DossierPage(position=number, file=stored))
    if refused:
        raise PagesRefused(refused)
    session.flush()
