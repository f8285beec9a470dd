"""Whom an applicant would like beside it or not: found among the fair's applications for the organiser alone."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from exhibitors.applications.application_moves import ENDED, ApplicationState
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.booth_logistics import NamedNeighbour, fits, names_typed
from exhibitors.producers.producer import Producer
from foundation.folding import fold


def named_neighbours(session: Session, application: BoothApplication) -> list[NamedNeighbour]:
    """Each name as it was typed with the codes it fits, wished ones first; at most one query, none without a name."""
    texts = ((application.neighbours_wished, True), (application.neighbours_not_wished, False))
    typed = [(name, is_wished) for text, is_wished in texts for name in names_typed(text)]
    if not typed:
        return []
    away = [ApplicationState.DRAFT.value, *(state.value for state in ENDED)]
    rows = session.execute(
        select(BoothApplication.code, Producer.name_vi, Producer.name_en)
        .join(Producer, Producer.id == BoothApplication.producer_id)
        .where(BoothApplication.fair_id == application.fair_id, BoothApplication.id != application.id)
        .where(BoothApplication.state.not_in(away))
        .order_by(BoothApplication.code)
    )
    units = [(code, fold(f"{name_vi} {name_en}")) for code, name_vi, name_en in rows]
    return [
        NamedNeighbour(name, is_wished, [code for code, folded in units if fits(name, folded)])
        for name, is_wished in typed
    ]
