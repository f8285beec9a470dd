"""A unit's dossier seen through its applications: who may read it, and which of its papers serves a fair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from exhibitors.applications.application_answer import ApplicationPaper
from exhibitors.applications.application_moves import ENDED, ApplicationState
from exhibitors.applications.booth_application import BoothApplication, ZoneWish
from exhibitors.applications.permissions import may_read_application
from exhibitors.calls.paper import Paper
from exhibitors.producers.dossier.dossier_paper import (
    DossierPaper,
    PaperKind,
    PaperStatus,
    best_of_kind,
    who_else_reads_dossiers,
)
from foundation.actor import Actor
from foundation.refusal import Refused
from foundation.stored_file import StoredFile

NOT_SENT = {ApplicationState.DRAFT, *ENDED}


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A paper as a fair sees it, be it from the dossier (`dossier` is then set) or brought with the application."""

    number: str
    issued_on: date | None
    expires_on: date | None
    files: Sequence[StoredFile]
    dossier: DossierPaper | None = None

    def objection(self, paper: Paper, last_day: date) -> Refused | None:
        """Why it does not do for the fair, or None: paper_rejected, and what the paper's validity objects."""
        if self.dossier is not None and self.dossier.status == PaperStatus.REJECTED:
            return Refused("paper_rejected", paper=paper.name, why=self.dossier.status_reason)
        return paper.validity.objection(paper.name_vi, self.issued_on, self.expires_on, last_day)


def paper_shown(
    paper: Paper, brought: ApplicationPaper | None, dossier: list[DossierPaper], last_day: date
) -> PaperShown | None:
    """What there is to look at: what was brought with this very application, else the best of the dossier."""
    if brought is not None and brought.is_brought:
        files = [brought.file] if brought.file else []
        return PaperShown(brought.number, brought.issued_on, brought.expires_on, files)
    kept = best_of_kind(dossier, paper.kind, last_day) if paper.kind != PaperKind.OTHER else None
    return PaperShown(kept.number, kept.issued_on, kept.expires_on, kept.files, kept) if kept else None


@who_else_reads_dossiers
def reads_as_organiser(session: Session, actor: Actor, producer_id: int) -> bool:
    """Organisers read the dossier of a unit whose application to a fair of theirs was sent and still goes on."""
    if not actor.is_organiser and not actor.is_admin:
        return False
    loads = (joinedload(BoothApplication.fair), selectinload(BoothApplication.wishes).joinedload(ZoneWish.zone))
    query = select(BoothApplication).where(
        BoothApplication.producer_id == producer_id,
        BoothApplication.state.not_in([state.value for state in NOT_SENT]),
    )
    return any(
        may_read_application(actor, application.fair, application)
        for application in session.scalars(query.options(*loads))
    )
