"""Sizes and places of what is drawn: kept in whole centimetres, read in metres."""

from __future__ import annotations

from sqlalchemy.orm import Mapped


class HasSize:
    """Something with a width and a depth."""

    width_cm: Mapped[int]
    depth_cm: Mapped[int]

    @property
    def width_m(self) -> float:
        """Width in metres."""
        return self.width_cm / 100

    @property
    def depth_m(self) -> float:
        """Depth in metres."""
        return self.depth_cm / 100


class HasPlace(HasSize):
    """Something with a size that stands on a plan; the place is that of its upper left corner before it is turned."""

    x_cm: Mapped[int]
    y_cm: Mapped[int]

    @property
    def x_m(self) -> float:
        """Left edge in metres."""
        return self.x_cm / 100

    @property
    def y_m(self) -> float:
        """Upper edge in metres."""
        return self.y_cm / 100
