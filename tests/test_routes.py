"""Every route, every role, GET and POST: who gets what is written down here, and a route that is missing fails."""

from __future__ import annotations

from itertools import cycle

import pytest

from foundation.audience import Audience, audience_suffices, route_permissions
from tests.crawler import same_for_all
from tests.small_world import CANARY, ROLES, World
from tests.written_routes import DRAFT_TABLE, TABLE, WITH

pytestmark = pytest.mark.any_database


def written_down(table: dict[str, str]) -> dict[str, str]:
    """Route with its method → the row of its table, with single blanks."""
    return {route.strip(): " ".join(row.split()) for row, routes in table.items() for route in routes.split(",")}


def cell(world: World, role: str, method: str, address: str, sent: dict[str, str]) -> str:
    """What the role gets there now."""
    if method == "GET":
        answer = world.read(role, address)
        to_sign_in = answer.status_code == 303 and answer.headers["Location"].startswith("/sign-in?next=")
        return "in" if to_sign_in else str(answer.status_code)
    answer = world.post(role, address, **sent)
    world.restore()
    return str(answer.status_code)


def row_of(world: World, route: str, **values: object) -> str:
    world.forget_limits()
    method, _, endpoint = route.partition(" ")
    address = world.address(endpoint, "producer A", **values)
    return " ".join(cell(world, role, method, address, WITH.get(endpoint, {})) for role in ROLES)


def test_every_route_is_written_down(world: World) -> None:
    routes = {f"{method} {endpoint}" for method in ("GET", "POST") for endpoint in world.endpoints(method)}
    assert sorted(routes) == sorted(written_down(TABLE))


def test_role_gets_what_is_written_down(world: World) -> None:
    expected = written_down(TABLE)
    got = {route: row_of(world, route) for route in expected}
    assert {route: row for route, row in got.items() if row != expected[route]} == {}


def test_draft_fair_is_its_organisers_alone(world: World) -> None:
    draft = world.players["organiser A"].values["draft"]
    expected = written_down(DRAFT_TABLE)
    got = {route: row_of(world, route, slug=draft) for route in expected}
    assert {route: row for route, row in got.items() if row != expected[route]} == {}


def test_route_names_audience_and_permission(world: World) -> None:
    table = route_permissions(world.app)
    endpoints = {rule.endpoint for rule in world.app.url_map.iter_rules()}
    assert sorted(endpoints - set(table)) == []


def test_page_behind_the_desk_asks_more_than_its_audience(world: World) -> None:
    """Whatever names one thing in its address must ask about that thing, unless it is public or a letter's secret."""
    lax = [
        endpoint
        for endpoint, (pages, may) in route_permissions(world.app).items()
        if may is audience_suffices
        and pages.audience is not Audience.ANYONE
        and next(world.app.url_map.iter_rules(endpoint)).arguments
    ]
    assert lax == []


def test_no_route_takes_another_method(world: World) -> None:
    """The map of routes knows of none, and refuses them before any view: a real request of each, in turn."""
    known = {method for rule in world.app.url_map.iter_rules() for method in rule.methods or ()}
    assert known == {"GET", "HEAD", "OPTIONS", "POST"}
    statuses = {
        (endpoint, method): world.request("admin", method, world.address(endpoint, "producer A")).status_code
        for endpoint, method in zip(
            route_permissions(world.app), cycle(("PUT", "DELETE", "PATCH", "TRACE")), strict=False
        )
    }
    assert {tried: status for tried, status in statuses.items() if status != 405} == {}


# --- things of others -----------------------------------------------------------------------------------------------

NOBODYS = {
    "slug": "khong-co-hoi-cho-nay",
    "code": "GH-ZZZZZZ",
    "letter_id": 987654,
    "note_id": 987654,
    "view_id": 987654,
    "zone_id": 987654,
    "type_id": 987654,
    "item_id": 987654,
    "plan_id": 987654,
    "code_id": 987654,
    "quota_id": 987654,
    "question_id": 987654,
    "paper_id": 987654,
    "group_id": 987654,
    "product_id": 987654,
    "dossier_id": 987654,
    "unit_picture_id": 987654,
    "import_id": 987654,
    "page_id": 987654,
    "session_id": 987654,
    "organisation_id": 987654,
    "partner_id": 987654,
    "picture_id": 987654,
    "membership_id": 987654,
    "invitation_id": 987654,
    "colleague_id": 987654,
    "unit_invitation_id": 987654,
    "unit_slug": "khong-co-co-so-nay",
    "fair_role_id": 987654,
    "criterion_id": 987654,
    "user_id": 987654,
    "recused_id": 987654,
    "comment_id": 987654,
    "number": 987654,
    "booth": "Z99",
    "year": 1999,
}  # fmt: skip - one line of values
FOREIGN = {"producer A": "producer B", "organiser A": "organiser B"}


def guarded_routes(world: World) -> list[str]:
    """Routes behind a sign-in that name a thing, and answer its owner otherwise than others."""
    return [
        f"{method} {endpoint}"
        for endpoint, (pages, _) in sorted(route_permissions(world.app).items())
        if pages.audience is not Audience.ANYONE
        for method in ("GET", "POST")
        if endpoint in world.endpoints(method) and next(world.app.url_map.iter_rules(endpoint)).arguments
    ]


def answer_to(world: World, role: str, route: str, values: dict[str, object]) -> tuple[int, str]:
    method, _, endpoint = route.partition(" ")
    address = world.address(endpoint, role, **values)
    data = {"csrf_token": world.csrf_token(), **WITH.get(endpoint, {})}
    answer = world.request(role, method, address, **({"data": data} if method == "POST" else {}))
    world.restore()
    return answer.status_code, same_for_all(answer, address)


@pytest.mark.parametrize(("owner", "stranger"), FOREIGN.items())
def test_foreign_thing_looks_like_none(world: World, owner: str, stranger: str) -> None:
    """In each part of the address by itself: `/fairs/<own>/applications/<foreign>` is no way in either."""
    different = []
    for route in guarded_routes(world):
        _, _, endpoint = route.partition(" ")
        if endpoint.startswith(("fill_in_application.", "apply_again.")) and not endpoint.endswith("withdraw"):
            continue  # the form of any public fair, for one's own unit
        for part in next(world.app.url_map.iter_rules(endpoint)).arguments:
            name = "booth" if (part, endpoint.partition(".")[0]) == ("code", "place_on_booth") else part
            if name in {"act", "token", "booth", "kind", "language"} or (
                stranger == "producer B" and endpoint.startswith("screen_")
            ):
                continue
            foreign = answer_to(world, stranger, route, {name: world.players[owner].values[name]})
            none = answer_to(world, stranger, route, {name: NOBODYS[name]})
            if foreign != none or foreign[0] not in {403, 404}:
                different.append((route, part, foreign[0], none[0]))
    assert different == []


def test_canary_is_known_to_its_organiser(world: World) -> None:
    """Else the search for it in public pages would prove nothing."""
    address = world.address("organiser_desk.fair", "organiser A", slug=world.players["organiser A"].values["draft"])
    assert CANARY in world.read("organiser A", address).get_data(as_text=True)
