"""The sign over a booth: the name of the unit, cut between words."""

from __future__ import annotations

import pytest

from exhibitors.applications.fascia import LONGEST_FASCIA, usual_fascia

LONG = "Hợp tác xã sản xuất, chế biến và tiêu thụ hải sản khô, nước mắm truyền thống đảo Cô Tô Thanh Lân"


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Hộ bà Tư", "Hộ bà Tư"),
        (LONG, "Hợp tác xã sản xuất, chế biến và tiêu thụ hải sản khô, nước mắm truyền thống đảo"),
        ("x" * 90, "x" * 80),
    ],
)
def test_usual_fascia_ends_with_a_whole_word(name: str, printed: str) -> None:
    assert (usual_fascia(name), len(printed) <= LONGEST_FASCIA) == (printed, True)
