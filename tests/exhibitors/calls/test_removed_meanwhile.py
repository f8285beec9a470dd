"""What a colleague removed meanwhile: a page says who and when, and gives back what was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from html import unescape
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from events.fairs.fair_gallery import PictureSayings, add_picture
from events.fairs.fair_history import removal_of
from events.fairs.fair_partner import FairPartner, PartnerSayings, add_partner
from events.floor_plans.floor_plan import FloorPlan, Zone, zones_of
from events.floor_plans.restore_plan import add_plan
from events.floor_plans.save_plan import save_plan
from events.floor_plans.set_up_booth_types import add_booth_type
from events.programme.plan_programme import add_item
from exhibitors.applications.review.set_up_review import set_criterion
from exhibitors.calls.question import Question
from exhibitors.calls.set_up_papers import set_paper
from exhibitors.calls.set_up_questions import set_question
from exhibitors.calls.set_up_quotas import name_place_group, set_quota
from foundation.actor import Role
from foundation.file_store import FileStore
from tests.cast import OrganiserPlayer, a_fair_role, a_member, a_zone, an_organiser
from tests.events.conftest import OrganiserBrowser
from tests.sent_files import a_photo
from tests.typed_form import typed_form

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

    from events.fairs.fair import Fair
    from foundation.settings import Settings

Make = Callable[["Session", OrganiserPlayer, "Fair"], str]


@dataclass(frozen=True, slots=True)
class Case:
    """A form about a thing: its path, the path that removes the thing, what was typed, where a new one is made."""

    name: str
    make: Make
    typed: dict[str, str]
    what: str
    anew: str = ""
    removed_at: Callable[[str], str] = field(default=lambda path: f"{path}/remove")

    def __str__(self) -> str:
        """For the test's name."""
        return self.name


def _type(session: Session, host: OrganiserPlayer, fair: Fair) -> str:
    made = add_booth_type(session, host.actor, fair, kind="standard", name_vi="Gian thường", price=100)
    return f"booth-types/{made.id}"


def _paper(session: Session, host: OrganiserPlayer, fair: Fair) -> str:
    return f"papers/{set_paper(session, host.actor, fair, name_vi='Phiếu kiểm nghiệm').id}"


def _question(session: Session, host: OrganiserPlayer, fair: Fair) -> str:
    choices = [("Có", "Yes"), ("Không", "No")]
    return f"questions/{set_question(session, host.actor, fair, kind='choice', text_vi='Có tủ?', choices=choices).id}"


def _group(session: Session, host: OrganiserPlayer, fair: Fair) -> str:
    places = [fair.venues[0].venue.locality.code]
    return f"place-groups/{name_place_group(session, host.actor, fair, name_vi='Cụm', places=places).id}"


def _item(session: Session, host: OrganiserPlayer, fair: Fair) -> str:
    facts = {"kind": "opening", "day": fair.first_day or date.min, "starts_at": time(8), "title_vi": "Khai mạc"}
    return f"programme/{add_item(session, host.actor, fair, **facts).id}"  # type: ignore[arg-type]  # facts of an item


def _zone(call: str) -> Make:
    def make(session: Session, host: OrganiserPlayer, fair: Fair) -> str:
        a_zone(session, host, fair)
        return f"{call}/{zones_of(session, fair)[0].id}"

    return make


def _criterion(session: Session, host: OrganiserPlayer, fair: Fair) -> str:
    made = set_criterion(session, host.actor, fair, name_vi="Bao bì", weight=2)
    return f"review-setup/criteria/{made.id}"


def _plan(page: str) -> Make:
    def make(session: Session, host: OrganiserPlayer, fair: Fair) -> str:
        made = add_plan(session, host.actor, fair, fair.venues[0], name_vi="Sân sau", name_en="Back yard")
        return page.format(plan=made.id)

    return make


CASES = [
    Case("booth type", _type, {"name_vi": "Gian cạnh cổng"}, "The booth type", "booth-types/new"),
    Case("paper", _paper, {"name_vi": "Giấy ATTP"}, "The paper", "papers/new"),
    Case("question", _question, {"text_vi": "Cần bàn lạnh?"}, "The question", "questions/new"),
    Case("group", _group, {"name_vi": "Miền Đông"}, "The group of localities", "place-groups/new"),
    Case("item", _item, {"title_vi": "Bế mạc"}, "The item of the programme", "programme/new"),
    Case("criterion", _criterion, {"name_vi": "Câu chuyện"}, "The criterion", "review-setup/criteria/new"),
    Case("zone", _zone("plan/zones"), {"name_vi": "Khu hải sản"}, "The zone"),
    Case(
        "zone's call",
        _zone("call/zones"),
        {"opens_day": "30/02/2027"},
        "The zone",
        removed_at=lambda path: path.replace("call/", "plan/") + "/remove",
    ),
    Case(
        "plan as a list",
        _plan("plan/{plan}/list"),
        {"name_vi": "Sân trước", "do": "plan"},
        "The floor plan",
        removed_at=lambda path: path.replace("/list", "/remove"),
    ),
    Case(
        "thing on a plan",
        _plan("plan/{plan}/list"),
        {"label_vi": "Sân khấu", "do": "fixture"},
        "The floor plan",
        removed_at=lambda path: path.replace("/list", "/remove"),
    ),
    Case(
        "ground",
        _plan("plan/forms?plan={plan}"),
        {"ground_width_m": "77", "do": "ground"},
        "The floor plan",
        removed_at=lambda path: path.replace("forms?plan=", "") + "/remove",
    ),
]  # fmt: skip - read as a table


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_was_typed_comes_back(
    session: Session, host: OrganiserPlayer, draft: Fair, mine: OrganiserBrowser, other: OrganiserBrowser, case: Case
) -> None:
    root = f"/en/organise/fairs/{draft.slug}/"
    path = case.make(session, host, draft)
    session.commit()
    typed = next(iter(case.typed))
    form = typed_form(mine.get(root + path).text, holding=typed)
    removal = root + case.removed_at(path)
    assert other.send(removal, {}, form_on=root + "edit").status_code == 303
    told = mine.client.post(root + path, data={**form, **{name: [value] for name, value in case.typed.items()}})
    words = unescape(told.text)
    assert told.status_code == 410
    assert f"{case.what} was removed by Bùi Văn Ba at" in words
    assert case.typed[typed] in words.partition("What you typed")[2]
    assert ("Add it anew" in words) == bool(case.anew)
    opened = mine.get(root + path)
    assert (opened.status_code, "Bùi Văn Ba" in opened.text, "What you typed" in opened.text) == (410, True, False)
    twice = mine.send(removal, {}, form_on=root + "edit")
    assert (twice.status_code, "Bùi Văn Ba" in twice.text) == (410, True)
    if case.anew:
        again = typed_form(told.text, holding=typed)
        assert "version" not in again
        answers = [mine.client.post(root + case.anew, data=again) for _press in range(2)]
        assert answers[0].status_code == 303, unescape(answers[0].text)
        assert case.typed[typed] in unescape(mine.get(answers[0].headers["Location"]).text)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_strangers_and_numbers_that_never_were_learn_nothing(
    session: Session, app: Flask, host: OrganiserPlayer, draft: Fair, mine: OrganiserBrowser, case: Case
) -> None:
    root = f"/en/organise/fairs/{draft.slug}/"
    elsewhere = an_organiser(session, name="Trung tâm khác", email="btc@mongcai.example")
    path = case.make(session, host, draft)
    session.commit()
    assert mine.send(root + case.removed_at(path), {}, form_on=root + "edit").status_code == 303
    stranger = OrganiserBrowser(app, elsewhere.user.email)
    answer = stranger.send(root + path, dict(case.typed), form_on="/organise/fairs/new")
    assert (answer.status_code, "was removed" in answer.text) == (404, False)
    number = next(part for part in path.replace("=", "/").split("/") if part.isdigit())
    never = mine.send(root + path.replace(number, "987654"), dict(case.typed), form_on=root + "edit")
    assert never.status_code == 404


def test_removed_twice_is_told(
    session: Session, host: OrganiserPlayer, draft: Fair, mine: OrganiserBrowser, other: OrganiserBrowser
) -> None:
    """Quotas, partners and roles have no page of their own: only their button can meet them removed."""
    quota = set_quota(session, host.actor, draft, "inside", "", least=None, most=5)
    partner = add_partner(session, host.actor, draft, PartnerSayings(role="sponsor", name_vi="Nhà băng Hạ Long"))
    named = a_fair_role(session, a_member(session, host, Role.READER, "doc@quangninh.example"), draft, Role.REVIEWER)
    session.commit()
    root = f"/en/organise/fairs/{draft.slug}/"
    doors = {
        "The quota": f"quotas/{quota.id}/remove",
        "The partner": f"partners/{partner.id}/remove",
        "The role at the fair": f"team/{named.id}/end",
    }
    for what, door in doors.items():
        assert other.send(root + door, {}, form_on=root + "edit").status_code == 303
        told = mine.send(root + door, {}, form_on=root + "edit")
        assert (told.status_code, f"{what} was removed by Bùi Văn Ba at" in told.text) == (410, True)
        never = mine.send(root + door.replace(door.split("/")[1], "987654"), {}, form_on=root + "edit")
        assert never.status_code == 404
    assert removal_of(session, draft, FairPartner, partner.id).called == "Nhà băng Hạ Long"  # type: ignore[union-attr]  # it was removed


def test_quota_removed_meanwhile_is_told_in_its_form_and_set_again(
    session: Session, host: OrganiserPlayer, draft: Fair, mine: OrganiserBrowser, other: OrganiserBrowser
) -> None:
    """The form of quotas stands on the list: nobody is named, for what the fair itself went through is not that."""
    quota = set_quota(session, host.actor, draft, "inside", "", least=None, most=5)
    session.commit()
    root = f"/en/organise/fairs/{draft.slug}/quotas"
    form = typed_form(mine.get(f"{root}?quota={quota.id}").text, holding="most")
    assert other.send(f"{root}/{quota.id}/remove", {}, form_on=root).status_code == 303
    told = mine.client.post(root, data={**form, "most": ["7"]})
    assert (told.status_code, "Somebody else saved while you were typing" in told.text) == (422, True)
    again = typed_form(told.text, holding="most")
    assert again["most"] == ["7"]
    assert mine.client.post(root, data=again).status_code == 303


def test_picture_removed_meanwhile_gives_its_words_back(
    session: Session, host: OrganiserPlayer, draft: Fair, settings: Settings, mine: OrganiserBrowser,
    other: OrganiserBrowser,
) -> None:  # fmt: skip
    store = FileStore(settings.data_dir / "files")
    said = PictureSayings(alt_vi="Cổng chào", credit="Lê Hoa")
    picture = add_picture(session, host.actor, store, draft, said, name="anh.jpg", content=a_photo())
    session.commit()
    root = f"/en/organise/fairs/{draft.slug}/pictures"
    assert other.send(f"{root}/{picture.id}/remove", {}, form_on=root).status_code == 303
    told = mine.send(f"{root}/{picture.id}", {"alt_vi": "Đêm khai mạc", "credit": "Hoa"}, form_on=root)
    assert told.status_code == 410
    for words in ("The picture was removed by Bùi Văn Ba at", "Cổng chào", "Đêm khai mạc"):
        assert words in told.text
    assert mine.send(f"{root}/987654", {"alt_vi": "Đêm"}, form_on=root).status_code == 404


def test_drawing_on_a_removed_plan_is_told_in_the_editor(
    session: Session, host: OrganiserPlayer, draft: Fair, mine: OrganiserBrowser, other: OrganiserBrowser
) -> None:
    root = f"/en/organise/fairs/{draft.slug}/"
    plan = add_plan(session, host.actor, draft, draft.venues[0], name_vi="Sân sau", name_en="Back yard")
    session.commit()
    token = typed_form(mine.get(root + "edit").text, holding="name_vi")["csrf_token"][0]
    assert other.send(f"{root}plan/{plan.id}/remove", {}, form_on=root + "edit").status_code == 303
    sent = {"base_revision": plan.revision, "changes": []}

    def save(number: int) -> tuple[int, str]:
        answer = mine.client.post(f"{root}plan/{number}/save", json=sent, headers={"X-CSRFToken": token})
        return answer.status_code, answer.json["sentence"] if answer.status_code == 410 else ""

    status, sentence = save(plan.id)
    assert (status, sentence.startswith("The floor plan was removed by Bùi Văn Ba at")) == (410, True)
    assert save(987654)[0] == 404


def test_zone_removed_in_the_drawing_is_known_as_removed(session: Session, host: OrganiserPlayer, draft: Fair) -> None:
    zone = a_zone(session, host, draft, code="B", booths=2)
    plan, number = zone.plan, zone.id
    gone = [{"kind": "booth", "key": booth.key, "delete": True} for booth in zone.booths]
    save_plan(session, host.actor, plan, plan.revision, [*gone, {"kind": "zone", "key": zone.key, "delete": True}])
    session.commit()
    assert session.scalar(select(Zone.id).where(Zone.id == number)) is None
    removal = removal_of(session, draft, Zone, number)
    assert removal is not None
    assert (removal.called, removal.name) == ("B", host.user.name)
    assert removal_of(session, draft, Zone, number + 1) is None
    assert removal_of(session, draft, FloorPlan, plan.id) is None


def test_in_vietnamese_too(
    session: Session, host: OrganiserPlayer, draft: Fair, mine: OrganiserBrowser, other: OrganiserBrowser
) -> None:
    made = set_question(session, host.actor, draft, kind="text", text_vi="Có cần điện ba pha?")
    session.commit()
    path = f"/organise/fairs/{draft.slug}/questions/{made.id}"
    assert other.send(f"{path}/remove", {}, form_on=path).status_code == 303
    told = unescape(mine.send(path, {"text_vi": "Cần mấy pha?"}, form_on="/organise/fairs/new").text)
    assert "Câu hỏi đã bị Bùi Văn Ba xóa lúc" in told
    for words in ("Có cần điện ba pha?", "Cần mấy pha?", "Thêm lại"):
        assert words in told
    assert removal_of(session, draft, Question, made.id).called == "Có cần điện ba pha?"  # type: ignore[union-attr]  # it was removed
