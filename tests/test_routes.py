"""Every route, every role, GET and POST: who gets what is written down here, and a route that is missing fails."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from foundation.audience import Audience, audience_suffices, route_permissions
from tests.conftest import DatabaseTemplate
from tests.crawler import same_for_all
from tests.small_world import CANARY, ROLES, World, small_world

# Each row: what the roles get, in the order of ROLES, for things of organiser A and producer A. "in" is the way to the
# sign-in page. A POST carries the right token and else only what WITH names: who may use the form is told what is
# missing (422) or gets what an empty form does (303).
#   anonymous newcomer producer-A producer-B reader-A reviewer-A organiser-A organiser-B admin
#   manager-A field-staff-A zone-reviewer-A (limited to zone A of fair A)
TABLE = {
    "200 200 200 200 200 200 200 200 200 200 200 200": """
        GET about.page, GET api.description, GET api.exhibitors, GET api.fair, GET api.fairs, GET api.feeds,
        GET api.producer, GET api.producers, GET api.product, GET api.products, GET api.venues,
        GET apply_for_booth.start, GET browse_fairs.calendar, GET browse_fairs.home, GET browse_fairs.listing,
        GET browse_fairs.show, GET calendar_feeds.everything, GET calendar_feeds.fair,
        GET calendar_feeds.fair_summary, GET calendar_feeds.topic, GET health.alive, GET health.ready,
        GET preview_pictures.fair, GET site_map.pages_of_the_site, GET site_map.robots, GET news.feed,
        GET embed.fairs, GET embed.script, GET show_product.show, GET programme_figures.overview,
        GET mailbox.inbox, GET mailbox.letter, GET producer_directory.producers, GET producer_directory.products,
        GET producer_directory.show, GET reset_password.ask, GET reset_password.sent, GET search.results,
        GET sign_up.sent, GET stand_feeds.feed, GET stand_feeds.subscribe, GET subscribe.everything,
        GET subscribe.fair, GET subscribe.topic, GET verify_draw.show, GET verify_draw.instance,
        GET verify_draw.solution, GET follow.ask, GET follow.sent""",
    "200 303 303 303 303 303 303 303 303 303 303 303": "GET sign_in.form, GET sign_up.form",
    "422 303 303 303 303 303 303 303 303 303 303 303": "POST sign_up.form",
    "422 422 422 422 422 422 422 422 422 422 422 422": """
        POST sign_in.form, POST reset_password.ask, POST sign_up.resend, POST follow.ask""",
    "303 303 303 303 303 303 303 303 303 303 303 303": "POST sign_in.sign_out",
    "410 410 410 410 410 410 410 410 410 410 410 410": """
        GET accept_invitation.join, POST accept_invitation.join, GET confirm_new_email.confirm,
        POST confirm_new_email.confirm, GET reset_password.reset, POST reset_password.reset, GET sign_up.confirm,
        POST sign_up.confirm, GET follow.confirm, POST follow.confirm, GET follow.stop, POST follow.stop""",
    "404 404 404 404 404 404 404 404 404 404 404 404": "GET stored_files.copy, GET stored_files.whole",
    "404 404 404 404 404 404 404 404 404 404 404 404 ": "GET private_feed.read",
    # the own account
    "401 200 200 200 200 200 200 200 200 200 200 200": "POST private_calendar.make",
    "in  200 200 200 200 200 200 200 200 200 200 200": """
        GET account.email, GET account.overview, GET account.password, GET private_calendar.overview""",
    "401 422 422 422 422 422 422 422 422 422 422 422": """
        POST account.email, POST account.overview, POST account.password""",
    "401 303 303 303 303 303 303 303 303 303 303 303": """
        POST account.sign_out_everywhere, POST private_calendar.end, POST fill_in_application.review,
        POST fill_in_application.form""",
    "401 404 303 404 404 404 404 404 404 404 404 404": """
        POST account.end_other, POST fill_in_application.withdraw, POST register_producer.remove""",
    # a producer's unit; whoever has none is led to register one
    "in  303 200 200 303 303 303 303 303 303 303 303": "GET my_unit.overview",
    "in  200 303 303 200 200 200 200 200 200 200 200": "GET register_producer.register",
    "401 422 303 303 422 422 422 422 422 422 422 422": "POST register_producer.register",
    "in  404 200 200 404 404 404 404 404 404 404 404": """
        GET register_producer.edit, GET register_producer.new_product""",
    "401 404 422 422 404 404 404 404 404 404 404 404": """
        POST register_producer.edit, POST register_producer.new_product""",
    "in  404 200 404 404 404 404 404 404 404 404 404": """
        GET fill_in_application.withdraw, GET register_producer.product, GET register_producer.remove""",
    "401 404 422 404 404 404 404 404 404 404 404 404": "POST register_producer.product",
    # applying: producer A has sent, producer B may begin
    "in  303 303 200 303 303 303 303 303 303 303 303": "GET fill_in_application.form",
    "in  303 303 303 303 303 303 303 303 303 303 303": "GET fill_in_application.review",
    "401 409 409 200 409 409 409 409 409 409 409 409": "POST fill_in_application.autosave",
    "in  404 200 404 200 200 200 404 200 200 200 200": "GET application_status.show",
    "401 403 303 404 403 403 403 403 403 403 403 403": "POST answer_offer.confirm, POST answer_offer.decline",
    "in  403 200 404 403 403 403 403 403 403 403 403": "GET answer_offer.decline",
    # the organisers' desk: readers look, reviewers screen, managers and owners do the rest
    "in  403 403 403 200 200 200 200 200 200 200 200": "GET organiser_desk.desk",
    "in  403 403 403 404 404 200 200 200 200 404 404": "GET organise_fair.new",
    "401 403 403 403 404 404 422 422 422 422 404 404": "POST organise_fair.new",
    "in  403 403 403 200 200 200 404 200 200 200 404": """
        GET edit_plan.document, GET exchange_booths.printed, GET exchange_booths.sheet, GET list_plan.listing,
        GET organise_fair.steps, GET outbox.letter, GET make_proposal.listing, GET make_proposal.show,
        GET outbox.letters, GET waiting_list.line, GET set_up_booth_types.types, GET lead_team.team,
        GET name_for_fair.team, GET plan_programme.items""",
    "in  403 403 403 200 200 200 404 200 200 200 200": """
        GET draw_floor_plan.plan, GET organiser_desk.fair, GET place_on_booth.board, GET place_on_booth.booth,
        GET screen_applications.queue, GET screen_applications.show""",
    "401 403 403 403 404 422 422 404 422 422 404 422": """
        POST screen_applications.ask, POST screen_applications.bring_back, POST screen_applications.decide""",
    "401 403 403 403 404 303 303 404 303 303 404 303": """
        POST screen_applications.begin, POST screen_applications.undecide""",
    "in  403 403 403 404 404 200 404 200 200 404 404": """
        GET draw_floor_plan.drop_zone, GET draw_floor_plan.zone, GET exchange_booths.take_over,
        GET organise_fair.edit,
        GET organise_fair.take_step, GET publish_decisions.form, GET set_up_booth_types.edit,
        GET set_up_booth_types.new, GET set_up_booth_types.remove, GET clone_fair.form, GET lead_team.member,
        GET lead_team.remove, GET plan_programme.new, GET plan_programme.edit, GET plan_programme.remove""",
    "401 403 403 403 404 404 422 404 422 422 404 404": """
        POST draw_floor_plan.draw, POST edit_plan.save,
        POST exchange_booths.take_over, POST list_plan.change, POST organise_fair.edit,
        POST place_on_booth.place, POST plan_programme.new, POST plan_programme.edit,
        POST place_on_booth.swap, POST place_on_booth.vacate, POST publish_decisions.form,
        POST waiting_list.offer, POST waiting_list.close,
        POST set_up_booth_types.new, POST clone_fair.form, POST lead_team.invite, POST name_for_fair.name""",
    "401 403 403 403 404 404 303 404 303 303 404 404": """
        POST draw_floor_plan.drop_zone, POST draw_floor_plan.zone, POST lay_background.lay,
        POST list_plan.copy, POST list_plan.restore, POST organise_fair.take_step,
        POST set_up_booth_types.edit, POST set_up_booth_types.remove, POST set_up_booth_types.usual,
        POST lead_team.member, POST lead_team.remove, POST lead_team.resend, POST lead_team.revoke,
        POST name_for_fair.end, POST make_proposal.adopt, POST make_proposal.ask, POST make_proposal.cancel,
        POST make_proposal.undo, POST make_proposal.pin, POST plan_programme.remove""",
    # a fair's set-up
    # the installation
    "in  403 403 403 403 403 403 403 200 403 403 403": """
        GET administer_organisations.register, GET administer_organisations.new, GET administer_organisations.edit,
        GET administer_organisations.close""",
    "401 403 403 403 403 403 403 403 422 403 403 403": """
        POST administer_organisations.new, POST administer_organisations.edit""",
    "401 403 403 403 403 403 403 403 303 403 403 403": """
        POST administer_organisations.close, POST administer_organisations.reopen""",
    "in  403 403 403 404 404 200 404 200 200 404 404 ": """
        GET opening_days.edit, GET legal_basis.edit, GET fair_texts.edit, GET fair_partners.edit,
        GET fair_rules.edit""",
    "401 403 403 403 404 404 422 404 422 422 404 404 ": """
        POST legal_basis.edit, POST opening_days.edit, POST fair_partners.edit""",
    "401 403 403 403 404 404 303 404 303 303 404 404 ": """
        POST fair_partners.remove, POST fair_rules.edit, POST fair_texts.edit""",
    "200 200 200 200 200 200 200 200 200 200 200 200 ": "GET read_rules.show",
    # the team of organisation A; member and invitation are readers
    "in  403 403 403 303 303 303 303 200 303 303 200": "GET lead_team.teams",
    "in  403 403 403 200 200 200 404 404 200 200 200": "GET lead_team.leave",
    "401 403 403 403 303 303 303 404 404 303 303 303": "POST lead_team.leave",
    # what a call asks
    "in  403 403 403 200 200 200 404 200 200 200 404  ": """
        GET set_up_call.terms, GET set_up_quotas.quotas, GET set_up_questions.asked""",
    "in  404 404 404 200 200 200 404 200 200 200 404  ": "GET answer_questions.preview",
    "in  403 403 403 404 404 200 404 200 200 404 404  ": """
        GET set_up_call.zone, GET invite.codes, GET invite.change, GET set_up_quotas.group,
        GET set_up_quotas.new_group, GET set_up_questions.question, GET set_up_questions.paper,
        GET set_up_questions.new_question, GET set_up_questions.new_paper""",
    "401 403 403 403 404 404 200 404 200 200 404 404  ": "POST set_up_call.count",
    "401 403 403 403 404 404 303 404 303 303 404 404  ": """
        POST set_up_call.zone, POST set_up_call.change, POST invite.withdraw, POST set_up_quotas.districts,
        POST set_up_quotas.drop_group, POST set_up_quotas.remove, POST set_up_questions.drop_question,
        POST set_up_questions.drop_paper, POST set_up_questions.usual_papers, POST set_up_questions.question,
        POST set_up_questions.paper""",
    "401 403 403 403 404 404 422 404 422 422 404 404  ": """
        POST invite.change, POST invite.codes, POST set_up_quotas.change, POST set_up_quotas.group,
        POST set_up_quotas.new_group, POST set_up_questions.new_question, POST set_up_questions.new_paper""",
    "in  404 200 404 404 404 404 404 404 404 404 404  ": "GET answer_questions.answers",
    "401 404 303 404 404 404 404 404 404 404 404 404  ": "POST answer_questions.answers",
}
WITH = {"draw_floor_plan.draw": {"do": "zone"}, "list_plan.change": {"do": "booths"}}
# The same for a fair that is a draft of organiser A.
DRAFT_TABLE = {
    "404 404 404 404 404 404 404 404 404 404 404 404": """
        GET calendar_feeds.fair, GET calendar_feeds.fair_summary, GET preview_pictures.fair""",
    "404 404 404 404 200 200 200 404 200 200 200 404": "GET browse_fairs.show, GET subscribe.fair",
    "in  404 404 404 303 303 303 404 303 303 303 404": "GET fill_in_application.form, GET fill_in_application.review",
    "401 404 404 404 409 409 409 404 409 409 409 404": "POST fill_in_application.autosave",
    "in  403 403 403 200 200 200 404 200 200 200 404": """
        GET organiser_desk.fair, GET organise_fair.steps, GET draw_floor_plan.plan""",
    "in  403 403 403 404 404 200 404 200 200 404 404": "GET organise_fair.edit",
}


@pytest.fixture(scope="module")
def world(database_template: DatabaseTemplate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with small_world(database_template, tmp_path_factory.mktemp("world")) as made:
        yield made


def written_down(table: dict[str, str]) -> dict[str, str]:
    """Route with its method → the row of its table, with single blanks."""
    return {route.strip(): " ".join(row.split()) for row, routes in table.items() for route in routes.split(",")}


def cell(world: World, role: str, route: str, **values: object) -> str:
    """What the role gets there now."""
    method, _, endpoint = route.partition(" ")
    address = world.address(endpoint, "producer A", **values)
    if method == "GET":
        answer = world.request(role, "GET", address)
        to_sign_in = answer.status_code == 303 and answer.headers["Location"].startswith("/sign-in?next=")
        return "in" if to_sign_in else str(answer.status_code)
    answer = world.post(role, address, **WITH.get(endpoint, {}))
    world.restore()
    return str(answer.status_code)


def row_of(world: World, route: str, **values: object) -> str:
    world.forget_limits()
    return " ".join(cell(world, role, route, **values) for role in ROLES)


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


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_no_route_takes_another_method(world: World, method: str) -> None:
    statuses = {
        endpoint: world.request("admin", method, world.address(endpoint, "producer A")).status_code
        for endpoint in route_permissions(world.app)
    }
    assert {endpoint: status for endpoint, status in statuses.items() if status != 405} == {}


# --- things of others -----------------------------------------------------------------------------------------------

NOBODYS = {
    "slug": "khong-co-hoi-cho-nay",
    "code": "GH-ZZZZZZ",
    "letter_id": 987654,
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
    "session_id": 987654,
    "organisation_id": 987654,
    "partner_id": 987654,
    "membership_id": 987654,
    "invitation_id": 987654,
    "fair_role_id": 987654,
    "number": 987654,
    "booth": "Z99",
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
        if endpoint.startswith("fill_in_application.") and not endpoint.endswith("withdraw"):
            continue  # the form of any public fair, for one's own unit
        for part in next(world.app.url_map.iter_rules(endpoint)).arguments:
            name = "booth" if (part, endpoint.partition(".")[0]) == ("code", "place_on_booth") else part
            if name in {"act", "token", "booth"} or (stranger == "producer B" and endpoint.startswith("screen_")):
                continue
            foreign = answer_to(world, stranger, route, {name: world.players[owner].values[name]})
            none = answer_to(world, stranger, route, {name: NOBODYS[name]})
            if foreign != none or foreign[0] not in {403, 404}:
                different.append((route, part, foreign[0], none[0]))
    assert different == []


def test_canary_is_known_to_its_organiser(world: World) -> None:
    """Else the search for it in public pages would prove nothing."""
    address = world.address("organiser_desk.fair", "organiser A", slug=world.players["organiser A"].values["draft"])
    assert CANARY in world.request("organiser A", "GET", address).get_data(as_text=True)
