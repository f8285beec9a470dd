"""A plain Flask app that does what the product's busiest pages must do at least, and nothing else: the yardstick."""

from __future__ import annotations

import gzip
import hashlib
import sys
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, current_app, render_template, request
from sqlalchemy import Engine, ForeignKey, UniqueConstraint, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

from foundation.database import SQLITE
from foundation.slow_clients import WaitingRoom
from foundation.web_server import web_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication
    from jinja2 import Template

LIST_ROWS = 50
BOOTHS = 20
FEED_EVENTS = 200
ANSWERS = 3


class Base(DeclarativeBase):
    """The yardstick's own tables."""


class Fair(Base):
    """A row of the list."""

    __tablename__ = "fair"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    place: Mapped[str]
    first_day: Mapped[str]
    summary: Mapped[str]


class Booth(Base):
    """A row of the detail page."""

    __tablename__ = "booth"
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    code: Mapped[str]
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"))
    exhibitor: Mapped[Exhibitor] = relationship(lazy="raise")


class Exhibitor(Base):
    """Who stands at a booth."""

    __tablename__ = "exhibitor"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Application(Base):
    """What a submit writes, with its answers and its line in the trail."""

    __tablename__ = "application"
    __table_args__ = (UniqueConstraint("fair_id", "producer"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    producer: Mapped[str]


class Line(Base):
    """An answer of an application or a line of the trail."""

    __tablename__ = "line"
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    text: Mapped[str]


LIST_PAGE = """<!doctype html><html lang="vi"><title>{{ title }}</title><h1>{{ title }}</h1><ul>{% for fair in fairs %}
<li class="card card--fair"><h2 class="card__title"><a href="/fairs/{{ fair.id }}">{{ fair.name }}</a></h2>
<p class="card__place">{{ fair.place }}</p><p class="card__day"><time>{{ fair.first_day }}</time></p>
<p class="card__text">{{ fair.summary }}</p></li>{% endfor %}</ul></html>"""
DETAIL_PAGE = """<!doctype html><html lang="vi"><title>{{ fair.name }}</title><h1>{{ fair.name }}</h1>
<p>{{ fair.place }}, {{ fair.first_day }}</p><p>{{ fair.summary }}</p><p>{{ others|length }}</p><ul>
{% for booth in booths %}<li><b>{{ booth.code }}</b> {{ booth.exhibitor.name }}</li>{% endfor %}</ul></html>"""


def create_limits_app(folder: Path) -> Flask:
    """The app on a fresh SQLite file in the folder."""
    app = Flask(__name__)
    engine = _engine(folder / "limits.db")
    _fill(engine)
    feed = _feed()
    etag = hashlib.sha256(feed).hexdigest()[:32]
    packed = gzip.compress(feed)
    app.add_url_rule("/hello", view_func=lambda: "Xin chào", endpoint="hello")
    app.add_url_rule("/list", view_func=partial(_list_fairs, engine), endpoint="list")
    app.add_url_rule("/list-cached", view_func=partial(_kept, b"x" * 22_000, None, "a" * 32), endpoint="list-cached")
    app.add_url_rule("/detail/<int:fair_id>", view_func=partial(_show_fair, engine), endpoint="detail")
    app.add_url_rule("/feed", view_func=partial(_kept, feed, packed, etag), endpoint="feed")
    app.add_url_rule("/submit", view_func=partial(_submit, engine), endpoint="submit", methods=["POST"])
    return app


@cache
def _template(source: str) -> Template:
    return current_app.jinja_env.from_string(source)


def _list_fairs(engine: Engine) -> str:
    with Session(engine) as session:
        fairs = session.scalars(select(Fair).order_by(Fair.id).limit(LIST_ROWS)).all()
        return render_template(_template(LIST_PAGE), title="Hội chợ", fairs=fairs)


def _show_fair(engine: Engine, fair_id: int) -> str:
    with Session(engine) as session:
        fair = session.get_one(Fair, fair_id)
        booths = session.execute(
            select(Booth, Exhibitor).join(Exhibitor).where(Booth.fair_id == fair_id).order_by(Booth.code)
        ).all()
        others = session.scalars(select(Fair).where(Fair.id != fair_id).limit(3)).all()
        rows = [{"code": booth.code, "exhibitor": exhibitor} for booth, exhibitor in booths]
        return render_template(_template(DETAIL_PAGE), fair=fair, booths=rows, others=others)


def _kept(body: bytes, packed: bytes | None, etag: str) -> Response:
    if request.if_none_match.contains_weak(etag):
        response = Response(status=304)
    elif packed is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
        response = Response(packed, headers={"Content-Encoding": "gzip"})
    else:
        response = Response(body)
    response.headers["ETag"] = f'W/"{etag}"'
    return response


def _submit(engine: Engine) -> tuple[str, int, dict[str, str]]:
    producer = request.form["producer"]
    with Session(engine) as session:
        fair = session.get_one(Fair, 1)
        earlier = select(Application).where(Application.fair_id == fair.id, Application.producer == producer)
        if session.scalar(earlier) is None:
            application = Application(fair_id=fair.id, producer=producer)
            session.add(application)
            session.flush()
            texts = [request.form.get(f"answer-{number}", "") for number in range(ANSWERS)]
            session.add_all([Line(application_id=application.id, text=text) for text in [*texts, "submitted"]])
            session.commit()
    return "", 303, {"Location": "/hello"}


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", module=SQLITE)

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=5000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if request and request.method == "POST" else "BEGIN")

    return engine


def _fill(engine: Engine) -> None:
    Base.metadata.create_all(engine)
    summary = "Miến dong Bình Liêu, chả mực Hạ Long và hơn hai mươi gian hàng của các huyện. " * 2
    with Session(engine) as session:
        fairs = [
            Fair(name=f"Hội chợ số {n}", place="phường Hồng Gai", first_day="24/04/2027", summary=summary)
            for n in range(LIST_ROWS)
        ]
        exhibitors = [Exhibitor(name=f"Hợp tác xã số {n}") for n in range(BOOTHS)]
        session.add_all([*fairs, *exhibitors])
        session.flush()
        booths = zip(range(1, BOOTHS + 1), exhibitors, strict=True)
        session.add_all([Booth(fair_id=fairs[0].id, code=f"A{n:02}", exhibitor_id=who.id) for n, who in booths])
        session.commit()


def _feed() -> bytes:
    """About 181 KB for 200 events, as measured beside the peers."""
    text = "DESCRIPTION:" + "Hội chợ OCOP, giờ mở cửa và lối đi. " * 16
    events = [
        f"BEGIN:VEVENT\r\nUID:{number}@example.vn\r\nDTSTART:20270424T010000Z\r\n{text}\r\nEND:VEVENT"
        for number in range(FEED_EVENTS)
    ]
    return "\r\n".join(["BEGIN:VCALENDAR", *events, "END:VCALENDAR", ""]).encode()


def load_limits_app(folder: Path) -> WSGIApplication:
    """The app as a worker serves it."""
    return WaitingRoom(create_limits_app(folder).wsgi_app)


if __name__ == "__main__":
    server = web_server("limits", "127.0.0.1", int(sys.argv[1]), workers=1)
    server.serve(target_loader=partial(load_limits_app, Path(sys.argv[2])), wrap_loader=False)
