"""The trade runs in a script: no noun, verb, question or letter needs Flask, Werkzeug, WTForms or Babel."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.trade_modules import ROOT, trade_modules

NO_WEB = """
import sys
web = sorted({name.partition(".")[0] for name in sys.modules} & {"flask", "werkzeug", "wtforms", "babel"})
assert not web, f"imported: {web}"
"""


def run_without_flask(story: str, *arguments: str | Path) -> str:
    """Run a snippet in a fresh Python with every trade module imported; it fails if anything of the web came along.

    `arguments` are the snippet's sys.argv[1:]; returned is what it printed.
    """
    imports = "import importlib\n" + "".join(f"importlib.import_module({name!r})\n" for name in trade_modules())
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", imports + story + NO_WEB, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_trade_modules_import_no_web_library() -> None:
    assert run_without_flask("print('imported')") == "imported\n"


STORY = """
import sys
from datetime import timedelta
from sqlalchemy import event, select
from tests.cast import a_producer, a_submitted_application, an_open_fair, an_organiser, booths_of
from events.calendars.read_feeds import everything_feed
from exhibitors.allocation.answer_offer import confirm_booth
from exhibitors.allocation.exhibitor_directory import exhibitors_of
from exhibitors.allocation.place_on_booth import place_on_booth
from exhibitors.allocation.publish_decisions import publish_decisions
from exhibitors.applications.application_moves import Decision
from exhibitors.applications.screen_applications import stage_decision, take_up
from foundation import clock
from foundation.database import Base, make_engine, make_session
from foundation.outbox import OutboxLetter

engine = make_engine(f"sqlite:///{sys.argv[1]}/trade.db")
Base.metadata.create_all(engine)
session = make_session(engine)
organiser = an_organiser(session)
fair = an_open_fair(session, organiser)
player = a_producer(session)
application = a_submitted_application(session, fair, player)
take_up(session, organiser.actor, application)
stage_decision(session, organiser.actor, application, Decision.ACCEPT)
place_on_booth(session, organiser.actor, application, booths_of(session, fair)[0])
session.commit()
assert exhibitors_of(session, fair) == []
later = clock.now() + timedelta(days=5)
publish_decisions(session, organiser.actor, fair, confirm_by=later, base_url="http://127.0.0.1:8000")
confirm_booth(session, player.actor, application, base_url="http://127.0.0.1:8000")
session.commit()
(exhibitor,) = exhibitors_of(session, fair)
letters = session.scalars(select(OutboxLetter.kind).order_by(OutboxLetter.id)).all()
feed = everything_feed(session, "vi", clock.today()).body.decode()
print(application.state, *exhibitor.booth_codes, len(letters), feed.count("BEGIN:VEVENT"))
engine.dispose()
"""


def test_story_from_draft_to_feed_needs_no_web_library(tmp_path: Path) -> None:
    assert run_without_flask(STORY, tmp_path) == "confirmed A01 3 1\n"
