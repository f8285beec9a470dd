"""A small world of two of everything, with the whole app on it: what the tests that walk all routes share."""

from __future__ import annotations

from datetime import time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from accounts.organisation import Membership, actor_for, enrol
from accounts.sign_up import register_person
from accounts.user import User
from events.fairs.fair import Fair
from events.fairs.fair_gallery import PictureSayings, add_picture
from events.fairs.fair_partner import PartnerSayings, add_partner
from events.fairs.fair_rules import write_rules
from events.floor_plans.set_up_booth_types import add_booth_type
from events.programme.plan_programme import add_item
from exhibitors.allocation.optimiser.policies import Policy
from exhibitors.allocation.place_on_booth import place_on_booth
from exhibitors.allocation.proposals.adopt_proposal import adopt_proposal
from exhibitors.allocation.proposals.allocation_proposal import Candidates
from exhibitors.allocation.proposals.ask_for_proposal import ask_for_proposal, cancel_proposal
from exhibitors.allocation.proposals.comments.write_comment import write_comment
from exhibitors.allocation.proposals.lottery_draw import reveal_draw
from exhibitors.allocation.proposals.work_on_proposal import work_on_proposal
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.apply_for_booth import start_application
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.keep_queue_view import keep_queue_view
from exhibitors.applications.looks.application_look import Opened
from exhibitors.applications.looks.note_look import write_look
from exhibitors.applications.notes.write_note import write_note
from exhibitors.applications.review.score_applications import stand_aside
from exhibitors.applications.review.set_up_review import set_criterion
from exhibitors.applications.screen_applications import stage_decision, take_up
from exhibitors.calls.invite import make_code
from exhibitors.calls.set_up_papers import set_paper
from exhibitors.calls.set_up_questions import set_question
from exhibitors.calls.set_up_quotas import name_place_group, set_quota
from exhibitors.producers.claims.claim_unit import ask_for_unit
from exhibitors.producers.dossier.keep_papers import PaperFacts, add_paper
from exhibitors.producers.enter_units import enter_units
from exhibitors.producers.pictures.keep_pictures import UnitPictureSayings, add_unit_picture
from exhibitors.producers.register.register_import import RegisterImport
from foundation import clock
from foundation.actor import Role
from foundation.database import make_session
from foundation.file_store import FileStore
from foundation.outbox import OutboxLetter
from tests.cast import (
    BASE_URL,
    PASSWORD,
    OrganiserPlayer,
    ProducerPlayer,
    a_draft_fair,
    a_fair_role,
    a_producer,
    a_submitted_application,
    a_team,
    a_unit_team,
    a_zone,
    an_open_fair,
    an_organiser,
    booths_of,
)
from tests.ground import Ground
from tests.played_world import World
from tests.sent_files import a_pdf, a_photo

ROLES = (
    "anonymous",
    "newcomer",
    "producer A",
    "producer B",
    "reader A",
    "reviewer A",
    "organiser A",
    "organiser B",
    "admin",
    "manager A",
    "field staff A",
    "zone reviewer A",
)  # fmt: skip - read as the head of a table
MEMBERS = {
    "reader A": Role.READER,
    "reviewer A": Role.REVIEWER,
    "manager A": Role.MANAGER,
    "field staff A": Role.FIELD_STAFF,
    "zone reviewer A": Role.LIMITED,
}
CANARY = "Hội chợ Chim Hoàng Yến"


def small_world(ground: Ground) -> World:
    """Two organisers with a fair each, two producers with an application each, a draft fair that nobody may see."""
    ground.renew()
    world = World(ground)
    with make_session(world.engine) as session:
        _fill(world, session)
        session.commit()
    world.settle()
    return world


def _fill(world: World, session: Session) -> None:
    organisers = [
        an_organiser(session, name, f"{key}@organisers.example")
        for key, name in (("a", "Ban tổ chức Hạ Long"), ("b", "Ban tổ chức Móng Cái"))
    ]
    producers = [
        a_producer(session, name, f"{key}@producers.example", products=2)
        for key, name in (("a", "HTX Miến dong Bình Liêu"), ("b", "HTX Hải sản Cô Tô"))
    ]
    for letter, organiser, producer in zip("AB", organisers, producers, strict=True):
        fair = an_open_fair(session, organiser, booths=4, name=f"Hội chợ OCOP {letter}")
        application = _offered(session, organiser, producer, fair)
        _sign_in_pair(world, session, letter, organiser, producer, application)
        _proposed(session, organiser, fair, answered=letter == "A")
    hidden = a_draft_fair(session, organisers[0], name=CANARY)
    a_zone(session, organisers[0], hidden)
    start_application(session, producers[0].actor, _fair_of(world, session, "organiser B"), producers[0].producer)
    others = {
        role: register_person(
            session, email=f"{role.replace(' ', '.')}@example.vn", name="Người khác", password=PASSWORD, confirmed=True
        )
        for role in ("admin", "newcomer", *MEMBERS)
    }  # fmt: skip - one person each
    others["admin"].is_admin = True
    nobodys = enter_units(session, organisers[0].actor, [({"kind": "household", "name_vi": "Hộ Chưa Ai Nhận"}, [])])[0]
    newcomer = others["newcomer"]
    ask_for_unit(session, actor_for(session, newcomer), newcomer, nobodys, "Tôi là chủ hộ", base_url=BASE_URL)
    for role, held in MEMBERS.items():
        member = enrol(session, others[role], organisers[0].organisation, held)
        if held is Role.LIMITED:
            a_fair_role(session, member, _fair_of(world, session, "organiser A"), Role.REVIEWER, zone="A")
    for role, user in {**others, "anonymous": None}.items():
        world.sign_in(role, session, user)
    world.players["organiser A"].values["draft"] = hidden.slug
    _looked_at(session)


def _looked_at(session: Session) -> None:
    """Everybody has opened everything today already, so that no walk is the first to look."""
    for user_id in session.scalars(sa.select(User.id)).all():
        for number in session.scalars(sa.select(BoothApplication.id)).all():
            for opened in Opened:
                write_look(session, number, user_id, opened, clock.now())


def _offered(session: Session, organiser: OrganiserPlayer, player: ProducerPlayer, fair: Fair) -> BoothApplication:
    """An application that has been accepted with booth A01, which waits for the producer's answer."""
    application = a_submitted_application(session, fair, player)
    take_up(session, organiser.actor, application)
    stage_decision(session, organiser.actor, application, Decision.ACCEPT)
    place_on_booth(session, organiser.actor, application, booths_of(session, fair)[0])
    confirm_by = clock.now() + timedelta(days=7)
    publish_decisions(session, organiser.actor, fair, confirm_by=confirm_by, base_url=BASE_URL)
    return application


def _proposed(session: Session, organiser: OrganiserPlayer, fair: Fair, *, answered: bool) -> None:
    """Proposal 1 waits for the job; at A's fair it was called off, and 2 is on the board with the draw shown."""
    who = {"policy": Policy.BANDED_MERIT, "candidates": Candidates.ACCEPTED}
    proposal = ask_for_proposal(session, organiser.actor, fair, **who)
    if answered:
        cancel_proposal(session, organiser.actor, proposal)
        proposal = ask_for_proposal(session, organiser.actor, fair, **who)
        work_on_proposal(session, proposal.id)
        adopt_proposal(session, organiser.actor, proposal)
        reveal_draw(session, organiser.actor, fair)


def _sign_in_pair(
    world: World,
    session: Session,
    letter: str,
    organiser: OrganiserPlayer,
    producer: ProducerPlayer,
    application: BoothApplication,
) -> None:  # fmt: skip - one line of arguments
    fair = application.fair
    written = session.scalars(select_letter(application)).first()
    member, invitation = a_team(session, organiser, letter)
    colleague, unit_invitation = a_unit_team(session, producer, letter)
    shown_beside = PartnerSayings(role="co_organiser", name_vi="Sở Nông nghiệp và Môi trường")
    write_rules(session, organiser.actor, fair, body_vi="Niêm yết giá.", expected_number=0)
    theirs = {
        "picture_id": _a_picture(world, session, organiser, fair),
        "partner_id": add_partner(session, organiser.actor, fair, shown_beside).id,
        "slug": fair.slug,
        "code": application.code,
        "number": {"A": 2, "B": 1}[letter],
        "booth": "A01",
        "year": fair.year,
        "letter_id": written.id if written else 0,
        "zone_id": booths_of(session, fair)[0].zone_id,
        "code_id": make_code(session, organiser.actor, fair).id,
        "question_id": set_question(session, organiser.actor, fair, kind="text", text_vi="Có bếp không?").id,
        "paper_id": set_paper(session, organiser.actor, fair, name_vi="Phiếu kiểm nghiệm", need="if_available").id,
        "quota_id": set_quota(session, organiser.actor, fair, "inside", "", least=1, most=90).id,
        "group_id": name_place_group(session, organiser.actor, fair, name_vi="Cụm", places=["06652"]).id,
        "item_id": _opening(session, organiser, fair),
        **_a_review(session, organiser, application, member),
        "type_id": add_booth_type(session, organiser.actor, fair, kind="standard", name_vi="Gian tiêu chuẩn").id,
        "plan_id": booths_of(session, fair)[0].plan_id,
        "product_id": producer.producer.products[0].id,
        **_a_dossier(world, session, producer),
        "import_id": _a_sheet(session, organiser),
        "producer": producer.producer.slug,
        "unit_slug": producer.producer.slug,
        "colleague_id": colleague.id,
        "unit_invitation_id": unit_invitation.id,
        "organisation_id": organiser.organisation.id,
        "membership_id": member.id,
        "invitation_id": invitation.id,
        "note_id": write_note(session, organiser.actor, application, "Cần xem lại", base_url=BASE_URL).id,
        "comment_id": write_comment(session, organiser.actor, fair, "Xem lại dãy A", base_url=BASE_URL).id,
        "view_id": keep_queue_view(session, organiser.actor, fair, name="Cần xét", address="state=to_review").id,
        "fair_role_id": a_fair_role(session, member, fair, Role.REVIEWER, zone="A").id,
    }
    for role, user in ((f"organiser {letter}", organiser.user), (f"producer {letter}", producer.user)):
        world.sign_in(role, session, user).values.update(theirs)


def _a_dossier(world: World, session: Session, player: ProducerPlayer) -> dict[str, object]:
    store = FileStore(world.app.extensions["settings"].data_dir / "files")
    facts = PaperFacts("food_safety", number="12/ATTP", files=[("attp.pdf", a_pdf(1)), ("anh.jpg", a_photo())])
    paper = add_paper(session, player.actor, player.producer, facts, store)
    said = UnitPictureSayings(alt_vi="Xưởng miến dong", is_public=True)
    shown = add_unit_picture(
        session, player.actor, store, player.producer, said, name="anh.jpg", content=a_photo(40, 30)
    )
    return {"dossier_id": paper.id, "page_id": paper.pages[0].id, "unit_picture_id": shown.id}


def _a_picture(world: World, session: Session, organiser: OrganiserPlayer, fair: Fair) -> int:
    store = FileStore(world.app.extensions["settings"].data_dir / "files")
    said = PictureSayings(alt_vi="Gian hàng miến dong", credit="Ban tổ chức")
    return add_picture(session, organiser.actor, store, fair, said, name="anh.jpg", content=a_photo()).id


def _a_review(
    session: Session, organiser: OrganiserPlayer, application: BoothApplication, member: Membership
) -> dict[str, object]:
    """A criterion, and the reader who stands aside."""
    criterion = set_criterion(session, organiser.actor, application.fair, name_vi="Chất lượng", weight=60)
    stand_aside(session, actor_for(session, member.user), application, "Người nhà")
    return {"criterion_id": criterion.id, "user_id": organiser.user.id, "recused_id": member.user_id}


def _a_sheet(session: Session, organiser: OrganiserPlayer) -> int:
    facts = {"uploaded_by": organiser.user.id, "uploaded_at": clock.now(), "columns": {"name_vi": 0}}
    sheet = RegisterImport(name="so.xlsx", cells=[["Chủ thể"], ["HTX Mới"]], **facts)
    session.add(sheet)
    session.flush()
    return sheet.id


def _opening(session: Session, organiser: OrganiserPlayer, fair: Fair) -> int:
    day = fair.first_day or clock.today()
    words = {"title_vi": "Lễ khai mạc", "place_vi": "Sân khấu chính"}
    return add_item(session, organiser.actor, fair, kind="opening", day=day, starts_at=time(19), **words).id


def select_letter(application: BoothApplication) -> sa.Select[tuple[OutboxLetter]]:
    """The letters about an application, oldest first."""
    return sa.select(OutboxLetter).where(OutboxLetter.application_id == application.id).order_by(OutboxLetter.id)


def _fair_of(world: World, session: Session, role: str) -> Fair:
    return session.scalars(sa.select(Fair).where(Fair.slug == world.players[role].values["slug"])).one()
