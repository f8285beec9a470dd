"""Question: the pictures of a fair or a unit as visitors go through them, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.fairs.fair_gallery import pictures_of
from exhibitors.producers.pictures.unit_picture import public_pictures_of_unit
from exhibitors.producers.producer import Producer
from foundation.bilingual import Bilingual
from foundation.stored_file import StoredFile


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """One picture with its words; `credit` is empty where a unit shows its own."""

    id: int
    file: StoredFile
    alt: Bilingual
    credit: str


@dataclass(frozen=True, slots=True)
class PictureOwner:
    """What the pictures show: its schema.org type, its name and the path of its page."""

    type: str
    name: Bilingual
    path: str


@dataclass(frozen=True, slots=True)
class Gallery:
    """All pictures of a fair or unit in their order, and the one that is looked at."""

    owner: PictureOwner
    pictures: Sequence[ShownPicture]
    at: int

    @property
    def picture(self) -> ShownPicture:
        """The one looked at."""
        return self.pictures[self.at]

    @property
    def previous(self) -> ShownPicture | None:
        """The one before it; none before the first."""
        return self.pictures[self.at - 1] if self.at else None

    @property
    def next(self) -> ShownPicture | None:
        """The one behind it; none behind the last."""
        return self.pictures[self.at + 1] if self.at + 1 < len(self.pictures) else None

    def path_of(self, picture: ShownPicture) -> str:
        """The path of a picture's own page."""
        return f"{self.owner.path}/pictures/{picture.id}"


def gallery_of_fair(session: Session, fair: Fair, picture_id: int) -> Gallery | None:
    """The gallery opened at this picture; nothing where the fair does not show it."""
    rows = [ShownPicture(row.id, row.file, row.alt, row.credit) for row in pictures_of(session, fair)]
    return _opened(PictureOwner("Event", fair.name, f"/fairs/{fair.slug}"), rows, picture_id)


def gallery_of_unit(session: Session, producer: Producer, picture_id: int) -> Gallery | None:
    """The same of what a unit has made public, without pictures of alcohol."""
    rows = [ShownPicture(row.id, row.file, row.alt, "") for row in public_pictures_of_unit(session, producer.id)]
    return _opened(PictureOwner("Organization", producer.name, f"/producers/{producer.slug}"), rows, picture_id)


def _opened(owner: PictureOwner, rows: Sequence[ShownPicture], picture_id: int) -> Gallery | None:
    at = next((number for number, row in enumerate(rows) if row.id == picture_id), None)
    return None if at is None else Gallery(owner, rows, at)
