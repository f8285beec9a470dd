"""What a fair achieved, as published: rounded figures with their qualifier and source."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from events.fairs.fair import Fair
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.bilingual import Bilingual
from foundation.database import Base
from foundation.page_changes import PageFamily, pages_changed


class Measure(StrEnum):
    """What is counted; `text` figures say something that is not a number."""

    REVENUE = "revenue"
    VISITS = "visits"
    BOOTHS = "booths"
    UNITS = "units"
    PRODUCTS = "products"
    AGREEMENT = "agreement"
    BEST_SELLERS = "best_sellers"


class FairFigure(Base):
    """One published figure. Sources round and disagree: qualifier and source stay with it."""

    __tablename__ = "fair_figure"
    __table_args__ = (Index("ix_fair_figure_fair", "fair_id"),)
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    measure: Mapped[str] = mapped_column(String(20))
    amount: Mapped[int | None] = mapped_column(BigInteger)  # đồng: a fair takes more than fits 32 bits
    qualifier_vi: Mapped[str] = mapped_column(String(20), default="")
    qualifier_en: Mapped[str] = mapped_column(String(20), default="")
    text_vi: Mapped[str] = mapped_column(Text, default="")
    text_en: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(Text)

    fair: Mapped[Fair] = relationship()

    @property
    def qualifier(self) -> Bilingual:
        """The source's own hedge: "gần", "trên", "ước" …"""
        return Bilingual(self.qualifier_vi, self.qualifier_en)

    @property
    def text(self) -> Bilingual:
        """What is said where a number does not say it; beside a number, the part of the fair that it counts."""
        return Bilingual(self.text_vi, self.text_en)


def publish_figure(
    session: Session,
    actor: Actor,
    fair: Fair,
    *,
    measure: Measure,
    source: str,
    amount: int | None = None,
    qualifier: Bilingual | None = None,
    text: Bilingual | None = None,
) -> FairFigure:
    """Put a reported figure on the fair's page; the source is mandatory, a `text` beside an amount names its part."""
    qualifier, text = qualifier or Bilingual(""), text or Bilingual("")
    figure = FairFigure(
        fair=fair, measure=measure.value, amount=amount, source=source,
        qualifier_vi=qualifier.vi, qualifier_en=qualifier.en, text_vi=text.vi, text_en=text.en,
    )  # fmt: skip
    session.add(figure)
    session.flush()
    record(session, actor, "result.publish_figure", figure, fair_id=fair.id, new={"measure": measure.value})
    pages_changed(session, PageFamily.FAIR, [fair.id])
    return figure


def figures_of(session: Session, fair_id: int) -> list[FairFigure]:
    """The published figures of a fair in the order they were entered."""
    return list(session.scalars(_ALL, {"fair_id": fair_id}))


def figures_of_fairs(session: Session, fair_ids: Collection[int]) -> dict[int, list[FairFigure]]:
    """Revenue and visits of several whole fairs at once, for lists; one query."""
    figures: dict[int, list[FairFigure]] = {}
    for figure in session.scalars(_HEADLINES, {"fair_ids": list(fair_ids)}):
        figures.setdefault(figure.fair_id, []).append(figure)
    return figures


_ALL = select(FairFigure).where(FairFigure.fair_id == bindparam("fair_id")).order_by(FairFigure.id)
_HEADLINES = (
    select(FairFigure)
    .where(FairFigure.fair_id.in_(bindparam("fair_ids", expanding=True)))
    .where(FairFigure.measure.in_([Measure.REVENUE.value, Measure.VISITS.value]), FairFigure.text_vi == "")
    .order_by(FairFigure.id)
)
