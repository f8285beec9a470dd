"""Names as long as people make them break no page, down to the narrowest phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from exhibitors.allocation.place_on_booth import place_on_booth
from exhibitors.applications.booth_application import find_application
from tests.cast import booths_of
from tests.journeys.crowd import accepted_applications, database_of, organiser_with_open_fair, producer_for
from tests.journeys.traveller import Traveller, enter, sign_in

if TYPE_CHECKING:
    from tests.real_server import RealServer


def test_name_of_one_endless_word_stays_on_the_page(travel: Callable[..., Traveller], live_server: RealServer) -> None:
    name = "Dàitheo" * 10
    with database_of(live_server) as session:
        organiser, slug = organiser_with_open_fair(session, name)
        email = producer_for(session, name)
    traveller = travel()
    sign_in(traveller, email)
    traveller.go("/apply")
    traveller.go(f"/apply/{slug}")
    traveller.go(f"/fairs/{slug}")
    host = travel()
    sign_in(host, organiser.user.email)
    host.go(f"/organise/fairs/{slug}")


def test_names_as_long_as_there_is_room_stay_on_every_page(
    travel: Callable[..., Traveller], live_server: RealServer
) -> None:
    """Fair, organiser and producers are called by one word of 187 letters; every page is judged at 390 and 360 px."""
    name = "Dàitheo" * 26 + "Dàith"
    with database_of(live_server) as session:
        organiser, slug, codes = accepted_applications(session, name, 2)
        placed = find_application(session, codes[0])
        assert placed is not None
        place_on_booth(session, organiser.actor, placed, booths_of(session, placed.fair)[0])
        host_email, guest_email = organiser.user.email, placed.producer.contact_email
        producer = placed.producer.slug
    host, guest, visitor = travel(), travel(), travel()
    enter(host, host_email)
    desk = f"/organise/fairs/{slug}"
    for path in ("", "/edit", "/steps", "/steps/cancel", "/plan", "/booths", "/booths/A01", "/publish", "/letters"):
        host.go(desk + path)
    for path in (f"/booths?application={codes[1]}", "/booths/A02", f"/booths/A02?application={codes[1]}"):
        host.go(desk + path)
    for path in (f"/booths/A01?application={codes[1]}", "/applications", f"/applications/{codes[0]}"):
        host.go(desk + path)
    host.go("/organise")
    enter(guest, guest_email)
    for path in ("/producer", "/producer/edit", f"/apply/{slug}", f"/applications/{codes[0]}", "/account"):
        guest.go(path)
    for path in ("/", "/calendar", "/fairs", f"/fairs/{slug}", f"/fairs/{slug}/subscribe", "/search?q=daitheo"):
        visitor.go(path)
    visitor.go(f"/producers/{producer}")
    visitor.go("/producers")
