"""The four parts of the province by former district, and the two letters that a district is marked with on a plan."""

from __future__ import annotations

REGIONS = {
    "islands": ("Vân Đồn", "Cô Tô"),
    "east": ("Móng Cái", "Hải Hà", "Đầm Hà", "Bình Liêu", "Tiên Yên", "Ba Chẽ"),
    "centre": ("Hạ Long", "Cẩm Phả"),
    "west": ("Uông Bí", "Quảng Yên", "Đông Triều"),
}
"""Former districts by part of the province; all thirteen stand in one of them."""
REGION_OF = {district: region for region, districts in REGIONS.items() for district in districts}


def region_of(place: str) -> str:
    """The key of the part of the province; "" for a place that is no district of it."""
    return REGION_OF.get(place, "")


def place_code(place: str) -> str:
    """ĐT for Đông Triều: the first letters of its two words; "" for no place and for one outside the province."""
    return "".join(word[0] for word in place.split()) if place in REGION_OF else ""
