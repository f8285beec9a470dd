"""The JSON interface: what it says is what it does, only what is public, cheap to ask again."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings, strategies
from schemathesis import GenerationMode
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair, FairVenue
from events.places.venue import Venue
from exhibitors.open_data.api_operations import BASE, OPERATIONS
from foundation.database import make_session
from tests.cast import OrganiserPlayer, a_confirmed_application, a_producer, an_open_fair, an_organiser, booths_of
from tests.repeated_rows import MARK, repeat
from tests.small_world import CANARY, World


def get(world: World, address: str, **more: Any) -> Any:
    return world.request("anonymous", "GET", address, **more)


@pytest.mark.parametrize("path", [BASE + operation.path for operation in OPERATIONS])
def test_answers_are_as_described(world: World, path: str) -> None:
    """Good and bad questions, made from the description as the app gives it, get the answers that it promises."""

    def app(environ: dict[str, Any], start_response: Any) -> Any:
        # Servers always know who asks, the bare test client does not; nor does it unpack.
        asked = {**environ, "REMOTE_ADDR": "127.0.0.1", "HTTP_ACCEPT_ENCODING": "identity"}
        return world.app(asked, start_response)

    described = schemathesis.openapi.from_wsgi(f"{BASE}/openapi.json", app)
    questions = strategies.one_of(*(described[path]["GET"].as_strategy(mode) for mode in GenerationMode))

    @settings(max_examples=30, suppress_health_check=list(HealthCheck), database=None)
    @given(questions)
    def ask(case: schemathesis.Case) -> None:
        world.forget_limits()
        case.call_and_validate()

    ask()


def test_every_operation_has_its_route_and_its_description(world: World) -> None:
    described = get(world, "/api/v1/openapi.json").json
    assert set(described["paths"]) == {f"/api/v1{operation.path}" for operation in OPERATIONS}
    routes = {
        rule.endpoint.removeprefix("api.") for rule in world.app.url_map.iter_rules() if rule.endpoint[:4] == "api."
    }
    assert routes == {"description", *(operation.name for operation in OPERATIONS)}


def test_fairs_are_listed_with_their_venues(world: World) -> None:
    listed = get(world, "/api/v1/fairs?when=coming").json
    assert [item["name"]["vi"] for item in listed["items"]] == ["Hội chợ OCOP A", "Hội chợ OCOP B"]
    first = listed["items"][0]
    assert first["venues"][0]["locality"]["former_district"] == "Hạ Long"
    assert first["call"]["is_open"] is True
    assert get(world, f"/api/v1/fairs/{first['slug']}").json == first


def test_words_with_a_slip_are_forgiven_as_on_the_pages(world: World) -> None:
    for kind in ("products", "producers"):
        right, slip = (get(world, f"/api/v1/{kind}?q={words}").json for words in ("mien+dong", "mienn+dogn"))
        assert (right["meant"], slip["meant"]) == ("", "mien dong")
        assert slip["items"] == right["items"] != []
    assert get(world, "/api/v1/products?q=qwertz").json["meant"] == ""


def test_nothing_that_is_not_public_is_told(world: World) -> None:
    """Drafts, offers not yet confirmed, contacts."""
    told = "".join(
        get(world, address).get_data(as_text=True)
        for address in ("/api/v1/fairs", "/api/v1/venues", "/api/v1/products", "/api/v1/producers", "/api/v1/feeds")
    )
    assert CANARY not in told
    assert "@" not in told
    draft = world.players["organiser A"].values["draft"]
    slug = world.players["organiser A"].values["slug"]
    assert get(world, f"/api/v1/fairs/{draft}").status_code == 404
    assert world.request("organiser A", "GET", f"/api/v1/fairs/{draft}").status_code == 404
    assert get(world, f"/api/v1/fairs/{slug}/exhibitors").json["items"] == []


@pytest.mark.parametrize(
    ("address", "status", "detail"),
    [
        ("/api/v1/fairs?page=0", 422, "page"),
        ("/api/v1/fairs?page=x", 422, "page"),
        ("/api/v1/fairs?kind=party", 422, "kind"),
        ("/api/v1/fairs?colour=red", 422, "colour"),
        ("/api/v1/products?stars=3&stars=4", 422, "stars"),
        ("/api/v1/products/999999", 404, ""),
        ("/api/v1/products/0", 404, ""),
        ("/api/v1/nowhere", 404, ""),
    ],
)
def test_faults_are_explained_to_programs(world: World, address: str, status: int, detail: str) -> None:
    answer = get(world, address)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert detail in json.loads(answer.data).get("detail", "")


def test_an_unchanged_answer_costs_nothing_to_ask_again(world: World) -> None:
    first = get(world, "/api/v1/products?q=mien")
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in first.headers
    again = get(world, "/api/v1/products?q=mien", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""


def test_too_many_questions_are_put_off(world: World) -> None:
    world.forget_limits()
    answers = [get(world, f"/api/v1/fairs?q={number}").status_code for number in range(301)]
    assert answers[:300] == [200] * 300
    last = get(world, "/api/v1/fairs?q=last")
    assert (last.status_code, last.json["title"]) == (429, "Too Many Requests")
    assert int(last.headers["Retry-After"]) >= 1
    world.forget_limits()


def test_pages_lead_from_one_to_the_next(world: World) -> None:
    listed = get(world, "/api/v1/producers?q=htx").json
    assert (listed["total"], listed["pages"], listed["next"]) == (2, 1, None)


@pytest.mark.parametrize(
    "question", ["producers?kind=null", "fairs?when=NULL", "fairs?year=null", "products?stars=null"]
)
def test_word_null_is_no_answer_to_a_closed_question(world: World, question: str) -> None:
    assert get(world, f"{BASE}/{question}").status_code == 422
    assert get(world, f"{BASE}/producers?q=null").status_code == 200


@pytest.mark.parametrize("question", ["fairs?q=a%0A", "products?district=binh-lieu%0A", "products?group=food%0A"])
def test_line_break_at_the_end_is_refused_as_the_description_says(world: World, question: str) -> None:
    refused = get(world, f"{BASE}/{question}")
    assert (refused.status_code, "line break" in refused.text) == (422, True)


def test_beyond_the_last_page_there_is_nothing_and_it_says_so(world: World) -> None:
    slug = world.players["organiser A"].values["slug"]
    for path in ("fairs", "products", "producers", "venues", "feeds", f"fairs/{slug}/exhibitors"):
        whole = get(world, f"/api/v1/{path}").json
        beyond = get(world, f"/api/v1/{path}?page=99").json
        nothing = {"items": [], "total": whole["total"], "page": 99, "pages": whole["pages"], "next": None, "meant": ""}
        assert beyond == nothing


def test_pages_of_other_sites_may_ask_and_read_the_tag(world: World) -> None:
    for _ in range(2):  # worked out, then kept
        answer = get(world, "/api/v1/fairs")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in answer.headers["Access-Control-Expose-Headers"].split(", ")
        assert answer.headers["ETag"]
    first = world.request("anonymous", "OPTIONS", "/api/v1/fairs")
    assert first.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in first.headers["Access-Control-Allow-Headers"]
    assert first.headers["Access-Control-Allow-Origin"] == "*"


def an_exhibitor(session: Session, organiser: OrganiserPlayer, fair: Fair) -> None:
    player = a_producer(session, f"HTX Trang {MARK}", f"t{MARK}@units.example")
    a_confirmed_application(session, organiser, player, fair)


@pytest.mark.parametrize(("path", "many"), [("venues", 120), ("feeds", 120), ("fairs/{slug}/exhibitors", 51)])
def test_long_lists_come_in_pages_that_lead_on(fresh_world: World, path: str, many: int) -> None:
    world = fresh_world
    with make_session(world.engine) as session:
        fair = session.scalars(select(Fair).where(Fair.slug == world.players["organiser A"].values["slug"])).one()
        organiser = an_organiser(session, "Ban nhiều trang", "pages@organisers.example")
        place = fair.venues[0].venue.locality
        if path.startswith("fairs"):
            fair = an_open_fair(session, organiser, booths=many, name="Hội chợ nhiều trang")
            all_booths = {"booth_assignment.booth_id": [booth.id for booth in booths_of(session, fair)][1:]}
            repeat(session, many - 1, lambda: an_exhibitor(session, organiser, fair), instead=all_booths)
        else:
            for number in range(many):
                venue = Venue(name_vi=f"Sân {number:03}", locality=place)
                session.add(venue)
                session.flush()
                session.add(FairVenue(fair_id=fair.id, venue_id=venue.id, position=number + 10))
        session.commit()
        slug = fair.slug
    seen, address, pages = [], f"/api/v1/{path.format(slug=slug)}", 0
    while address:
        answer = get(world, address).json
        pages += 1
        assert (answer["page"], len(answer["items"]) <= 50) == (pages, True)
        seen += [json.dumps(item, sort_keys=True) for item in answer["items"]]
        address = (answer["next"] or "").partition("127.0.0.1:8000")[2]
    assert pages == answer["pages"] > 1
    assert len(seen) == len(set(seen)) == answer["total"] >= many
