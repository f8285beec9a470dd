"""A household's personal number is masked wherever organisers, keepers of the register and the unit itself look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from tests.cast import OrganiserPlayer, ProducerPlayer, a_producer, a_submitted_application

PERSONAL, MASKED = "022085001234", "•••••••••234"


def test_personal_number_is_masked_on_every_page_that_shows_it(
    visit: Callable[..., Any], store: Session, organiser: OrganiserPlayer, fair: Fair, player: ProducerPlayer
) -> None:
    player.producer.tax_code = PERSONAL
    other = a_producer(store, "HTX Cô Tô", "co-to@binhlieu.example").producer.slug
    code, slug = a_submitted_application(store, fair, player).code, player.producer.slug
    organise = f"/organise/fairs/{fair.slug}/applications"
    places = {
        organiser.user.email: (
            f"{organise}/{code}",
            f"{organise}?open={code}",
            f"/organise/register/merge?kept={slug}&gone={other}",
        ),
        player.user.email: ("/producer", "/producer/edit"),
    }
    for email, addresses in places.items():
        browser = visit(email)
        pages = {address: browser.get(address) for address in addresses}
        assert [page.status_code for page in pages.values()] == [200] * len(addresses)
        assert [address for address, page in pages.items() if PERSONAL in page.text] == []
        assert MASKED in pages[addresses[0]].text
