"""People and fairs for journeys that begin in the middle of the story: the verbs put them into a server's database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from exhibitors.applications.application_moves import Decision
from exhibitors.applications.screen_applications import stage_decision, take_up
from foundation.database import make_engine, make_session
from tests.cast import OrganiserPlayer, a_producer, a_submitted_application, an_open_fair, an_organiser

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.real_server import RealServer


@contextmanager
def database_of(server: RealServer) -> Iterator[Session]:
    """A session on the server's database; commits at the end."""
    engine = make_engine(f"sqlite:///{server.output.parent / 'gian-hang.db'}")
    with make_session(engine) as session:
        yield session
        session.commit()
    engine.dispose()


def organiser_with_open_fair(session: Session, name: str) -> tuple[OrganiserPlayer, str]:
    """An organiser of their own for each test, with a fair that takes applications; answers the fair's slug."""
    organiser = an_organiser(session, f"Ban tổ chức {name}", f"{_folded(name)}@btc.example")
    return organiser, an_open_fair(session, organiser, name=f"Hội chợ {name}").slug


def producer_for(session: Session, name: str) -> str:
    """A producer with one rated product; answers the address they sign in with."""
    return a_producer(session, f"HTX {name}", f"{_folded(name)}@htx.example").user.email


def accepted_applications(session: Session, name: str, count: int) -> tuple[OrganiserPlayer, str, list[str]]:
    """A fair with applications noted as accepted that have no booth yet; answers organiser, slug and codes."""
    organiser = an_organiser(session, f"Ban tổ chức {name}", f"{_folded(name)}@btc.example")
    fair = an_open_fair(session, organiser, name=f"Hội chợ {name}")
    codes = []
    for number in range(1, count + 1):
        player = a_producer(session, f"HTX {name} {number}", f"{_folded(name)}{number}@htx.example")
        application = a_submitted_application(session, fair, player)
        take_up(session, organiser.actor, application)
        stage_decision(session, organiser.actor, application, Decision.ACCEPT)
        codes.append(application.code)
    return organiser, fair.slug, codes


def _folded(name: str) -> str:
    return "".join(sign for sign in name.lower() if sign.isascii() and sign.isalnum())
