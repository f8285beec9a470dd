"""What visitors find on a day of the open demonstration fair: pictures, what is sold out, a unit's story."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from demonstration.drawn_pictures import market_row, tray_of_goods
from demonstration.people import Cast
from events.fairs.fair import Fair
from events.fairs.fair_gallery import PictureSayings, add_picture
from exhibitors.applications.application_moves import ApplicationState
from exhibitors.applications.booth_application import BoothApplication
from exhibitors.fair_days.say_sold_out import say_sold_out
from exhibitors.producers.pictures.keep_pictures import UnitPictureSayings, add_unit_picture
from exhibitors.producers.producer import Producer
from exhibitors.producers.register_producer import ProducerFacts, change_producer
from foundation.actor import Actor, Role
from foundation.bilingual import Bilingual
from foundation.file_store import FileStore

CREDIT = "Hình vẽ minh họa"
SOLD_OUT_AT = 3
GALLERY = (
    ("day", 3, Bilingual("Ba gian hàng buổi sáng, phía sau là vịnh", "Three booths in the morning, the bay behind")),
    ("day", 5, Bilingual("Dãy năm gian hàng ở khu A", "A row of five booths in zone A")),
    (
        "evening",
        4,
        Bilingual("Các gian hàng lúc chiều, đèn vừa thắp", "Booths at dusk, the lanterns just lit"),
    ),
    ("night", 3, Bilingual("Chợ đêm: đèn lồng trên ba gian hàng", "The market at night: lanterns over three booths")),
)
STORY = Bilingual(
    "Đây là **câu chuyện minh họa**, cơ sở này không có thật.\n\nBa thế hệ trong nhà cùng làm miến: ông bà trồng dong, "
    "bố mẹ ép bột, các con tráng và phơi.\n\n- Dong riềng trồng trên nương nhà\n- Phơi bằng nắng, không phẩm màu\n"
    "- Mỗi mẻ ghi ngày tráng bánh",
    "This is an **illustrative story**; the unit does not exist.\n\nThree generations make noodles together: the "
    "grandparents grow canna, the parents press the starch, the children spread and dry the sheets.\n\n"
    "- Canna from the family's own hillside\n- Dried in the sun, without colouring\n- Every batch bears its day",
)
TRAY = Bilingual("Miến bó lạt đỏ và những hũ mật ong trên bàn", "Noodles tied in red and jars of honey on a table")
WORKSHOP = Bilingual("Gian hàng của cơ sở tại một phiên chợ", "The unit's booth at a market")


def show_gallery(session: Session, cast: Cast, store: FileStore, fair: Fair) -> None:
    """Pictures of the fair in the course of a day."""
    for number, (light, stalls, words) in enumerate(GALLERY):
        said = PictureSayings(alt_vi=words.vi, alt_en=words.en, credit=CREDIT)
        content = market_row(light, stalls, number)
        add_picture(session, cast.organiser, store, fair, said, name=f"phien-cho-{number + 1}.jpg", content=content)


def sell_out(session: Session, cast: Cast, fair: Fair) -> None:
    """The first few exhibitors have sold out the first of their goods today."""
    sure = (BoothApplication.fair_id == fair.id, BoothApplication.state == ApplicationState.CONFIRMED)
    rows = select(BoothApplication).where(*sure).order_by(BoothApplication.id).limit(SOLD_OUT_AT)
    for application in session.scalars(rows).all():
        actor = _keeper_of(cast, application.producer)
        say_sold_out(session, actor, application, [application.goods[0].product_id])


def tell_a_story(session: Session, actor: Actor, store: FileStore, producer: Producer) -> None:
    """A unit's story in both languages, and two pictures that everybody may see."""
    told = ProducerFacts(kind=producer.kind, name_vi=producer.name_vi, story_vi=STORY.vi, story_en=STORY.en)
    change_producer(session, actor, producer, **told)
    for number, (words, content) in enumerate(((TRAY, tray_of_goods(7)), (WORKSHOP, market_row("day", 2, 8)))):
        said = UnitPictureSayings(alt_vi=words.vi, alt_en=words.en, is_public=True)
        add_unit_picture(session, actor, store, producer, said, name=f"co-so-{number + 1}.jpg", content=content)


def tell_story_of_first(session: Session, cast: Cast, store: FileStore, fair: Fair) -> None:
    """The first exhibitor of the fair tells its story, too."""
    sure = (BoothApplication.fair_id == fair.id, BoothApplication.state == ApplicationState.CONFIRMED)
    first = session.scalars(select(BoothApplication).where(*sure).order_by(BoothApplication.id).limit(1)).one()
    tell_a_story(session, _keeper_of(cast, first.producer), store, first.producer)


def _keeper_of(cast: Cast, producer: Producer) -> Actor:
    return Actor(cast.keeper.id, cast.keeper.name, producer_roles={producer.organisation_id: Role.OWNER})
