"""The papers that a fair asks for: a matrix of product groups and kinds of unit for each."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from events.fairs.fair import Fair
from exhibitors.calls.paper_needs import Need, Validity, need_of
from exhibitors.producers.dossier.dossier_paper import PaperKind
from foundation.bilingual import Bilingual
from foundation.database import Base
from foundation.overtaken import drawn_version


class Paper(Base):
    """One paper at one fair; `cells` says where the need differs from the default, by "group:kind".

    Papers of a known `kind` are found in the unit's dossier; "other" is brought with each application.
    """

    __tablename__ = "paper"
    __table_args__ = (
        UniqueConstraint("fair_id", "name_vi"),
        CheckConstraint(f"need in ({', '.join(repr(need.value) for need in Need)})", name="need"),
        CheckConstraint(f"kind in ({', '.join(repr(kind.value) for kind in PaperKind)})", name="kind"),
        CheckConstraint("most_months between 1 and 120", name="most_months"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    position: Mapped[int] = mapped_column(default=0)
    name_vi: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[str] = mapped_column(String(30), default=PaperKind.OTHER.value)
    help_vi: Mapped[str] = mapped_column(Text, default="")
    help_en: Mapped[str] = mapped_column(Text, default="")
    need: Mapped[str] = mapped_column(String(20), default=Need.REQUIRED.value)
    cells: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    on_last_day: Mapped[bool] = mapped_column(default=False)
    most_months: Mapped[int | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version, "version_id_generator": drawn_version}

    @property
    def name(self) -> Bilingual:
        """The name in both languages."""
        return Bilingual(self.name_vi, self.name_en)

    @property
    def help(self) -> Bilingual:
        """What helps to find it, in both languages."""
        return Bilingual(self.help_vi, self.help_en)

    @property
    def validity(self) -> Validity:
        """How long it must hold."""
        return Validity(self.on_last_day, self.most_months)

    def need_for(self, kind: str, groups: Collection[str]) -> Need:
        """How much a unit of this kind with these product groups must bring it."""
        return need_of(self.need, self.cells, kind, groups)


def papers_of(session: Session, fair: Fair) -> list[Paper]:
    """All papers of a fair in the organiser's order."""
    query = select(Paper).where(Paper.fair_id == fair.id)
    return list(session.scalars(query.order_by(Paper.position, Paper.id)))


def find_paper(session: Session, fair: Fair, paper_id: int) -> Paper | None:
    """The paper if it belongs to this very fair."""
    return session.scalar(select(Paper).where(Paper.fair_id == fair.id, Paper.id == paper_id))
