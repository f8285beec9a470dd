"""The programme in figures: published figures of public fairs alone, with their words and sources, nothing added up."""

from __future__ import annotations

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from events.fairs.organise_fair import cancel_fair, close_call
from exhibitors.results.fair_figure import Measure, publish_figure
from exhibitors.results.programme_figures import YearCount, fairs_by_year, published_measures
from foundation.bilingual import Bilingual
from tests.cast import a_draft_fair, an_open_fair
from tests.exhibitors.results.conftest import CountQueries, Public


def test_only_public_fairs_that_took_place_are_counted(session: Session, public: Public) -> None:
    called_off = an_open_fair(session, public.organiser, name="Hủy")
    close_call(session, public.organiser.actor, called_off)
    cancel_fair(session, public.organiser.actor, called_off, reason="Bão")
    a_draft_fair(session, public.organiser, name="Nháp")
    session.commit()
    first = public.fair.first_day
    assert first
    assert fairs_by_year(session, first - timedelta(days=1)) == []  # announced is not held
    assert fairs_by_year(session, first) == [YearCount(public.fair.year, 1)]


def test_figures_keep_their_words_and_source(client: FlaskClient, session: Session, public: Public) -> None:
    draft = a_draft_fair(session, public.organiser, name="Nháp")
    near = Bilingual("gần", "nearly")
    for fair, amount in ((public.fair, 1_600_000_000), (draft, 9)):
        source = "https://example.vn/bao"
        publish_figure(
            session, public.organiser.actor, fair, measure=Measure.REVENUE, amount=amount, qualifier=near, source=source
        )
    session.commit()
    [revenue] = published_measures(session)
    assert (revenue.measure, revenue.most, len(revenue.rows)) == (Measure.REVENUE, 1_600_000_000, 1)
    page = client.get("/figures").get_data(as_text=True).replace("\u00a0", " ")
    assert "gần 1,6 tỷ đồng" in page
    assert "https://example.vn/bao" in page
    assert "Nháp" not in page


def test_no_fair_at_all_is_said_in_words(client: FlaskClient) -> None:
    assert "No figures yet" in client.get("/en/figures").get_data(as_text=True)


def test_questions_do_not_grow(public: Public, count_queries: CountQueries) -> None:
    assert count_queries("/figures") <= 5
