"""The five events of 2022 that the programme's record names, as reported; unknown days stay unknown."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from demonstration.people import Cast
from events.fairs.fair import Fair, FairKind
from events.fairs.organise_fair import create_fair, publish_fair
from events.places.locality import Locality
from events.places.venue import find_or_add_venue
from exhibitors.results.fair_figure import Measure, publish_figure
from foundation.bilingual import Bilingual

PRESS = (
    "Báo Quảng Ninh, “Thúc đẩy tiêu thụ sản phẩm OCOP” (8/2022); "
    "https://investinquangninh.vn/en/news/promoting-consumption-of-ocop-products.html"
)
SUMMER_REPORT = (
    "Tạp chí Công Thương, https://tapchicongthuong.vn/"
    "hoi-cho-ocop-quang-ninh-he-2022-dat-doanh-thu-gan-16-ty-dong-88548.htm"
)
NEARLY = Bilingual("gần", "nearly")


@dataclass(frozen=True, slots=True)
class Figure:
    """One reported figure."""

    measure: Measure
    amount: int | None = None
    text: Bilingual | None = None
    source: str = PRESS


@dataclass(frozen=True, slots=True)
class PastEvent:
    """One event of the record."""

    kind: FairKind
    name: Bilingual
    summary: Bilingual
    host_event: str = ""
    month: int | None = None
    venues: tuple[tuple[str, str], ...] = ()
    figures: tuple[Figure, ...] = ()
    source: str = PRESS


EVENTS = (
    PastEvent(
        FairKind.BRAND_WEEK,
        Bilingual(
            "Tuần lễ Thương hiệu quốc gia chào mừng Ngày Thương hiệu Việt Nam 20/4 năm 2022",
            "National Brand Week 2022 for Vietnam Brand Day, 20 April",
        ),
        Bilingual(
            "Tuần lễ chào mừng Ngày Thương hiệu Việt Nam 20/4. Báo chí không ghi ngày và địa điểm cụ thể.",
            "A week marking Vietnam Brand Day, 20 April. The press does not give its exact days and venue.",
        ),
    ),
    PastEvent(
        FairKind.FAIR,
        Bilingual("Hội chợ OCOP Quảng Ninh – Hè 2022", "Quảng Ninh OCOP Fair – Summer 2022"),
        Bilingual(
            "Kéo dài khoảng một tuần, quanh dịp 30/4 và 1/5. Báo chí không ghi ngày cụ thể.",
            "About a week around 30 April and 1 May. The press does not give the exact days.",
        ),
        figures=(
            Figure(Measure.REVENUE, 16_000_000_000, source=SUMMER_REPORT),
            Figure(Measure.VISITS, 50_000, source=SUMMER_REPORT),
        ),
    ),
    PastEvent(
        FairKind.DISPLAY_AREA,
        Bilingual(
            "Khu trưng bày, giới thiệu sản phẩm OCOP Quảng Ninh", "Quảng Ninh OCOP product display area, SEA Games 31"
        ),
        Bilingual(
            "Khu trưng bày trong khuôn khổ SEA Games 31. Báo chí không ghi ngày cụ thể.",
            "A display area within SEA Games 31. The press does not give its exact days.",
        ),
        host_event="SEA Games 31",
        month=5,
    ),
    PastEvent(
        FairKind.COUNTRY_WEEK,
        Bilingual("Tuần lễ Thái Lan 2022 tại Quảng Ninh", "Thailand Week 2022 in Quảng Ninh"),
        Bilingual(
            "Tuần lễ hàng Thái Lan tại Quảng Ninh. Báo chí không ghi ngày và địa điểm cụ thể.",
            "A week of Thai goods in Quảng Ninh. The press does not give its exact days and venue.",
        ),
    ),
    PastEvent(
        FairKind.PROMOTION_WEEK,
        Bilingual(
            "Tuần Xúc tiến tiêu thụ sản phẩm OCOP, sản phẩm nông nghiệp Quảng Ninh năm 2022",
            "Quảng Ninh OCOP and Farm Product Promotion Week 2022",
        ),
        Bilingual(
            "Tổ chức tại hai địa điểm trước ngày 22/08/2022. Báo chí không ghi ngày cụ thể.",
            "Held at two venues before 22 August 2022. The press does not give the exact days.",
        ),
        venues=(
            ("Siêu thị GO! Hạ Long", "GO! Hạ Long supermarket"),
            ("Dãy phố cổ, Công viên Hạ Long Park", "Old street row, Hạ Long Park"),
        ),
        figures=(
            Figure(Measure.REVENUE, 1_600_000_000),
            Figure(Measure.VISITS, 13_000),
            Figure(
                Measure.BEST_SELLERS,
                text=Bilingual(
                    "Trứng vịt biển Đồng Rui (Tiên Yên), hải sản Cô Tô, nem chua Quảng Yên, sữa Đông Triều, "
                    "gà hút chân không Tiên Yên, miến Bình Liêu",
                    "Đồng Rui sea duck eggs (Tiên Yên), Cô Tô seafood, Quảng Yên fermented pork rolls, "
                    "Đông Triều milk, vacuum-packed Tiên Yên chicken, Bình Liêu vermicelli",
                ),
            ),
            Figure(
                Measure.AGREEMENT,
                text=Bilingual(
                    "Sở Công Thương và Tập đoàn Central Retail ký biên bản ghi nhớ về phân phối sản phẩm OCOP "
                    "qua hệ thống siêu thị GO!",
                    "The Department of Industry and Trade and Central Retail signed a memorandum of understanding "
                    "on selling OCOP products through the GO! stores",
                ),
            ),
        ),
    ),
)  # fmt: skip


def add_past_events(session: Session, cast: Cast) -> list[Fair]:
    """Enter and publish the five events with their figures and sources."""
    ward = session.scalars(select(Locality).where(Locality.name_vi == "Phường Hạ Long")).one()
    return [_add(session, cast, event, ward) for event in EVENTS]


def _add(session: Session, cast: Cast, event: PastEvent, ward: Locality) -> Fair:
    venues = [find_or_add_venue(session, name_vi=vi, name_en=en, locality=ward) for vi, en in event.venues]
    fair = create_fair(
        session,
        cast.organiser,
        organisation_id=cast.department.id,
        kind=event.kind,
        name_vi=event.name.vi,
        name_en=event.name.en,
        summary_vi=event.summary.vi,
        summary_en=event.summary.en,
        host_event=event.host_event,
        year=2022,
        month=event.month,
        date_state="unknown",
        venue_ids=[venue.id for venue in venues],
        source=event.source,
    )
    publish_fair(session, cast.organiser, fair)
    for figure in event.figures:
        publish_figure(
            session,
            cast.organiser,
            fair,
            measure=figure.measure,
            amount=figure.amount,
            qualifier=NEARLY if figure.amount else None,
            text=figure.text,
            source=figure.source,
        )
    return fair
