"""Who reads the papers of a dossier, over all roles and addresses; and how one paper serves every fair."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from exhibitors.applications.apply_for_booth import start_application, withdraw_application
from exhibitors.applications.asked_of_applicant import AskedOfApplicant, asked_of
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.calls.set_up_papers import ask_usual_papers, set_paper
from exhibitors.producers.dossier.dossier_paper import DossierPaper, PaperStatus, papers_of_unit
from exhibitors.producers.dossier.keep_papers import PaperFacts, add_paper, check_paper
from foundation.actor import Actor, Role
from foundation.database import make_session
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, a_submitted_application, an_open_fair
from tests.sent_files import a_pdf
from tests.small_world import ROLES, World

# Producer A has applied to organiser A's fair alone; the zone reviewer's zone is among the wishes.
READERS = {
    "producer A",
    "reader A",
    "reviewer A",
    "organiser A",
    "admin",
    "manager A",
    "field staff A",
    "zone reviewer A",
}


def addresses_of_files(world: World, number: int) -> list[str]:
    """Of the pages of the paper with this number: 1 is producer A's, 2 is producer B's."""
    with make_session(world.engine) as session:
        files = session.get_one(DossierPaper, number).files
        return [f"/files/{file.key}{copy}" for file in files for copy in ("", *(f"/{name}" for name in file.copies))]


def status_of(world: World, role: str, address: str) -> int:
    with world.request(role, "GET", address) as answer:
        return answer.status_code


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_file_is_read_by_its_unit_and_by_organisers_of_a_fair_applied_to(world: World, role: str, prefix: str) -> None:
    addresses = addresses_of_files(world, 1)
    assert len(addresses) == 5
    for address in addresses:
        answer = world.request(role, "GET", prefix + address)
        assert answer.status_code == (200 if role in READERS else 404), (role, address)
        if role in READERS:
            assert answer.headers["Cache-Control"] == "private, no-store"
        answer.close()


def test_organiser_a_reads_nothing_of_a_unit_that_only_has_a_draft_there(world: World) -> None:
    for role in set(ROLES) - {"producer B", "organiser B", "admin"}:
        assert {status_of(world, role, address) for address in addresses_of_files(world, 2)} == {404}, role


def test_organisers_read_no_longer_once_it_is_withdrawn(fresh_world: World) -> None:
    with make_session(fresh_world.engine) as session:
        code = fresh_world.players["producer A"].values["code"]
        application = session.scalars(sa.select(BoothApplication).where(BoothApplication.code == code)).one()
        actor = Actor(1, "Hoàng Văn Sáu", producer_roles={application.producer.organisation_id: Role.OWNER})
        withdraw_application(session, actor, application, reason="Bận", base_url=BASE_URL)
        session.commit()
    address = addresses_of_files(fresh_world, 1)[0]
    got = {role: status_of(fresh_world, role, address) for role in ("organiser A", "reader A", "producer A")}
    assert got == {"organiser A": 404, "reader A": 404, "producer A": 200}


# --- one paper, every fair ------------------------------------------------------------------------------------------


def registration_of(asked: AskedOfApplicant) -> Any:
    return next(one for one in asked.papers if one.paper.kind == "business_registration")


def keep(store: Session, player: ProducerPlayer, **facts: object) -> DossierPaper:
    said = {"kind": "business_registration", "number": "22.8.001234"} | facts
    return add_paper(store, player.actor, player.producer, PaperFacts(**said))


def test_paper_kept_once_is_there_at_every_fair(
    store: Session, fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer
) -> None:
    other = an_open_fair(store, organiser, name="Hội chợ khác")
    for each in (fair, other):
        ask_usual_papers(store, organiser.actor, each)
    drafts = [start_application(store, player.actor, each, player.producer) for each in (fair, other)]
    assert [registration_of(asked_of(store, draft)).is_there for draft in drafts] == [False, False]
    paper = keep(store, player)
    seen = [registration_of(asked_of(store, draft)) for draft in drafts]
    assert [(one.is_there, one.objection, one.shown.dossier) for one in seen] == [(True, None, paper)] * 2


def test_rejected_paper_is_missing_and_says_why(
    store: Session, fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer
) -> None:
    set_paper(store, organiser.actor, fair, name_vi="Giấy ĐKKD", kind="business_registration")
    draft = start_application(store, player.actor, fair, player.producer)
    check_paper(store, organiser.actor, keep(store, player), PaperStatus.REJECTED, reason="Mờ quá")
    (refusal,) = asked_of(store, draft).objections()
    assert (refusal.reason, refusal.facts["why"]) == ("paper_rejected", "Mờ quá")
    keep(store, player, number="mới")
    assert asked_of(store, draft).objections() == []


@pytest.mark.parametrize(("shift", "reasons"), [(-1, ["paper_ends_before"]), (0, []), (1, [])])
def test_kept_paper_is_judged_on_the_last_day(
    store: Session, fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer, shift: int, reasons: list[str]
) -> None:
    assert fair.last_day is not None
    set_paper(store, organiser.actor, fair, name_vi="Giấy ATTP", kind="food_safety", on_last_day=True)
    keep(store, player, kind="food_safety", expires_on=fair.last_day + timedelta(days=shift))
    draft = start_application(store, player.actor, fair, player.producer)
    assert [refusal.reason for refusal in asked_of(store, draft).objections()] == reasons


def test_paper_sent_with_the_answers_goes_into_the_dossier(
    store: Session, fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer, visit: Callable[..., Any]
) -> None:
    paper = set_paper(store, organiser.actor, fair, name_vi="Giấy ĐKKD", kind="business_registration")
    code = start_application(store, player.actor, fair, player.producer).code
    producer_id, field = player.producer.id, f"p{paper.id}"
    visitor = visit(player.user.email)
    sent = {f"{field}-file": [(BytesIO(a_pdf(1)), "a.pdf"), (BytesIO(a_pdf(2)), "b.pdf")], f"{field}-number": "22.8"}
    assert visitor.post(f"/applications/{code}/answers", **sent).status_code == 303
    store.rollback()
    (kept,) = papers_of_unit(store, producer_id)
    assert (kept.kind, kept.number, [file.name for file in kept.files]) == (
        "business_registration",
        "22.8",
        ["a.pdf", "b.pdf"],
    )
    store.commit()
    again = visitor.get(f"/applications/{code}/answers")
    assert "Đã có trong hồ sơ của bạn" in again.text
    bad = visitor.post(f"/applications/{code}/answers", **{f"{field}-file": (BytesIO(b"GIF89a"), "x.gif")})
    assert (bad.status_code, "x.gif: Không nhận loại tệp này" in bad.text) == (422, True)


def test_reviewer_marks_a_paper_and_the_unit_reads_why(
    store: Session, fair: Fair, organiser: OrganiserPlayer, player: ProducerPlayer, visit: Callable[..., Any]
) -> None:
    paper_id, version = (paper := keep(store, player)).id, paper.version
    code = a_submitted_application(store, fair, player).code
    address = f"/organise/fairs/{fair.slug}/applications/{code}/papers"
    visitor = visit(organiser.user.email)
    assert "22.8.001234" in visitor.get(address).text
    named = {"paper": str(paper_id), "version": str(version), "status": "rejected"}
    bare = visitor.post(f"{address}/check", **named)
    assert (bare.status_code, "Ghi lý do: bên kia sẽ đọc." in bare.text) == (422, True)
    assert visitor.post(f"{address}/check", **named, reason="Thiếu trang 2").status_code == 303
    shown = visit(player.user.email).get("/producer/papers").text
    assert ("Thiếu trang 2" in shown, organiser.user.name in shown) == (True, True)
    stale = visitor.post(f"{address}/check", **named | {"status": "valid"})
    assert (stale.status_code, "vừa sửa giấy tờ này" in stale.text) == (422, True)
