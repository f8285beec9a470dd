"""Lists of an installation that holds nothing yet say so, and do not blame filters that nobody has set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("address", "nothing_yet", "nothing_fits"),
    [
        ("/fairs", "Chưa có hội chợ nào được công bố", "Không có hội chợ nào khớp"),
        ("/producers", "Chưa có nhà sản xuất nào", "Không có nhà sản xuất nào khớp"),
        ("/products", "Chưa có sản phẩm nào", "Không có sản phẩm nào khớp"),
        ("/en/fairs", "No fair announced yet", "No fair fits"),
        ("/en/producers", "No producer yet", "No producer fits"),
        ("/en/products", "No product yet", "No product fits"),
    ],
)
def test_empty_list_and_search_without_a_hit_are_told_apart(
    client: FlaskClient, address: str, nothing_yet: str, nothing_fits: str
) -> None:
    for query, sentence, other in (("", nothing_yet, nothing_fits), ("?q=khongco", nothing_fits, nothing_yet)):
        page = client.get(address + query).text
        assert (sentence in page, other in page) == (True, False)
