"""Two units that are one: what goes over, what stands in the way, where the old address leads, what sheets do then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.organisation import Membership, Organisation, enrol
from accounts.sign_up import register_person
from events.fairs.fair import Fair
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.calendars.stand_entry import StandEntry
from exhibitors.following.follow import Follow
from exhibitors.producers.dossier.dossier_paper import DossierPaper
from exhibitors.producers.dossier.keep_papers import PaperFacts, add_paper
from exhibitors.producers.former_unit import FormerUnit
from exhibitors.producers.merging.merge_units import merge_units
from exhibitors.producers.producer import Producer, Product
from exhibitors.producers.producer_directory import ProductFilters, products_page
from exhibitors.producers.register.import_register import import_register
from exhibitors.producers.register.register_sheet import guess_columns
from exhibitors.producers.register_producer import register_producer
from foundation import clock
from foundation.actor import Role
from foundation.audit_trail import AuditEntry
from foundation.file_store import FileStore
from foundation.outbox import OutboxLetter
from foundation.stored_file import StoredFile
from tests.accounts.conftest import at_once, reason_of
from tests.cast import (
    BASE_URL,
    PASSWORD,
    OrganiserPlayer,
    ProducerPlayer,
    a_confirmed_application,
    a_producer,
    a_submitted_application,
)
from tests.scenes import Play
from tests.sent_files import a_pdf

Visit = Callable[..., Any]
MERGE = "/en/organise/register/merge"


def the_same_once_more(store: Session) -> ProducerPlayer:
    made = a_producer(store, "HTX Miến Bình Liêu", "mien2@binhlieu.example", products=2)
    made.producer.contact_phone = "+84912345678"
    return made


@pytest.fixture
def twin(play: Play, player: ProducerPlayer) -> ProducerPlayer:
    """The same cooperative, entered once more under a shorter name."""
    return play(the_same_once_more)


def merged(store: Session, organiser: OrganiserPlayer, kept: Producer, gone: Producer, **more: Any) -> Producer:
    ids = [product.id for product in gone.products]
    choices = {"product_ids": ids, "with_people": True, "base_url": BASE_URL}
    return merge_units(store, organiser.actor, kept, gone, **(choices | more))


def count(store: Session, model: Any, *conditions: Any) -> int:
    return store.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def test_everything_goes_over_and_the_trail_says_what(
    store: Session, organiser: OrganiserPlayer, fair: Fair, player: ProducerPlayer, twin: ProducerPlayer, tmp_path: Any
) -> None:
    application = a_confirmed_application(store, organiser, twin, fair)
    facts = PaperFacts("food_safety", number="12/ATTP", files=[("attp.pdf", a_pdf(1))])
    paper = add_paper(store, twin.actor, twin.producer, facts, FileStore(tmp_path))
    followed = {"language": "vi", "family": "producers", "nonce": "n", "asked_at": clock.now()}
    store.add(Follow(email="a@b.example", email_key="a@b.example", key=twin.producer.slug, **followed))
    store.add(Follow(email="c@b.example", email_key="c@b.example", key=twin.producer.slug, **followed))
    store.add(Follow(email="c@b.example", email_key="c@b.example", key=player.producer.slug, **followed))
    store.commit()
    slug, number, organisation = twin.producer.slug, twin.producer.id, twin.producer.organisation_id
    kept = merged(store, organiser, player.producer, twin.producer)
    store.commit()
    store.expire_all()
    assert (count(store, Product, Product.producer_id == kept.id), kept.contact_phone) == (3, "+84912345678")
    assert (application.producer_id, paper.producer_id) == (kept.id, kept.id)
    assert store.scalars(select(StoredFile.subject_id)).all() == [kept.id]
    assert store.scalars(select(StandEntry.producer_id)).all() == [kept.id]
    assert sorted(store.scalars(select(Follow.email_key).where(Follow.key == kept.slug))) == [
        "a@b.example",
        "c@b.example",
    ]
    assert count(store, Follow) == 2
    assert count(store, Membership, Membership.organisation_id == kept.organisation_id) == 2
    assert count(store, Producer, Producer.id == number) == 0
    assert store.get_one(Organisation, organisation).closed_at is not None
    entry = store.scalars(select(AuditEntry).where(AuditEntry.what == "unit.merge")).one()
    assert (entry.old or {})["slug"] == slug
    assert (entry.new or {})["applications"] == [application.code]
    assert "+84912345678" not in str(entry.new)
    kinds = store.scalars(select(OutboxLetter.recipient).where(OutboxLetter.kind == "units_merged")).all()
    assert sorted(kinds) == sorted([player.user.email, twin.user.email])
    found = products_page(store, ProductFilters(query="mien dong binh lieu"))
    assert {row.producer_id for row in found.rows} == {kept.id}


def test_old_address_leads_on_and_is_given_to_nobody_else(
    visit: Visit, store: Session, organiser: OrganiserPlayer, player: ProducerPlayer, twin: ProducerPlayer
) -> None:
    slug, kept = twin.producer.slug, player.producer.slug
    merged(store, organiser, player.producer, twin.producer)
    visitor = visit()
    answer = visitor.get(f"/producers/{slug}")
    assert (answer.status_code, answer.location) == (301, f"/producers/{kept}")
    assert visitor.get(f"/en/producers/{slug}").location == f"/en/producers/{kept}"
    assert visitor.get(f"/calendar/producers/{slug}.ics").status_code == 200
    newcomer = register_person(store, email="m@b.example", name="Mới", password=PASSWORD, confirmed=True)
    again = register_producer(store, None, user=newcomer, kind="cooperative", name_vi="HTX Miến Bình Liêu")
    assert again.slug == f"{slug}-2"


def test_two_live_applications_at_one_fair_stand_in_the_way(
    store: Session, organiser: OrganiserPlayer, fair: Fair, player: ProducerPlayer, twin: ProducerPlayer
) -> None:
    for one in (player, twin):
        a_submitted_application(store, fair, one)
    assert reason_of(lambda: merged(store, organiser, player.producer, twin.producer)) == "both_apply"
    assert reason_of(lambda: merged(store, organiser, player.producer, player.producer)) == "same_unit"
    store.scalars(
        select(BoothApplication).where(BoothApplication.producer_id == twin.producer.id)
    ).one().state = "withdrawn"
    merged(store, organiser, player.producer, twin.producer)
    assert count(store, BoothApplication, BoothApplication.producer_id == player.producer.id) == 2


def test_product_left_behind_goes_unless_an_application_names_it(
    store: Session, organiser: OrganiserPlayer, fair: Fair, player: ProducerPlayer, twin: ProducerPlayer
) -> None:
    spare = twin.producer.products[1]
    merged(store, organiser, player.producer, twin.producer, product_ids=[twin.producer.products[0].id])
    assert (count(store, Product), count(store, Product, Product.id == spare.id)) == (2, 0)
    other = a_producer(store, "HTX Miến Bình Liêu 3", "mien3@binhlieu.example")
    a_submitted_application(store, fair, other)
    choice = {"product_ids": []}
    assert reason_of(lambda: merged(store, organiser, player.producer, other.producer, **choice)) == "product_in_use"


def test_people_of_both_keep_the_stronger_role_and_can_be_left_behind(
    store: Session, organiser: OrganiserPlayer, player: ProducerPlayer, twin: ProducerPlayer
) -> None:
    enrol(store, twin.user, player.producer.organisation, Role.READER)
    merged(store, organiser, player.producer, twin.producer)
    roles = dict(store.execute(select(Membership.user_id, Membership.role)).all())
    assert (roles[player.user.id], roles[twin.user.id]) == ("owner", "owner")
    other = a_producer(store, "HTX Miến Bình Liêu 3", "mien3@binhlieu.example")
    merged(store, organiser, player.producer, other.producer, with_people=False)
    assert count(store, Membership, Membership.user_id == other.user.id) == 0


def test_of_two_mergers_at_once_one_is_done(
    store: Session, engine: sa.Engine, organiser: OrganiserPlayer, player: ProducerPlayer, twin: ProducerPlayer
) -> None:
    ids, versions = (player.producer.id, twin.producer.id), (player.producer.version, twin.producer.version)
    store.commit()

    def act(session: Session) -> object:
        kept, gone = (session.get(Producer, number) for number in ids)
        if kept is None or gone is None:
            return None  # the other was done before this one looked
        return merged(session, organiser, kept, gone, expected_versions=versions)

    done = at_once(engine, act, act)
    assert "done" in done
    assert set(done) <= {"done", "unit_gone"}
    assert (count(store, FormerUnit), count(store, Product), count(store, Producer)) == (1, 3, 1)


def test_pages_compare_then_merge_once(
    visit: Visit, store: Session, organiser: OrganiserPlayer, player: ProducerPlayer, twin: ProducerPlayer
) -> None:
    kept, gone = player.producer, twin.producer
    officer = visit(organiser.user.email)
    assert f"kept={kept.slug}" in officer.get(f"{MERGE}?gone={gone.slug}&q=mien").text
    page = officer.get(f"{MERGE}?kept={kept.slug}&gone={gone.slug}").text
    assert "Both units have these products; one of each is enough:" in page
    typed = {
        "kept": kept.slug,
        "gone": gone.slug,
        "versions": f"{kept.version}-{gone.version}",
        "product_ids": [str(product.id) for product in gone.products],
        "with_people": "y",
    }
    store.commit()
    stale = officer.post(MERGE, **(typed | {"versions": "7-7"}))
    assert (stale.status_code, "things to mend" in stale.text or "thing to mend" in stale.text) == (422, True)
    assert officer.post(MERGE, **typed).status_code == 303
    assert "is part of HTX Miến dong Bình Liêu now" in officer.get("/en/organise/register/units").text
    assert officer.post(MERGE, **typed).status_code == 404


def test_sheet_with_both_names_changes_nothing_afterwards(
    store: Session, organiser: OrganiserPlayer, fair: Fair
) -> None:
    heads = ["Tên chủ thể", "Xã/phường", "Điện thoại", "Tên sản phẩm", "Nhóm sản phẩm", "Ngày cấp"]
    issued = date(2025, 6, 20).isoformat()
    rows = [
        heads,
        ["HTX Miến A", "Bình Liêu", "0912345671", "Miến", "Thực phẩm", issued],
        ["HTX Miến B", "Bình Liêu", "0912345672", "Miến khô", "Thực phẩm", issued],
    ]
    import_register(store, organiser.actor, rows, guess_columns(heads), for_good=True)
    kept, gone = store.scalars(select(Producer).order_by(Producer.id)).all()
    merged(store, organiser, kept, gone)
    store.commit()
    again = import_register(store, organiser.actor, rows, guess_columns(heads), for_good=True)
    assert (again.changes_nothing, again.unchanged, again.refused) == (True, 2, [])
    assert count(store, DossierPaper) == 0
