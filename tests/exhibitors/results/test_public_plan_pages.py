"""The visitor's plan and the pages of booths, as they come without a script."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.organise_fair import cancel_fair
from events.floor_plans.floor_plan import Booth, BoothSwitch
from exhibitors.applications.apply_for_booth import withdraw_application
from exhibitors.applications.booth_application import BoothApplication
from tests.cast import BASE_URL, a_draft_fair, a_producer, a_zone, an_open_fair
from tests.exhibitors.results.conftest import Confirm, CountQueries, Public


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def lit(page: str) -> list[str]:
    return re.findall(r'class="b hot" data-b="(\w+)"', page)


def listed(page: str) -> list[str]:
    return re.findall(r'<li class="item[^"]*" id="gian-(\w+)">', page)


def drawn(page: str) -> list[str]:
    return re.findall(r'data-b="(\w+)"', page)


def test_list_says_what_the_plan_shows(client: FlaskClient, session: Session, public: Public) -> None:
    blocked = session.scalars(select(Booth).where(Booth.code == "A40")).one()
    blocked.switch, blocked.reason = BoothSwitch.BLOCKED, "Cột"
    session.commit()
    page = text_of(client, f"/en/fairs/{public.fair.slug}/plan")
    free = [code for codes in re.findall(r"Free: ([^<]+)<", page) for code in codes.split(", ")]
    assert sorted(drawn(page)) == sorted([*listed(page), *free, "A40"])
    assert "Not in use: A40" in page
    assert "Cột" not in page


def test_words_without_accents_light_the_booth(client: FlaskClient, public: Public) -> None:
    found, nobody = (text_of(client, f"/en/fairs/{public.fair.slug}/plan?q={q}") for q in ("mien+dong", "ruoc"))
    assert (lit(found), lit(nobody), "Nobody here has that" in nobody) == (["A01"], [], True)


def test_stars_and_group_narrow(client: FlaskClient, public: Public) -> None:
    here = f"/en/fairs/{public.fair.slug}/plan"
    assert lit(text_of(client, f"{here}?group=noodles")) == ["A01"]
    assert lit(text_of(client, f"{here}?group=seafood")) == []
    assert lit(text_of(client, f"{here}?stars=3")) == ["A01"]
    assert lit(text_of(client, f"{here}?stars=5")) == []
    assert lit(text_of(client, f"{here}?stars=many")) == []


def test_opens_on_a_booth(client: FlaskClient, public: Public) -> None:
    here = f"/fairs/{public.fair.slug}/plan"
    assert (lit(text_of(client, f"{here}?booth=A07")), lit(text_of(client, f"{here}?booth=Z99"))) == (["A07"], [])
    assert '<li class="item" id="gian-A01">' in text_of(client, here)


def test_round_is_in_walking_order(client: FlaskClient, session: Session, public: Public, confirm: Confirm) -> None:
    for number, booth in ((1, 15), (2, 9), (3, 2)):
        confirm(public.fair, a_producer(session, f"HTX Số {number}", f"so{number}@unit.example"), booth)
    session.commit()
    picks = "&".join(f"pick={code}" for code in ("A16", "A10", "A03", "A01", "B01", "X"))
    page = text_of(client, f"/en/fairs/{public.fair.slug}/plan?{picks}")
    walked = re.findall(r'<li class="item"><span class="code">(\w+)', page)
    assert sorted(walked) == ["A01", "A03", "A10", "A16"]
    assert walked.index("A01") < walked.index("A03")


def test_search_loses_neither_booths_of_the_plan_nor_the_round(client: FlaskClient, public: Public) -> None:
    here = f"/fairs/{public.fair.slug}"
    page = text_of(client, f"{here}/plan?q=ruoc&pick=A01")
    assert f'<a href="{here}/booths/A01"' in page
    assert '<input type="hidden" name="pick" value="A01">' in page


def test_booth_page_has_unit_certificate_and_status(client: FlaskClient, public: Public) -> None:
    page = text_of(client, f"/en/fairs/{public.fair.slug}/booths/A01")
    assert "HTX Miến dong Bình Liêu" in page
    assert "OCOP certificate valid until" in page
    assert 'data-t="ok"' in page


def test_fair_that_is_off_says_so_on_its_plan_and_booths(client: FlaskClient, session: Session, public: Public) -> None:
    """The code on a booth must not promise a fair that does not take place."""
    addresses = [f"/en/fairs/{public.fair.slug}/{page}" for page in ("booths/A01", "plan", "")]
    before = [text_of(client, address.rstrip("/")) for address in addresses]
    cancel_fair(session, public.organiser.actor, public.fair, reason="Bão số 3")
    session.commit()
    client.application.extensions["page_cache"].forget_revision()
    after = [text_of(client, address.rstrip("/")) for address in addresses]
    assert [("This fair is cancelled." in page, "Bão số 3" in page) for page in before] == [(False, False)] * 3
    assert [("This fair is cancelled." in page, "Bão số 3" in page) for page in after] == [(True, True)] * 3
    assert [">Confirmed<" in page for page in (before[0], after[0])] == [True, False]


def test_who_withdrew_is_grey_at_once(client: FlaskClient, session: Session, public: Public) -> None:
    here = f"/fairs/{public.fair.slug}/booths/A01"
    assert "HTX Miến dong Bình Liêu" in text_of(client, here)
    application = session.scalars(select(BoothApplication)).one()
    withdraw_application(session, public.producer.actor, application, reason="Mất mùa", base_url=BASE_URL)
    session.commit()
    client.application.extensions["page_cache"].forget_revision()
    page = text_of(client, here)
    assert ("HTX Miến dong Bình Liêu" in page, "Chưa được xác nhận" in page) == (False, True)


@pytest.mark.parametrize("path", ["booths/Z99", "booths/a b"])
def test_no_such_booth(client: FlaskClient, public: Public, path: str) -> None:
    assert client.get(f"/fairs/{public.fair.slug}/{path}").status_code == 404


def test_drafts_are_nobodys_business(client: FlaskClient, session: Session, public: Public) -> None:
    fair = a_draft_fair(session, public.organiser, name="Bản nháp")
    a_zone(session, public.organiser, fair)
    session.commit()
    for path in ("plan", "booths/A01"):
        assert client.get(f"/fairs/{fair.slug}/{path}").status_code == 404


def test_four_hundred_booths_cost_no_more_questions(
    session: Session, public: Public, confirm: Confirm, count_queries: CountQueries
) -> None:
    small = count_queries(f"/fairs/{public.fair.slug}/plan")
    large = an_open_fair(session, public.organiser, name="Hội chợ Lớn", booths=200)
    for number in range(3):
        confirm(large, a_producer(session, f"HTX Lớn {number}", f"lon{number}@unit.example"), number)
    session.commit()
    assert count_queries(f"/fairs/{large.slug}/plan") == small


def test_kept_until_something_public_changes(client: FlaskClient, public: Public) -> None:
    first = client.get(f"/fairs/{public.fair.slug}/plan")
    again = client.get(f"/fairs/{public.fair.slug}/plan", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, "Set-Cookie" in first.headers) == (304, False)
