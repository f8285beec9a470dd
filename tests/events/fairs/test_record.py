"""The record of real events, entered through the verbs: what the sources say, and nothing they do not say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from events.calendars.calendar_entry import CalendarEntry
from events.fairs.fair import DateState, Fair, FairKind, Phase
from events.fairs.fair_texts import say_texts, texts_version
from events.fairs.legal_basis import LegalSayings, legal_basis_of, say_legal_basis
from events.fairs.opening_days import OpeningDays, days_version, set_opening_days
from events.fairs.organise_fair import create_fair, missing_for_publishing, publish_fair
from events.floor_plans.draw_floor_plan import add_zone_with_rows, ensure_plan
from events.floor_plans.floor_plan import plans_of
from events.places.locality import Locality
from events.places.venue import Venue, find_or_add_venue
from exhibitors.results.fair_figure import Measure, figures_of, figures_of_fairs, publish_figure
from exhibitors.results.wording import figure_words
from foundation.bilingual import Bilingual
from foundation.languages import ENVIRON_KEY
from foundation.lunar import lunar
from tests.cast import OrganiserPlayer, a_venue, booths_of

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

PRESS = "Báo chí, 08/2022"


def enter(session: Session, player: OrganiserPlayer, kind: FairKind, name_vi: str, **said: Any) -> Fair:
    """One event of the record, published as it stands."""
    fair = create_fair(
        session, player.actor, organisation_id=player.organisation.id, kind=kind.value, name_vi=name_vi, **said
    )
    assert missing_for_publishing(fair) == []
    publish_fair(session, player.actor, fair)
    session.flush()
    return fair


def planning_palace(session: Session) -> Venue:
    """Where most fairs of the record took place."""
    a_venue(session)  # brings the localities
    ward = session.scalars(select(Locality).where(Locality.name_vi == "Phường Hạ Long")).one()
    return find_or_add_venue(session, name_vi="Cung Quy hoạch, Hội chợ và Triển lãm tỉnh", locality=ward)


def says_only(fair: Fair, **told: object) -> bool:
    """Whether nothing is claimed beyond what is told: no day, no place, no hours of a day, no selling."""
    blank: dict[str, object] = {
        "first_day": None, "last_day": None, "date_state": DateState.UNKNOWN.value, "venues": [], "has_sales": None,
        "month": None,
        "host_event": "", "guest_country": "",
    }  # fmt: skip
    return all(getattr(fair, name) == value for name, value in (blank | told).items())


def in_words(app: Flask, session: Session, fair: Fair, language: str) -> list[str]:
    """The fair's figures as its page tells them."""
    with app.test_request_context(environ_overrides={ENVIRON_KEY: language}):
        return [figure_words(one).replace("\u00a0", " ") for one in figures_of(session, fair.id)]


def test_row_14_summer_fair_2022(app: Flask, session: Session, player: OrganiserPlayer) -> None:
    """About a week around 30 April, days not given; nearly 50,000 visits, nearly 16 billion: as the source rounds."""
    fair = enter(
        session, player, FairKind.FAIR, "Hội chợ OCOP Quảng Ninh – Hè 2022", date_state="unknown", year=2022,
        source=PRESS, summary_vi="Kéo dài khoảng một tuần, quanh dịp 30/4 và 1/5.",
    )  # fmt: skip
    near = Bilingual("gần", "nearly")
    ours = Bilingual("OCOP Quảng Ninh và thương mại điện tử", "Quảng Ninh OCOP and e-commerce")
    others = Bilingual("các tỉnh khác", "other provinces")
    told: tuple[tuple[Measure, int, Bilingual | None, Bilingual | None], ...] = (
        (Measure.REVENUE, 16_000_000_000, near, None),
        (Measure.REVENUE, 8_700_000_000, None, ours),
        (Measure.REVENUE, 7_500_000_000, None, others),
        (Measure.VISITS, 50_000, near, None),
    )
    for measure, amount, qualifier, part in told:  # the parts do not add up to the whole: kept as reported
        said = {"measure": measure, "amount": amount, "qualifier": qualifier, "text": part, "source": PRESS}
        publish_figure(session, player.actor, fair, **said)
    session.commit()
    assert in_words(app, session, fair, "vi") == [
        "gần 16 tỷ đồng",
        "8,7 tỷ đồng (OCOP Quảng Ninh và thương mại điện tử)",
        "7,5 tỷ đồng (các tỉnh khác)",
        "gần 50.000 lượt khách",
    ]
    assert in_words(app, session, fair, "en") == [
        "nearly 16 billion đồng",
        "8.7 billion đồng (Quảng Ninh OCOP and e-commerce)",
        "7.5 billion đồng (other provinces)",
        "nearly 50,000 visits",
    ]
    headlines = [(one.measure, one.amount) for one in figures_of_fairs(session, [fair.id])[fair.id]]
    assert headlines == [("revenue", 16_000_000_000), ("visits", 50_000)]
    assert (fair.phase(), says_only(fair)) == (Phase.OVER, True)


def test_row_15_promotion_week_at_two_venues(session: Session, player: OrganiserPlayer) -> None:
    """GO! Hạ Long and Hạ Long Park, each with a plan of its own."""
    venues = [a_venue(session, "GO! Hạ Long"), a_venue(session, "Hạ Long Park")]
    fair = enter(
        session, player, FairKind.PROMOTION_WEEK, "Tuần Xúc tiến OCOP, nông sản Quảng Ninh 2022", date_state="unknown",
        year=2022, venue_ids=[venue.id for venue in venues], source=PRESS, summary_vi="Trước ngày 22/8/2022.",
    )  # fmt: skip
    for code, place in zip("AB", fair.venues, strict=True):
        plan = ensure_plan(session, player.actor, fair, place)
        add_zone_with_rows(session, player.actor, plan, code=code, name_vi="", booths=4, per_row=4)
    assert [place.venue.name_vi for place in fair.venues] == ["GO! Hạ Long", "Hạ Long Park"]
    assert [plan.fair_venue.venue.name_vi for plan in plans_of(session, fair)] == ["GO! Hạ Long", "Hạ Long Park"]
    assert [booth.code for booth in booths_of(session, fair)] == [f"{code}0{n}" for code in "AB" for n in range(1, 5)]
    assert says_only(fair, venues=fair.venues)


def test_row_16_national_brand_week(session: Session, player: OrganiserPlayer) -> None:
    """Around 20 April 2022; nothing more is known, and nothing more is said."""
    fair = enter(
        session, player, FairKind.BRAND_WEEK, "Tuần lễ Thương hiệu quốc gia 2022", date_state="unknown", year=2022,
        source=PRESS, summary_vi="Quanh Ngày Thương hiệu Việt Nam 20/4.",
    )  # fmt: skip
    assert says_only(fair)


def test_row_17_display_area_inside_a_host_event(session: Session, player: OrganiserPlayer) -> None:
    """A display area at SEA Games 31 in May 2022; the host event answers for the papers, so no report falls due."""
    fair = enter(
        session, player, FairKind.DISPLAY_AREA, "Khu trưng bày OCOP Quảng Ninh", date_state="unknown", year=2022,
        month=5, host_event="SEA Games 31", source=PRESS,
    )  # fmt: skip
    say_legal_basis(session, player.actor, fair, LegalSayings(basis="host_event"), expected_version=0)
    legal = legal_basis_of(session, fair)
    assert legal is not None
    assert (legal.basis, says_only(fair, host_event="SEA Games 31", month=5)) == ("host_event", True)
    say_texts(session, player.actor, fair, expected_version=texts_version(fair), has_sales=False)  # once somebody knows
    assert fair.has_sales is False


def test_row_18_week_of_thailand(session: Session, player: OrganiserPlayer) -> None:
    """A country week with its country; no exhibitor is known by name, so none is named."""
    fair = enter(
        session, player, FairKind.COUNTRY_WEEK, "Tuần lễ Thái Lan 2022 tại Quảng Ninh", date_state="unknown", year=2022,
        source=PRESS,
    )  # fmt: skip
    say_texts(session, player.actor, fair, expected_version=texts_version(fair), guest_country="TH")
    assert says_only(fair, guest_country="TH")


def test_row_25_autumn_and_winter_fair_inside_a_concert(session: Session, player: OrganiserPlayer) -> None:
    """28/10 to 03/11/2025, 70 booths of the province and 90 of others, part of Concert Hạ Long 2025."""
    fair = enter(
        session, player, FairKind.FAIR, "Hội chợ OCOP Quảng Ninh – Thu Đông 2025", first_day=date(2025, 10, 28),
        last_day=date(2025, 11, 3), venue_ids=[planning_palace(session).id], host_event="Concert Hạ Long 2025",
        source="Báo Quảng Ninh, 10/2025",
    )  # fmt: skip
    plan = ensure_plan(session, player.actor, fair, fair.venues[0])
    for code, name, count in (("A", "Xã, phường, đặc khu", 70), ("B", "Tỉnh khác", 90)):
        add_zone_with_rows(session, player.actor, plan, code=code, name_vi=name, booths=count, per_row=20)
    assert (len(booths_of(session, fair)), fair.host_event, fair.date_state) == (160, "Concert Hạ Long 2025", "fixed")
    assert (fair.first_day, fair.last_day) == (date(2025, 10, 28), date(2025, 11, 3))


def test_row_27_spring_food_fair_closed_at_tet(session: Session, player: OrganiserPlayer) -> None:
    """14/02 to 03/3/2026, 27 Chạp to 15 Giêng, closed on mùng 1 to 3: pages and calendars show it shut."""
    tet = [date(2026, 2, 17) + timedelta(days=number) for number in range(3)]
    fair = enter(
        session, player, FairKind.FAIR, "OCOP và ẩm thực Xuân 2026", first_day=date(2026, 2, 14),
        last_day=date(2026, 3, 3), venue_ids=[planning_palace(session).id], source="Báo Quảng Ninh, 02/2026",
    )  # fmt: skip
    set_opening_days(session, player.actor, fair, OpeningDays(closed_days=tet), expected_version=days_version(fair))
    plan = ensure_plan(session, player.actor, fair, fair.venues[0])
    for code, name, count in (("A", "OCOP", 40), ("B", "Ẩm thực", 20)):
        add_zone_with_rows(session, player.actor, plan, code=code, name_vi=name, booths=count, per_row=20)
    session.commit()
    named = [(found.day, found.month) for day in (fair.first_day, *tet, fair.last_day) if day and (found := lunar(day))]
    assert named == [(27, 12), (1, 1), (2, 1), (3, 1), (15, 1)]
    entries = session.scalars(select(CalendarEntry).where(CalendarEntry.kind == "day"))
    open_days = {entry.first_day for entry in entries if not entry.is_dropped}
    whole = {date(2026, 2, 14) + timedelta(days=number) for number in range(18)}
    assert (whole - open_days, len(booths_of(session, fair))) == (set(tet), 60)


def test_names_are_found_without_accents(session: Session, player: OrganiserPlayer) -> None:
    """Whatever was entered is found as people type it."""
    enter(
        session, player, FairKind.COUNTRY_WEEK, "Tuần lễ Thái Lan 2022", date_state="unknown", year=2022, source=PRESS
    )
    found = session.scalars(select(Fair).where(Fair.matches("tuan le thai lan"))).all()
    assert [fair.name_vi for fair in found] == ["Tuần lễ Thái Lan 2022"]
