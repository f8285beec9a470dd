"""The types of booth a fair offers: entering, changing, removing, and what is refused with which sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.floor_plans.booth_type import BoothType, booth_types_of
from events.floor_plans.floor_plan import Booth
from events.floor_plans.set_up_booth_types import (
    add_booth_type,
    add_usual_types,
    change_booth_type,
    remove_booth_type,
)
from foundation.audit_trail import AuditEntry
from foundation.refusal import Refused
from tests.cast import OrganiserPlayer, a_draft_fair, a_zone
from tests.refused import Refusal
from tests.scenes import Play

Call = Callable[..., Any]


@pytest.fixture
def fair(play: Play, player: OrganiserPlayer) -> Fair:
    """A draft fair."""
    return play(a_draft_fair, player)


def facts(**changes: Any) -> dict[str, Any]:
    """A standard booth of 6 million, half of it supported, but for the changes."""
    standard = {"kind": "standard", "name_vi": "Gian tiêu chuẩn", "width_m": 3, "depth_m": 3, "price": 6_000_000}
    return standard | {"support_percent": 50} | changes


def test_type_is_kept_with_size_price_and_trail(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    kind = add_booth_type(session, player.actor, fair, **facts(most_supported=2))
    assert (kind.width_m, kind.depth_m, kind.price_of(3).to_pay) == (3, 3, 12_000_000)
    assert session.scalars(select(AuditEntry.what).where(AuditEntry.thing_kind == "booth_type")).all() == [
        "booth_type.add"
    ]


def test_usual_types_are_added_once(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    add_usual_types(session, player.actor, fair)
    assert add_usual_types(session, player.actor, fair) == []
    assert [kind.kind for kind in booth_types_of(session, fair)] == [
        "standard",
        "corner",
        "raw_space",
        "locality_block",
        "common_display",
        "food",
    ]  # fmt: skip - one line of kinds


def test_change_writes_only_what_differs(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    kind = add_booth_type(session, player.actor, fair, **facts())
    change_booth_type(session, player.actor, kind, **facts(price=5_000_000))
    entry = session.scalars(select(AuditEntry).where(AuditEntry.what == "booth_type.change")).one()
    assert (entry.old, entry.new) == ({"price": 6_000_000}, {"price": 5_000_000})


def test_type_of_a_booth_cannot_be_removed(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    kind = add_booth_type(session, player.actor, fair, **facts())
    a_zone(session, player, fair)
    session.scalars(select(Booth)).first().booth_type = kind  # type: ignore[union-attr]  # the zone has booths
    session.flush()
    with pytest.raises(Refused) as caught:
        remove_booth_type(session, player.actor, kind)
    assert (caught.value.reason, booth_types_of(session, fair)) == ("booth_type_in_use", [kind])


def test_type_that_nobody_uses_is_removed(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    kind = add_booth_type(session, player.actor, fair, **facts())
    remove_booth_type(session, player.actor, kind)
    assert session.scalars(select(BoothType)).all() == []


REFUSED = [
    ({"name_vi": " "}, "booth_type_name_missing", "Nhập tên tiếng Việt.", "Enter the name in Vietnamese."),
    (
        {"name_vi": "Gian góc"},
        "booth_type_taken",
        "Hội chợ đã có loại gian tên Gian góc.",
        "The fair offers a type called Gian góc already.",
    ),
    (
        {"kind": "tent"},
        "booth_type_kind_unknown",
        "Chọn một loại hình trong danh sách.",
        "Choose a kind from the list.",
    ),
    (
        {"width_m": None},
        "booth_type_size_wrong",
        "Nhập cả chiều rộng và chiều sâu, không quá 50 m, hoặc để trống cả hai.",
        "Enter both width and depth, up to 50 m, or leave both empty.",
    ),
    (
        {"width_m": 51, "depth_m": 3},
        "booth_type_size_wrong",
        "Nhập cả chiều rộng và chiều sâu, không quá 50 m, hoặc để trống cả hai.",
        "Enter both width and depth, up to 50 m, or leave both empty.",
    ),
    ({"open_sides": 5}, "open_sides_wrong", "Một gian có từ 0 đến 4 mặt thoáng.", "A booth has 0 to 4 open sides."),
    ({"price": -1}, "booth_price_wrong", "Số tiền phải từ 0 đến 1 tỷ đồng.", "An amount is from 0 to 1 billion đồng."),
    (
        {"support_percent": 101},
        "support_percent_wrong",
        "Mức hỗ trợ phải từ 0 đến 100 phần trăm.",
        "Support is from 0 to 100 per cent.",
    ),
    (
        {"most_booths": 0},
        "booth_cap_wrong",
        "Nhập một số từ 1 đến 100, hoặc để trống.",
        "Enter a number from 1 to 100, or leave it empty.",
    ),
    (
        {"kit_vi": "x" * 2001},
        "booth_type_text_too_long",
        "Đoạn này quá dài: chỉ đủ chỗ cho 2000 ký tự.",
        "This text is too long: there is room for 2000 characters.",
    ),
]  # fmt: skip - read as a table


@pytest.mark.parametrize(("changes", "reason", "vi", "en"), REFUSED)
def test_wrong_type_is_refused_in_words(
    session: Session,
    player: OrganiserPlayer,
    fair: Fair,
    refused: Refusal,
    changes: dict[str, Any],
    reason: str,
    vi: str,
    en: str,
) -> None:  # fmt: skip - many facts of one row
    add_booth_type(session, player.actor, fair, **facts(name_vi="Gian góc", kind="corner"))
    assert refused(lambda: add_booth_type(session, player.actor, fair, **facts(**changes))) == (reason, vi, en)


def test_thirty_first_type_is_refused(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    for number in range(30):
        add_booth_type(session, player.actor, fair, **facts(name_vi=f"Loại {number}"))
    with pytest.raises(Refused) as caught:
        add_booth_type(session, player.actor, fair, **facts())
    assert caught.value.reason == "too_many_booth_types"
