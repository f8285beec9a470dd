"""What booths cost a producer after support: pure arithmetic in whole đồng."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BoothPrice:
    """The price of some booths of one type: in full, what the organiser supports, what the producer pays (đồng)."""

    booths: int
    supported: int
    full: int
    support: int

    @property
    def to_pay(self) -> int:
        """The producer's share; never below zero."""
        return self.full - self.support


def support_of_one(price: int, percent: int, cap: int | None) -> int:
    """Support for one booth: so many per cent of its price, rounded down to whole đồng, at most the cap."""
    share = price * percent // 100
    return share if cap is None else min(share, cap)


def price_of_booths(
    booths: int,
    *,
    price: int,
    support_percent: int = 0,
    support_cap: int | None = None,
    most_supported: int | None = None,
) -> BoothPrice:
    """The price of so many booths; only the first `most_supported` of a producer's booths are supported (None: all)."""
    supported = booths if most_supported is None else min(booths, most_supported)
    support = supported * support_of_one(price, support_percent, support_cap)
    return BoothPrice(booths, supported if support else 0, booths * price, support)
