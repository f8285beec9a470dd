"""The organiser's pages about a fair, without scripts."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.fairs.fair import Fair, find_fair
from events.fairs.organise_fair import publish_fair
from events.places.locality import Locality
from tests.cast import OrganiserPlayer, a_draft_fair, a_venue, a_zone, an_open_fair

if TYPE_CHECKING:
    from tests.events.conftest import OrganiserBrowser

TYPED = {
    "kind": "fair",
    "name_vi": "Hội chợ OCOP Quảng Ninh – Xuân 2027",
    "name_en": "",
    "summary_vi": "Trước Tết",
    "summary_en": "",
    "host_event": "",
    "source": "",
    "date_state": "fixed",
    "first_day": "29/01/2027",
    "last_day": "2027-02-03",
    "year": "",
    "closed_days": "30/01/2027\n2027-01-31",
    "opens_at": "8:00",
    "closes_at": "21h30",
    "venues-0": "",
    "venues-1": "",
    "new_venue_name_vi": "",
    "call_opens_day": "01/12/2026",
    "call_opens_time": "8:00",
    "call_closes_day": "08/01/2027",
    "call_closes_time": "17:00",
    "answer_by": "13/01/2027",
}


FIRST_DAY_CLOSED = (
    "Days on which it stays closed: 29/01/2027 is the first or the last day. "
    "Set the fair's days so that it opens on both."
)


def errors_of(text: str) -> list[str]:
    """The links of the error summary, as people read them."""
    summary = re.search(r'<ul class="errs">(.*?)</ul>', text, re.DOTALL)
    items = re.findall(r"<li>(.*?)</li>", summary.group(1), re.DOTALL) if summary else []
    return [unescape(re.sub(r"<[^>]+>", "", found)) for found in items]


def test_new_fair_is_created_with_days_in_both_ways_of_writing(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    venue = a_venue(session)
    session.commit()
    answer = desk.send("/organise/fairs/new", {**TYPED, "venues-0": str(venue.id)})
    assert (answer.status_code, answer.location) == (303, "/organise/fairs/hoi-cho-ocop-quang-ninh-xuan-2027/steps")
    fair = session.scalars(select(Fair)).one()
    assert (fair.first_day, fair.last_day) == (date(2027, 1, 29), date(2027, 2, 3))
    assert [closed.day for closed in fair.closed_days] == [date(2027, 1, 30), date(2027, 1, 31)]
    assert (f"{fair.closes_at:%H:%M}", fair.call_closes_at and fair.call_closes_at.isoformat()) == (
        "21:30",
        "2027-01-08T10:00:00+00:00",
    )
    assert (fair.state, [place.venue.id for place in fair.venues]) == ("draft", [venue.id])


def test_new_fair_brings_its_new_venue(session: Session, desk: OrganiserBrowser) -> None:
    a_venue(session)
    locality = session.scalars(select(Locality).where(Locality.name_vi == "Xã Bình Liêu")).one()
    session.commit()
    typed = {**TYPED, "new_venue_name_vi": "Sân vận động Bình Liêu", "new_venue_locality": str(locality.id)}
    assert desk.send("/organise/fairs/new", typed).status_code == 303
    fair = session.scalars(select(Fair)).one()
    assert [(p.venue.name_vi, p.venue.locality.name_vi) for p in fair.venues] == [
        ("Sân vận động Bình Liêu", "Xã Bình Liêu")
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name_vi": ""}, "Name in Vietnamese: Enter the name in Vietnamese."),
        ({"first_day": "31/02/2027"}, "First day: This is not a day. Write it like 29/01/2027."),
        ({"last_day": "28/01/2027"}, "Last day: The last day is before the first day. Check both."),
        (
            {"closed_days": "30/01/2027, 17/2, abc"},
            "Days on which it stays closed: “17/2”, “abc” is not a day. Write each like 29/01/2027.",
        ),
        (
            {"closed_days": "05/02/2027"},
            "Days on which it stays closed: 05/02/2027 is not one of the fair's days.",
        ),
        ({"closed_days": "29/01/2027"}, FIRST_DAY_CLOSED),
        (
            {"call_closes_day": "", "answer_by": "30/11/2026"},
            "Producers get their answer by: Answers cannot be promised for a day before the call opens.",
        ),
        (
            {"answer_by": "07/01/2027"},
            "Producers get their answer by: Answers cannot be promised for a day before the call closes.",
        ),
        ({"closes_at": "8:00"}, "Closes at: Closing time must be later than opening time."),
        ({"opens_at": "25:00"}, "Opens at: This is not a time. Write it like 8:00."),
        ({"call_closes_day": "30/11/2026"}, "The call closes on: The call must close after it opens."),
        (
            {"call_closes_day": "04/02/2027", "answer_by": ""},
            "The call closes on: The call closes after the fair has ended on 03/02/2027.",
        ),
        (
            {"date_state": "unknown"},
            "How sure are the dates? Days have been entered. Choose fixed or tentative dates, or clear the days.",
        ),
        (
            {"date_state": "unknown", "first_day": "", "last_day": "", "closed_days": "", "year": "1999"},
            "Year: The year must be from 2013 to 2100.",
        ),
        (
            {"new_venue_name_vi": "Nhà thi đấu"},
            "Commune, ward or special zone: Choose where the new venue is.",
        ),
    ],
)
def test_wrong_input_is_answered_in_words_and_kept(
    session: Session, desk: OrganiserBrowser, wrong: dict[str, str], said: str
) -> None:
    answer = desk.send("/en/organise/fairs/new", {**TYPED, **wrong}, form_on="/en/organise/fairs/new")
    text = unescape(answer.text)
    assert (answer.status_code, errors_of(answer.text)) == (422, [said])
    kept = [value for value in {**TYPED, **wrong}.values() if value not in {"", "fair", "fixed", "unknown"}]
    assert [value for value in kept if value not in text] == []
    assert session.scalars(select(Fair)).all() == []


def test_every_fault_is_named_at_once(session: Session, desk: OrganiserBrowser) -> None:
    wrong = {
        "name_vi": "",
        "last_day": "28/01/2027",
        "closed_days": "30/01/2027, 17/2",
        "closes_at": "8:00",
        "call_closes_day": "30/11/2026",
        "answer_by": "29/11/2026",
        "new_venue_address": "Đường 25 tháng 4",
    }
    answer = desk.send("/en/organise/fairs/new", {**TYPED, **wrong}, form_on="/en/organise/fairs/new")
    assert [said.partition(":")[0] for said in errors_of(answer.text)] == [
        "Name in Vietnamese",
        "Last day",
        "Days on which it stays closed",
        "Closes at",
        "Name of the venue in Vietnamese",
        "The call closes on",
        "Producers get their answer by",
    ]


def change_of(desk: OrganiserBrowser, fair: Fair, **typed: str) -> dict[str, object]:
    """What the edit form of the fair would send, with some fields typed anew."""
    page = desk.get(f"/organise/fairs/{fair.slug}/edit").text
    values: dict[str, object] = {}
    for tag in re.findall(r"<input [^>]+>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("radio" not in tag or "checked" in tag):
            values[name.group(1)] = unescape(value.group(1)) if value else ""
    for name, text in re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\r?\n?(.*?)</textarea>', page, re.DOTALL):
        values[name] = unescape(text)
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option selected[^>]* value="([^"]*)"', options)
        values[name] = chosen.group(1) if chosen else ""
    return {**values, **typed}


def test_second_saver_is_told_sees_what_is_there_and_keeps_what_was_typed(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fair = a_draft_fair(session, player)
    session.commit()
    path = f"/organise/fairs/{fair.slug}/edit"
    first = change_of(desk, fair, name_en="First saver", host_event="Lễ hội hoa")
    second = change_of(desk, fair, name_en="Second saver")
    assert desk.send(path, first).status_code == 303
    answer = desk.send("/en" + path, second, form_on=path)
    text = unescape(answer.text)
    assert answer.status_code == 422
    assert "Nguyễn Thị Hà saved at" in text
    rows = re.findall(r'<th scope="row">(.*?)</th><td[^>]*>(.*?)</td>', text)
    assert rows == [("Name in English", "First saver"), ("Part of a larger event", "Lễ hội hoa")]
    assert 'value="Second saver"' in text
    again = {**second, "version": re.search(r'name="version"[^>]* value="(\d+)"', text).group(1)}  # type: ignore[union-attr]  # it is there
    assert desk.send(path, again).status_code == 303
    session.expire_all()
    assert fair.name_en == "Second saver"


def test_edit_form_sent_back_untouched_changes_nothing(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fair = a_draft_fair(session, player)
    session.commit()
    version = fair.version
    assert desk.send(f"/organise/fairs/{fair.slug}/edit", change_of(desk, fair)).status_code == 303
    session.expire_all()
    assert fair.version == version


def test_fair_goes_from_draft_to_open_call(session: Session, desk: OrganiserBrowser, player: OrganiserPlayer) -> None:
    fair = a_draft_fair(session, player)
    a_zone(session, player, fair)
    session.commit()
    steps = f"/organise/fairs/{fair.slug}/steps"
    answers = [desk.send(f"{steps}/{act}", {}, form_on=steps).location for act in ("publish", "open_call")]
    session.expire_all()
    assert (answers, fair.state, fair.call_state) == ([steps, steps], "published", "open")


def test_steps_say_what_is_missing(session: Session, desk: OrganiserBrowser, player: OrganiserPlayer) -> None:
    fair = a_draft_fair(session, player)
    publish_fair(session, player.actor, fair)
    session.commit()
    page = desk.get(f"/en/organise/fairs/{fair.slug}/steps").text
    assert "Draw a plan with at least one zone of booths" in page
    answer = desk.send(f"/organise/fairs/{fair.slug}/steps/open_call", {})
    session.expire_all()
    assert (answer.status_code, fair.call_state) == (303, "not_open")


def test_cancelling_asks_for_a_reason_and_can_be_undone(
    session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    fair = an_open_fair(session, player)
    session.commit()
    steps = f"/organise/fairs/{fair.slug}/steps"
    cancel = f"{steps}/cancel"
    assert desk.send(cancel, {"reason": " "}).status_code == 422
    assert desk.send(cancel, {"reason": "Bão số 3"}).status_code == 303
    session.expire_all()
    assert (fair.state, fair.reason) == ("cancelled", "Bão số 3")
    session.rollback()  # lets the app write again
    desk.send(f"{steps}/restore", {})
    session.expire_all()
    assert fair.state == "published"


@pytest.mark.parametrize("page", ["edit", "steps", "steps/publish", "plan"])
def test_fair_of_others_is_not_found(
    session: Session, desk: OrganiserBrowser, stranger: OrganiserBrowser, player: OrganiserPlayer, page: str
) -> None:
    fair = a_draft_fair(session, player)
    session.commit()
    path = f"/organise/fairs/{fair.slug}/{page}"
    sent = stranger.send(path, TYPED, form_on="/organise/fairs/new").status_code
    assert (desk.get(path).status_code, stranger.get(path).status_code, sent) == (
        200,
        404,
        405 if page == "steps" else 404,
    )


def test_unknown_step_and_fair_are_not_found(session: Session, desk: OrganiserBrowser, player: OrganiserPlayer) -> None:
    fair = a_draft_fair(session, player)
    session.commit()
    paths = (f"/organise/fairs/{fair.slug}/steps/explode", "/organise/fairs/khong-co/edit")
    assert [desk.get(path).status_code for path in paths] == [404, 404]


def test_fair_is_not_created_for_an_organisation_of_others(
    session: Session, desk: OrganiserBrowser, stranger: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    a_venue(session)
    session.commit()
    answer = stranger.send("/organise/fairs/new", {**TYPED, "organisation_id": str(player.organisation.id)})
    assert (answer.status_code, session.scalars(select(Fair)).all()) == (404, [])


def test_last_day_before_today_is_no_fault(session: Session, desk: OrganiserBrowser) -> None:
    yesterday = date.today() - timedelta(days=400)  # noqa: DTZ011  # any day long past
    past = {"first_day": yesterday.isoformat(), "last_day": yesterday.isoformat(), "closed_days": ""}
    calls = {"call_opens_day": "", "call_closes_day": "", "answer_by": ""}
    assert desk.send("/organise/fairs/new", {**TYPED, **past, **calls}).status_code == 303
    assert find_fair(session, "hoi-cho-ocop-quang-ninh-xuan-2027") is not None
