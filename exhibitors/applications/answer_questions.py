"""Answer the organiser's questions and bring papers; what stays empty may be filled in later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from exhibitors.applications.application_answer import (
    ANSWER_FILE,
    PAPER_FILE,
    ApplicationAnswer,
    ApplicationPaper,
    answers_of,
    papers_brought,
)
from exhibitors.applications.application_moves import ENDED
from exhibitors.applications.asked_of_applicant import AskedPaper, AskedQuestion, asked_of
from exhibitors.applications.asked_points import Point, opened_points
from exhibitors.applications.booth_application import BoothApplication, lock_application, time_stamp
from exhibitors.applications.open_to_change import may_still_change
from exhibitors.calls.question_answers import QuestionKind
from exhibitors.producers.dossier.dossier_paper import PaperKind
from exhibitors.producers.dossier.keep_papers import PaperFacts as DossierFacts
from exhibitors.producers.dossier.keep_papers import add_paper, change_paper, refuse_wrong_days
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.file_store import FileStore
from foundation.folding import nfc
from foundation.keep_files import drop_file, keep_file
from foundation.refusal import Refused
from foundation.stored_file import FilePurpose, StoredFile

LONGEST_NUMBER = 120
SentFile = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What is said about a paper; files that are not sent again stay."""

    number: str = ""
    issued_on: date | None = None
    expires_on: date | None = None
    files: Sequence[SentFile] = ()


def answer_questions(
    session: Session,
    actor: Actor,
    application: BoothApplication,
    *,
    answers: Mapping[int, object | None],
    files: Mapping[int, SentFile] | None = None,
    papers: Mapping[int, PaperFacts] | None = None,
    store: FileStore | None = None,
) -> BoothApplication:
    """Keep answers by question (as `read_answer` makes them) and papers, complete or not.

    Papers of a known kind go into the unit's dossier, where the next fair finds them: new files make a new paper there.
    Answers may change until their question is frozen, also after sending; papers while the form is open. Refuses
    `application_ended`, `answer_frozen` (an answer that differs), `paper_days_wrong`, `paper_issued_later`, what
    `keep_file` refuses, and of papers for the dossier what `add_paper` does.
    """
    lock_application(session, application)
    if application.current in ENDED:
        raise Refused("application_ended", code=application.code, state=application.state)
    desk = _Desk(session, actor, application, store)
    opened = opened_points(application) or frozenset(Point)
    asked, known = asked_of(session, application), answers_of(session, application)
    changed: dict[str, list[int]] = {"questions": [], "papers": []}
    for one in asked.questions:
        number = one.question.id
        sent = (files or {}).get(number)
        may_be = Point.ANSWERS in opened and (number in answers or sent is not None)
        if may_be and desk.answer(one, known.get(number), answers.get(number), sent):
            changed["questions"].append(number)
    if may_still_change(session, application) and Point.PAPERS in opened:
        brought = papers_brought(session, application)
        for one_paper in asked.papers:
            if one_paper.paper.id in (papers or {}):
                number = one_paper.paper.id
                try:
                    if desk.paper(one_paper, brought.get(number), (papers or {})[number]):
                        changed["papers"].append(number)
                except Refused as refusal:
                    refusal.facts.setdefault("paper_id", number)
                    raise
    told = {name: numbers for name, numbers in changed.items() if numbers}
    if told:
        time_stamp(application)
        record(session, actor, "application.answer", application, fair_id=application.fair_id, new=told)
        session.flush()
    return application


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every answer is kept with."""

    session: Session
    actor: Actor
    application: BoothApplication
    store: FileStore | None

    def answer(
        self, asked: AskedQuestion, known: ApplicationAnswer | None, value: object | None, sent: SentFile | None
    ) -> bool:
        is_file = asked.question.kind == QuestionKind.FILE
        differs = sent is not None if is_file else value != (known.value if known else None)
        if not differs:
            return False
        if asked.is_frozen:
            raise Refused("answer_frozen", question=asked.question.text)
        answer = known or ApplicationAnswer(application_id=self.application.id, question_id=asked.question.id)
        if is_file and sent is not None:
            former, answer.file = answer.file, self.keep(ANSWER_FILE, sent)
            self.session.add(answer)
            self.drop(former)
        else:
            answer.value = value
            self.session.add(answer)
        return True

    def paper(self, asked: AskedPaper, known: ApplicationPaper | None, facts: PaperFacts) -> bool:
        if asked.paper.kind == PaperKind.OTHER or known is not None:
            return self.bring(asked.paper.id, known, facts)
        return self.keep_in_dossier(asked, facts)

    def bring(self, paper_id: int, known: ApplicationPaper | None, facts: PaperFacts) -> bool:
        refuse_wrong_days(facts.issued_on, facts.expires_on)
        number = nfc(facts.number.strip())[:LONGEST_NUMBER]
        before = (known.number, known.issued_on, known.expires_on) if known else ("", None, None)
        if before == (number, facts.issued_on, facts.expires_on) and not facts.files:
            return False
        if len(facts.files) > 1:
            raise Refused("one_file_only")
        brought = known or ApplicationPaper(application_id=self.application.id, paper_id=paper_id)
        brought.number, brought.issued_on, brought.expires_on = number, facts.issued_on, facts.expires_on
        self.session.add(brought)
        if facts.files:
            former, brought.file = brought.file, self.keep(PAPER_FILE, facts.files[0])
            self.drop(former)
        return True

    def keep_in_dossier(self, asked: AskedPaper, facts: PaperFacts) -> bool:
        known = asked.shown.dossier if asked.shown else None
        number = nfc(facts.number.strip())[:LONGEST_NUMBER]
        before = (known.number, known.issued_on, known.expires_on) if known else ("", None, None)
        if before == (number, facts.issued_on, facts.expires_on) and not facts.files:
            return False
        issuer, title = (known.issuer, known.title) if known else ("", "")
        said = DossierFacts(
            asked.paper.kind, title, number, issuer, facts.issued_on, facts.expires_on, list(facts.files)
        )
        if known is None or (facts.files and known.pages):
            add_paper(self.session, self.actor, self.application.producer, said, self.store)
        else:
            change_paper(self.session, self.actor, known, said, self.store)
        return True

    def keep(self, purpose: FilePurpose, sent: SentFile) -> StoredFile:
        if self.store is None:
            raise ValueError("files need a store")
        name, content = sent
        subject = {"subject_id": self.application.id, "fair_id": self.application.fair_id}
        return keep_file(self.session, self.actor, self.store, purpose, name=name, content=content, **subject)

    def drop(self, former: StoredFile | None) -> None:
        """Let the file that was replaced go, after its row points to the new one."""
        self.session.flush()
        if former is not None and self.store is not None:
            drop_file(self.session, self.actor, self.store, former, fair_id=self.application.fair_id)
