"""What was sent may be changed until somebody takes it up or the call ends, and stays whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from events.fairs.fair import Fair
from events.fairs.organise_fair import close_call
from events.floor_plans.floor_plan import zones_of
from exhibitors.allocation.recent_changes import recent_changes
from exhibitors.applications.application_answer import ApplicationPaper
from exhibitors.applications.apply_for_booth import (
    SentChangeRefused,
    save_application,
    start_application,
    submit_application,
)
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.applications.screen_applications import take_up
from exhibitors.calls.call_window import CallWindow
from exhibitors.calls.set_up_call import set_call_terms, set_zone_call
from exhibitors.calls.set_up_papers import set_paper
from foundation import clock
from foundation.audit_trail import AuditEntry
from foundation.outbox import OutboxLetter
from foundation.refusal import Refused
from tests.cast import BASE_URL, OrganiserPlayer, ProducerPlayer, a_submitted_application
from tests.scenes import Play
from tests.sent_files import a_pdf

Call = Callable[..., Any]
HOUR = timedelta(hours=1)


@pytest.fixture
def sent(play: Play, fair: Fair, player: ProducerPlayer) -> BoothApplication:
    """Sent in time for zones A and B, not taken up."""
    return play(a_submitted_application, fair, player)


def change(store: Session, player: ProducerPlayer, sent: BoothApplication, **facts: Any) -> None:
    kept = {
        "zone_ids": [wish.zone_id for wish in sent.wishes],
        "product_ids": [good.product_id for good in sent.goods],
        "fascia_name": sent.fascia_name,
        "needs_power": sent.needs_power,
    }
    save_application(store, player.actor, sent, **(kept | facts))


def close_softly(store: Session, organiser: OrganiserPlayer, sent: BoothApplication) -> None:
    set_call_terms(store, organiser.actor, sent.fair, soft_closes_at=clock.now() - HOUR)


def test_change_counts_at_once_and_keeps_moment_and_place_in_line(
    store: Session, player: ProducerPlayer, sent: BoothApplication
) -> None:
    before: datetime | None = sent.submitted_at
    change(store, player, sent, fascia_name="MIẾN DONG", booths_wanted=2, note="Gần cửa")
    assert (sent.state, sent.submitted_at, sent.fascia_name, sent.booths_wanted) == (
        "submitted",
        before,
        "MIẾN DONG",
        2,
    )
    entry = store.scalars(sa.select(AuditEntry).where(AuditEntry.what == "application.change")).one()
    assert (entry.actor_id, entry.old) == (
        player.user.id,
        {"fascia_name": "HTX Miến dong Bình Liêu", "booths_wanted": 1},
    )
    assert entry.new == {"fascia_name": "MIẾN DONG", "booths_wanted": 2, "changed": ["note"]}


def test_trail_keeps_wishes_and_goods_before_and_after_and_nothing_where_nothing_changed(
    store: Session, player: ProducerPlayer, sent: BoothApplication, fair: Fair
) -> None:
    first, second = zones_of(store, fair)
    change(store, player, sent)
    change(store, player, sent, zone_ids=[second.id], needs_water=True, vehicle_plate="14C-123.45")
    entry = store.scalars(sa.select(AuditEntry).where(AuditEntry.what == "application.change")).one()
    assert entry.old == {"wishes": [first.code, second.code], "needs": ["needs_power"]}
    assert entry.new == {
        "wishes": [second.code],
        "needs": ["needs_power", "needs_water"],
        "changed": ["vehicle_plate"],
    }
    told = [change.what for change in recent_changes(store, [fair.id])]
    assert "application.change" in told


@pytest.mark.parametrize(
    "end",
    [
        lambda store, organiser, sent: take_up(store, organiser.actor, sent),
        lambda store, organiser, sent: close_call(store, organiser.actor, sent.fair),
        close_softly,
    ],
    ids=["taken up", "closed", "closed softly"],
)
def test_change_ends_with_the_call_or_once_it_is_taken_up(
    store: Session, organiser: OrganiserPlayer, player: ProducerPlayer, sent: BoothApplication, end: Call
) -> None:
    end(store, organiser, sent)
    store.flush()
    with pytest.raises(Refused) as refused:
        change(store, player, sent, note="Muộn rồi")
    assert (refused.value.reason, sent.note) == ("application_not_open", "")


def test_change_that_leaves_gaps_is_refused_with_all_of_them(
    store: Session, player: ProducerPlayer, sent: BoothApplication
) -> None:
    with pytest.raises(SentChangeRefused) as refused:
        change(store, player, sent, product_ids=[], zone_ids=[], anywhere=False)
    assert refused.value.reason == "sent_stays_whole"
    assert [gap.reason for gap in refused.value.each] == ["no_products", "no_wish"]


def test_wish_for_a_zone_that_closed_since_stays_and_a_new_one_is_refused(
    store: Session, organiser: OrganiserPlayer, player: ProducerPlayer, sent: BoothApplication, fair: Fair
) -> None:
    first, second = zones_of(store, fair)
    change(store, player, sent, zone_ids=[first.id])
    for zone in (first, second):
        set_zone_call(store, organiser.actor, fair, zone, CallWindow(closes_at=clock.now() - HOUR))
    change(store, player, sent, zone_ids=[first.id], note="Vẫn khu A")
    with pytest.raises(SentChangeRefused) as refused:
        change(store, player, sent, zone_ids=[first.id, second.id])
    assert [(gap.reason, gap.facts["zone"]) for gap in refused.value.each] == [("zone_call_closed", "B")]


def test_pages_lead_there_and_back(
    visit: Call, fair: Fair, player: ProducerPlayer, sent: BoothApplication, only: Call, typed: Call
) -> None:
    visitor, slug, code = visit(player.user.email), fair.slug, sent.code
    assert f'href="/apply/{slug}"' in visitor.get(f"/applications/{code}").text
    form = visitor.get(f"/apply/{slug}").text
    assert ('data-autosave=""' in form, 'value="change"' in form, 'value="send"' in form) == (True, True, False)
    facts = typed(version=str(sent.version), anywhere="y")
    assert visitor.post(f"/apply/{slug}/autosave", **facts).status_code == 409
    assert only().note == ""
    answer = visitor.post(f"/apply/{slug}", **facts, action="change")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/applications/{code}")
    assert (only().note, only().state) == ("Cần tủ mát", "submitted")
    assert visitor.get(f"/apply/{slug}/review").headers["Location"] == f"/applications/{code}"


def test_gaps_stand_at_their_fields_with_what_was_typed(
    visit: Call, fair: Fair, player: ProducerPlayer, sent: BoothApplication, typed: Call, only: Call
) -> None:
    facts = typed(version=str(sent.version), products=[], wish_1="", wish_2="", note="Giữ lại")
    answer = visit(player.user.email).post(f"/apply/{fair.slug}", **facts, action="change")
    assert answer.status_code == 422
    for words in ('id="products-error"', 'href="#wish_1"', "Giữ lại"):
        assert words in answer.text
    assert (len(only().goods), only().note) == (1, "")


def test_who_was_typing_while_it_was_taken_up_keeps_the_words(
    store: Session,
    visit: Call,
    fair: Fair,
    player: ProducerPlayer,
    organiser: OrganiserPlayer,
    sent: BoothApplication,
    typed: Call,
) -> None:
    facts = typed(version=str(sent.version))
    take_up(store, organiser.actor, sent)
    store.commit()
    visitor = visit(player.user.email)
    answer = visitor.post(f"/apply/{fair.slug}", **facts, action="change")
    assert (answer.status_code, "Cần tủ mát" in answer.text) == (422, True)
    assert "không sửa được" in answer.text
    assert 'href="/apply/' not in visitor.get(f"/applications/{sent.code}").text.split("<main")[1].split("</main")[0]


def test_paper_can_be_brought_after_sending(
    store: Session,
    visit: Call,
    fair: Fair,
    player: ProducerPlayer,
    organiser: OrganiserPlayer,
    sent: BoothApplication,
) -> None:
    paper = set_paper(store, organiser.actor, fair, name_vi="Giấy A")
    store.commit()
    address = f"/applications/{sent.code}/answers"
    visitor = visit(player.user.email)
    assert f'name="p{paper.id}-file"' in visitor.get(address).text
    answer = visitor.post(address, **{f"p{paper.id}-file": (BytesIO(a_pdf(1)), "a.pdf")}, action="save")
    assert (answer.status_code, answer.headers["Location"]) == (303, address)
    assert store.scalars(sa.select(ApplicationPaper.paper_id)).all() == [paper.id]


def test_receipt_calls_a_booth_a_booth_and_a_zone_a_zone(store: Session, fair: Fair, player: ProducerPlayer) -> None:
    first, second = zones_of(store, fair)
    draft = start_application(store, player.actor, fair, player.producer)
    goods = [product.id for product in player.producer.products]
    wished = [first.booths[2].id, None]
    save_application(store, player.actor, draft, zone_ids=[first.id, second.id], booth_wishes=wished, product_ids=goods)
    submit_application(store, player.actor, draft, rules_accepted=True, pledge_given=True, base_url=BASE_URL)
    letter = store.scalars(sa.select(OutboxLetter).where(OutboxLetter.kind == "receipt")).one()
    assert f"1. Gian {first.booths[2].code}" in letter.body
    assert "2. Khu B" in letter.body
