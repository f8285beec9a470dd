"""Every plain form of a fair's set-up with two browsers: the second is told what the first saved, and loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest

from events.fairs.fair_rules import write_rules
from events.floor_plans.floor_plan import zones_of
from events.floor_plans.save_plan import save_plan
from events.floor_plans.set_up_booth_types import add_booth_type
from events.programme.plan_programme import add_item
from exhibitors.applications.review.set_up_review import set_criterion
from exhibitors.calls.invite import make_code
from exhibitors.calls.set_up_papers import set_paper
from exhibitors.calls.set_up_questions import set_question
from exhibitors.calls.set_up_quotas import name_place_group, set_quota
from foundation import clock
from foundation.actor import Role
from tests.cast import OrganiserPlayer, a_draft_fair, a_member, a_zone
from tests.events.conftest import OrganiserBrowser
from tests.typed_form import typed_form

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

    from events.fairs.fair import Fair

Form = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Case:
    """A form, what the first saves, what the second had typed, and what the second must read."""

    name: str
    path: Callable[[Session, OrganiserPlayer, Fair], str]
    first: dict[str, str]
    second: dict[str, str]
    told: tuple[str, str]

    def __str__(self) -> str:
        """For the test's name."""
        return self.name


def _type(session: Session, player: OrganiserPlayer, fair: Fair) -> str:
    made = add_booth_type(session, player.actor, fair, kind="standard", name_vi="Gian thường", price=100)
    return f"booth-types/{made.id}"


def _paper(session: Session, player: OrganiserPlayer, fair: Fair) -> str:
    return f"papers/{set_paper(session, player.actor, fair, name_vi='Phiếu kiểm nghiệm').id}"


def _question(session: Session, player: OrganiserPlayer, fair: Fair) -> str:
    choices = [("Có", "Yes"), ("Không", "No")]
    made = set_question(session, player.actor, fair, kind="choice", text_vi="Có tủ lạnh?", choices=choices)
    return f"questions/{made.id}"


def _group(session: Session, player: OrganiserPlayer, fair: Fair) -> str:
    places = [fair.venues[0].venue.locality.code]
    return f"place-groups/{name_place_group(session, player.actor, fair, name_vi='Cụm', places=places).id}"


def _quota(session: Session, player: OrganiserPlayer, fair: Fair) -> str:
    return f"quotas?quota={set_quota(session, player.actor, fair, 'inside', '', least=None, most=5).id}"


def _criterion(session: Session, player: OrganiserPlayer, fair: Fair) -> str:
    return f"review-setup/criteria/{set_criterion(session, player.actor, fair, name_vi='Bao bì', weight=2).id}"


def _code(session: Session, player: OrganiserPlayer, fair: Fair) -> str:
    made = make_code(session, player.actor, fair, given_to="Hợp tác xã", uses=3, valid_until=None)
    return f"invitations/{made.id}"


def _item(session: Session, player: OrganiserPlayer, fair: Fair) -> str:
    facts = {"kind": "opening", "day": fair.first_day or date.min, "starts_at": time(8), "title_vi": "Khai mạc"}
    return f"programme/{add_item(session, player.actor, fair, **facts).id}"  # type: ignore[arg-type]  # facts of an item


def _zone(call: str) -> Callable[[Session, OrganiserPlayer, Fair], str]:
    def path(session: Session, player: OrganiserPlayer, fair: Fair) -> str:
        a_zone(session, player, fair)
        return f"{call}/{zones_of(session, fair)[0].id}"

    return path


def _rules(session: Session, player: OrganiserPlayer, fair: Fair) -> str:
    write_rules(session, player.actor, fair, body_vi="Nội quy", expected_number=0)
    return "rules"


def in_days(days: int) -> date:
    """A day of the fair's call, which is open now for a month."""
    return clock.today() + timedelta(days=days)


def _at(path: str) -> Callable[[Session, OrganiserPlayer, Fair], str]:
    return lambda _session, _player, _fair: path


CASES = [
    Case(
        "fair",
        _at("edit"),
        {"host_event": "Tuần Du lịch"},
        {"name_en": "Spring"},
        ("Part of a larger event", "Tuần Du lịch"),
    ),
    Case("texts", _at("texts"), {"guest_country": "TH"}, {"description_en": "Mine"}, ("Guest country", "Thailand")),
    Case(
        "days",
        _at("days"),
        {"site_opens_at": "07:00", "site_closes_at": "22:00"},
        {"build_up_from": in_days(55).isoformat()},
        ("The site opens for exhibitors at", "07:00"),
    ),
    Case("legal", _at("legal"), {"issuer": "UBND"}, {"document_number": "48/KH"}, ("Who issued it", "UBND")),
    Case(
        "rules", _rules, {"body_vi": "Của người trước"}, {"body_en": "Mine"}, ("Rules in Vietnamese", "Của người trước")
    ),
    Case(
        "venues",
        _at("venues"),
        {"points-0": "20.951000, 107.080000"},
        {"points-0": "21.000000, 107.000000"},
        ("Siêu thị GO! Hạ Long", "20.951000, 107.080000"),
    ),
    Case(
        "programme",
        _item,
        {"place_vi": "Sân khấu"},
        {"title_en": "Opening"},
        ("Where on the grounds, in Vietnamese", "Sân khấu"),
    ),
    Case("zone", _zone("plan/zones"), {"power_kw": "40"}, {"name_en": "Food"}, ("Power (kW)", "40")),
    Case("booth type", _type, {"price": "4.350.000"}, {"name_en": "Standard"}, ("Price of one booth", "4,350,000")),
    Case("paper", _paper, {"most_months": "12"}, {"name_en": "Test report"}, ("At most so many months old", "12")),
    Case("matrix", _paper, {"cell-food:household": "not_needed"}, {"name_en": "Test"}, ("Thực phẩm", "")),
    Case("question", _question, {"is_required": "y"}, {"text_en": "A fridge?"}, ("An answer is needed", "Yes")),
    Case("group", _group, {"name_en": "Cluster"}, {"name_vi": "Cụm phía đông"}, ("Name in English", "Cluster")),
    Case("quota", _quota, {"most": "7"}, {"most": "9"}, ("At most (booths)", "7")),
    Case(
        "new quota",
        _at("quotas"),
        {"thing": "reserve:", "most": "7"},
        {"thing": "reserve:", "most": "9"},
        ("At most (booths)", "7"),
    ),
    Case(
        "terms",
        _at("call"),
        {"least_stars": "4"},
        {"is_by_invitation": "y"},
        ("OCOP stars of each product", "4 stars or more"),
    ),
    Case(
        "zone's call",
        _zone("call/zones"),
        {"opens_day": in_days(5).isoformat()},
        {"opens_day": in_days(6).isoformat()},
        ("Opens on", f"{in_days(5):%d/%m/%Y}"),
    ),
    Case("criterion", _criterion, {"weight": "5"}, {"name_en": "Package"}, ("Weight", "5")),
    Case("code", _code, {"uses": "5"}, {"uses": "8"}, ("For how many units", "5")),
]  # fmt: skip - read as a table
WITH_THE_WHOLE = {"fair", "texts", "days", "legal", "rules", "zone", "criterion"}
"""Their version is that of the whole fair or plan: whoever comes second looks once more, whatever they say."""


@pytest.mark.parametrize("case", CASES, ids=str)
def test_second_of_two_is_told_what_the_first_saved(
    session: Session, app: Flask, host: OrganiserPlayer, case: Case
) -> None:
    fair = a_draft_fair(session, host)
    path = f"/organise/fairs/{fair.slug}/{case.path(session, host, fair)}"
    colleague = a_member(session, host, Role.MANAGER, "dong.nghiep@quangninh.example")
    session.commit()
    first, second = OrganiserBrowser(app, host.user.email), OrganiserBrowser(app, colleague.user.email)
    seen_by_first, seen_by_second = (
        typed_form(desk.get("/en" + path).text, holding="version") for desk in (first, second)
    )
    saved = first.client.post("/en" + path, data=_with(seen_by_first, case.first))
    assert saved.status_code == 303, unescape(saved.text)
    told = second.client.post("/en" + path, data=_with(seen_by_second, case.second))
    words = unescape(told.text)
    assert told.status_code == 422
    assert "Somebody else saved here while you were typing." in words
    assert "Nguyễn Thị Hà saved at" in words
    label, present = case.told
    assert f'<th scope="row">{label}' in words or case.name == "matrix"
    assert present in words.partition("Stands there now")[2].partition("</table>")[0]
    kept = typed_form(told.text, holding="version")
    assert {name: kept[name] for name in case.second} == {name: [value] for name, value in case.second.items()}
    assert second.client.post("/en" + path, data=kept).status_code == 303
    after = typed_form(second.get("/en" + path).text, holding="version")
    if case.name != "new quota":
        assert {name: after[name] for name in case.second} == {name: [value] for name, value in case.second.items()}


@pytest.mark.parametrize("case", [case for case in CASES if case.name not in WITH_THE_WHOLE], ids=str)
def test_both_may_say_the_same(session: Session, app: Flask, host: OrganiserPlayer, case: Case) -> None:
    """Pressed twice, or typed alike: nobody is bothered."""
    fair = a_draft_fair(session, host)
    path = f"/organise/fairs/{fair.slug}/{case.path(session, host, fair)}"
    session.commit()
    desk = OrganiserBrowser(app, host.user.email)
    seen = typed_form(desk.get(path).text, holding="version")
    answers = [desk.client.post(path, data=_with(seen, case.first)).status_code for _press in range(2)]
    assert answers == [303, 303]


def test_zone_saved_by_its_form_names_who_did_and_not_who_drew(
    session: Session, app: Flask, host: OrganiserPlayer
) -> None:
    """The colleague who named the zone, though somebody else saved the plan before; after a drawing, who drew."""
    fair = a_draft_fair(session, host)
    a_zone(session, host, fair)
    zone = zones_of(session, fair)[0]
    path = f"/en/organise/fairs/{fair.slug}/plan/zones/{zone.id}"
    colleague = a_member(session, host, Role.MANAGER, "ten.khu@quangninh.example")
    colleague.user.name = "Trần Văn Khu"
    session.commit()
    desk, other = OrganiserBrowser(app, host.user.email), OrganiserBrowser(app, colleague.user.email)
    seen = typed_form(desk.get(path).text, holding="version")
    named = typed_form(other.get(path).text, holding="version")
    assert other.client.post(path, data=_with(named, {"name_en": "Food"})).status_code == 303
    told = desk.client.post(path, data=_with(seen, {"name_en": "Drinks"}))
    assert (told.status_code, "Trần Văn Khu saved at" in unescape(told.text)) == (422, True)
    session.expire_all()
    change = {"kind": "zone", "key": zone.key, "values": {"name_en": "Sweets"}}
    save_plan(session, host.actor, zone.plan, zone.plan.revision, [change])
    session.commit()
    told = desk.client.post(path, data=_with(seen, {"name_en": "Drinks"}))
    assert (told.status_code, "Nguyễn Thị Hà saved at" in unescape(told.text)) == (422, True)


def _with(form: Form, typed: dict[str, str]) -> Form:
    return {**form, **{name: [value] for name, value in typed.items()}}
