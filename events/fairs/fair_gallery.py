"""Pictures of a fair, each with words for those who cannot see it and the name of who took it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from events.fairs.archive_fair import refuse_archived
from events.fairs.fair import Fair
from events.fairs.permissions import may_see_fair
from foundation import clock
from foundation.actor import Actor
from foundation.audit_trail import record
from foundation.bilingual import Bilingual
from foundation.database import Base
from foundation.file_kinds import PICTURES
from foundation.file_store import FileStore
from foundation.folding import nfc, strip_controls
from foundation.keep_files import drop_file, keep_file
from foundation.overtaken import refuse_overtaken, version_of_facts
from foundation.page_changes import PageFamily, pages_changed
from foundation.refusal import Refused
from foundation.stored_file import FilePurpose, StoredFile, register_purpose

MOST_PICTURES = 60
LONGEST = {"alt_vi": 200, "alt_en": 200, "credit": 120}


class FairPicture(Base):
    """One picture; shown in the order in which they came."""

    __tablename__ = "fair_picture"
    __table_args__ = (
        CheckConstraint("alt_vi != ''", name="told_in_words"),
        CheckConstraint("credit != ''", name="credited"),
    )
    __public__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    alt_vi: Mapped[str] = mapped_column(String(200))
    alt_en: Mapped[str] = mapped_column(String(200), default="")
    credit: Mapped[str] = mapped_column(String(120))
    added_at: Mapped[datetime]

    file: Mapped[StoredFile] = relationship()

    @property
    def alt(self) -> Bilingual:
        """What it shows, in both languages."""
        return Bilingual(self.alt_vi, self.alt_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSayings:
    """What an organiser says about a picture; the English words may be left out."""

    alt_vi: str
    credit: str
    alt_en: str = ""

    def faults(self) -> list[Refused]:
        """All rules that are broken, by field: picture_alt_missing, picture_credit_missing, text_too_long."""
        missing = {"alt_vi": "picture_alt_missing", "credit": "picture_credit_missing"}
        said = self.clean()
        faults = [Refused(reason, field=name) for name, reason in missing.items() if not said[name]]
        return faults + [
            Refused("text_too_long", field=name, most=most) for name, most in LONGEST.items() if len(said[name]) > most
        ]

    def clean(self) -> dict[str, str]:
        """The columns, without what nobody sees."""
        return {name: nfc(strip_controls(getattr(self, name))).strip() for name in LONGEST}


def may_read_picture(session: Session, actor: Actor | None, stored: StoredFile) -> bool:
    """Whoever may see the fair that shows it."""
    fair = session.scalar(select(Fair).join(FairPicture).where(FairPicture.file_id == stored.id))
    return fair is not None and may_see_fair(actor, fair)


GALLERY = register_purpose(FilePurpose("fair_gallery", may_read_picture, PICTURES))


def add_picture(
    session: Session, actor: Actor, store: FileStore, fair: Fair, said: PictureSayings, *, name: str, content: bytes
) -> FairPicture:
    """Show one more. Refuses `said.faults`, fair_is_archived, too_many_pictures and what `keep_file` refuses."""
    for fault in said.faults():
        raise fault
    _lock(session, fair)
    if (session.scalar(select(func.count(FairPicture.id)).where(FairPicture.fair_id == fair.id)) or 0) >= MOST_PICTURES:
        raise Refused("too_many_pictures", most=MOST_PICTURES)
    kept = keep_file(session, actor, store, GALLERY, name=name, content=content, subject_id=fair.id, fair_id=fair.id)
    picture = FairPicture(fair_id=fair.id, file=kept, added_at=clock.now(), **said.clean())
    session.add(picture)
    session.flush()
    record(session, actor, "fair.add_picture", picture, fair_id=fair.id, new=_told(picture))
    pages_changed(session, PageFamily.FAIR, [fair.id])
    return picture


def describe_picture(
    session: Session, actor: Actor, fair: Fair, picture: FairPicture, said: PictureSayings, *, seen: int | None = None
) -> None:
    """Say something else about it than the `picture_version` that was `seen`.

    Refuses the first of `said.faults`, fair_is_archived and as `refuse_overtaken`.
    """
    for fault in said.faults():
        raise fault
    _lock(session, fair)
    session.refresh(picture)
    refuse_overtaken(picture_version(picture), seen)
    for name, words in said.clean().items():
        setattr(picture, name, words)
    session.flush()
    record(session, actor, "fair.describe_picture", picture, fair_id=fair.id, new=_told(picture))
    pages_changed(session, PageFamily.FAIR, [fair.id])


def picture_version(picture: FairPicture) -> int:
    """Another number for another picture, and whenever other words stand beside it."""
    return version_of_facts(picture.file.key, picture.alt_vi, picture.alt_en, picture.credit)


def remove_picture(session: Session, actor: Actor, store: FileStore, fair: Fair, picture: FairPicture) -> None:
    """Show it no more; its bytes go with it. Refuses fair_is_archived."""
    _lock(session, fair)
    record(session, actor, "fair.remove_picture", picture, fair_id=fair.id, new=_told(picture))
    pages_changed(session, PageFamily.FAIR, [fair.id])
    kept = picture.file
    session.delete(picture)
    session.flush()
    drop_file(session, actor, store, kept, fair_id=fair.id)


def pictures_of(session: Session, fair: Fair) -> list[FairPicture]:
    """All pictures of the fair as they came, with their files; one query."""
    rows = select(FairPicture).options(joinedload(FairPicture.file)).where(FairPicture.fair_id == fair.id)
    return list(session.scalars(rows.order_by(FairPicture.id)))


def find_picture(session: Session, fair: Fair, picture_id: int) -> FairPicture | None:
    """The picture of this fair with this number."""
    return session.scalar(select(FairPicture).where(FairPicture.id == picture_id, FairPicture.fair_id == fair.id))


def _lock(session: Session, fair: Fair) -> None:
    session.flush()
    session.refresh(fair, with_for_update={"of": Fair})
    refuse_archived(fair)


def _told(picture: FairPicture) -> dict[str, str]:
    return {"alt": picture.alt_vi, "by": picture.credit}
