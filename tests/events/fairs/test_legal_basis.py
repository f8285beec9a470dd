"""The legal block: documents, two timers that are settings, and a file for the organising body alone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.fairs.clone_fair import clone_fair
from events.fairs.fair import Fair
from events.fairs.legal_basis import (
    Basis,
    LegalBasis,
    LegalSayings,
    ensure_legal_basis,
    legal_basis_of,
    legal_deadlines,
    say_legal_basis,
)
from events.fairs.organise_fair import create_fair
from foundation import clock
from foundation.refusal import Refused
from tests.cast import OrganiserPlayer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.events.conftest import OrganiserBrowser

FIRST, LAST = date(2026, 2, 6), date(2026, 2, 11)
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
PDF = b"%PDF-1.7\n%%EOF\n"
SAID = LegalSayings(
    basis=Basis.REGISTERED.value, document_number="12/GĐK", document_date=date(2026, 1, 2), issuer="Sở Công Thương",
    registered_on=date(2026, 1, 2),
)  # fmt: skip
days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@pytest.fixture
def fair(session: Session, player: OrganiserPlayer) -> Fair:
    return create_fair(
        session, player.actor, organisation_id=player.organisation.id, kind="fair", name_vi="Hội chợ Xuân 2026",
        first_day=FIRST, last_day=LAST,
    )  # fmt: skip


def due(fair: Fair, legal: LegalBasis | None, today: date) -> list[tuple[str, date, str]]:
    return [(each.name, each.due, each.state.value) for each in legal_deadlines(fair, legal, today)]


def test_registered_fair_has_two_timers(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    say_legal_basis(session, player.actor, fair, SAID, expected_version=0)
    legal = legal_basis_of(session, fair)
    assert due(fair, legal, date(2026, 3, 6)) == [
        ("registration", date(2026, 1, 7), "done"),
        ("report", date(2026, 3, 13), "soon"),
    ]


def test_programme_of_the_province_needs_no_registration(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    said = LegalSayings(basis=Basis.PEOPLES_COMMITTEE.value, document_number="48/KH-UBND")
    say_legal_basis(session, player.actor, fair, said, expected_version=0)
    assert due(fair, legal_basis_of(session, fair), date(2026, 1, 1)) == [("report", date(2026, 3, 13), "ahead")]


def test_display_inside_a_host_event_owes_nothing(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    say_legal_basis(session, player.actor, fair, LegalSayings(basis=Basis.HOST_EVENT.value), expected_version=0)
    assert due(fair, legal_basis_of(session, fair), date(2026, 1, 1)) == []


def test_nothing_said_still_warns_of_the_report(fair: Fair) -> None:
    assert due(fair, None, date(2026, 3, 14)) == [("report", date(2026, 3, 13), "missed")]
    fair.first_day = fair.last_day = None
    assert due(fair, None, date(2026, 3, 14)) == []


@given(first=days, length=st.integers(0, 60), before=st.integers(0, 365), after=st.integers(0, 365), today=days)
def test_timers_are_settings(first: date, length: int, before: int, after: int, today: date) -> None:
    fair = Fair(first_day=first, last_day=first + timedelta(days=length))
    legal = LegalBasis(basis="registered", register_days_before=before, report_days_after=after)
    registration, report = legal_deadlines(fair, legal, today)
    assert registration.due.toordinal() == first.toordinal() - before
    assert report.due.toordinal() == first.toordinal() + length + after
    for each in (registration, report):
        left = (each.due - today).days
        assert each.state == ("missed" if left < 0 else "soon" if left <= 7 else "ahead")


def test_late_is_told_from_in_time(fair: Fair) -> None:
    legal = LegalBasis(basis="registered", register_days_before=30, report_days_after=30)
    legal.registered_on, legal.reported_on = date(2026, 1, 8), date(2026, 3, 13)
    assert [each.state.value for each in legal_deadlines(fair, legal, date(2026, 5, 1))] == ["done_late", "done"]


WRONG = [
    ({"basis": "hearsay"}, "basis_unknown", "basis"),
    ({"document_number": "x" * 81}, "text_too_long", "document_number"),
    ({"register_days_before": 366}, "timer_out_of_range", "register_days_before"),
    ({"report_days_after": -1}, "timer_out_of_range", "report_days_after"),
    ({"document_number": ""}, "document_date_without_number", "document_number"),
    ({"invitation_date": date(2026, 1, 1)}, "document_date_without_number", "invitation_number"),
    ({"registered_on": date(2099, 1, 1)}, "in_the_future", "registered_on"),
    ({"reported_on": date(2026, 2, 10)}, "report_before_closing", "reported_on"),
]


@pytest.mark.parametrize(("said", "reason", "field"), WRONG)
def test_wrong_saying_is_refused(
    session: Session, player: OrganiserPlayer, fair: Fair, said: dict[str, object], reason: str, field: str
) -> None:
    with clock.as_of(datetime(2026, 3, 1, tzinfo=UTC)), pytest.raises(Refused) as refused:
        say_legal_basis(session, player.actor, fair, replace(SAID, **said), expected_version=0)
    assert (refused.value.reason, refused.value.facts["field"]) == (reason, field)


def test_second_writer_is_told(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    say_legal_basis(session, player.actor, fair, SAID, expected_version=0)
    legal = ensure_legal_basis(session, fair)
    say_legal_basis(session, player.actor, fair, replace(SAID, issuer="Sở"), expected_version=legal.version)
    with pytest.raises(Refused) as refused:
        say_legal_basis(session, player.actor, fair, SAID, expected_version=0)
    assert (refused.value.reason, legal.issuer) == ("set_up_changed_meanwhile", "Sở")


def test_next_edition_keeps_timers_and_drops_numbers(session: Session, player: OrganiserPlayer, fair: Fair) -> None:
    say_legal_basis(session, player.actor, fair, replace(SAID, report_days_after=15), expected_version=0)
    made = clone_fair(session, player.actor, fair, first_day=date(2027, 1, 30), name_vi="2027", series_name_vi="Xuân")
    legal = legal_basis_of(session, made)
    assert legal is not None
    assert (legal.basis, legal.report_days_after, legal.document_number, legal.document_date, legal.registered_on) == (
        "registered", 15, "", None, None,
    )  # fmt: skip


# --- the page -------------------------------------------------------------------------------------------------------

TYPED: dict[str, object] = {
    "basis": "registered", "document_number": "12/GĐK", "document_date": "02/01/2026", "issuer": "Sở Công Thương",
    "invitation_number": "", "invitation_date": "", "register_days_before": "30", "report_days_after": "30",
    "registered_on": "2026-01-02", "reported_on": "", "version": "0",
}  # fmt: skip


def test_page_keeps_the_block(desk: OrganiserBrowser, session: Session, fair: Fair) -> None:
    session.commit()
    address = f"/organise/fairs/{fair.slug}/legal"
    assert desk.send(address, TYPED).status_code == 303
    page = desk.get(address).text
    for shown in ('value="12/GĐK"', "Đăng ký hội chợ trước ngày 07/01/2026", "Đã xong", "Đã quá hạn"):
        assert shown in page


def test_page_says_all_faults_at_once(desk: OrganiserBrowser, session: Session, fair: Fair) -> None:
    session.commit()
    days = {"reported_on": "2026-02-01", "registered_on": "2099-01-01"}
    wrong = {**TYPED, **days, "document_number": "", "register_days_before": "999"}
    for prefix, sentences in (
        ("", ["Nhập số văn bản ứng với ngày này.", "Không thể gửi báo cáo trước khi hội chợ bế mạc.",
              "Nhập số ngày từ 0 đến 365.", "Ngày này chưa tới."]),
        ("/en", ["Enter the number that belongs to this date.",
                 "The report cannot have been sent before the fair closed.",
                 "Enter a number of days from 0 to 365.", "This day is still to come."]),
    ):  # fmt: skip
        answer = desk.send(f"{prefix}/organise/fairs/{fair.slug}/legal", wrong)
        assert answer.status_code == 422
        assert [sentence for sentence in sentences if sentence not in answer.text] == []
        assert 'value="999"' in answer.text


def test_file_is_for_the_organising_body(
    desk: OrganiserBrowser, stranger: OrganiserBrowser, session: Session, fair: Fair
) -> None:
    session.commit()
    address = f"/organise/fairs/{fair.slug}/legal"
    assert desk.send(address, {"do": "keep", "file": (BytesIO(PDF), "Kế hoạch 48.pdf")}).status_code == 303
    assert "Kế hoạch 48.pdf" in desk.get(address).text
    session.expire_all()
    legal = legal_basis_of(session, fair)
    assert legal is not None
    assert legal.file is not None
    link = f"/files/{legal.file.key}"
    session.commit()
    answers = [browser.client.get(link, buffered=True) for browser in (desk, stranger)]
    assert [(answer.status_code, answer.data == PDF) for answer in answers] == [(200, True), (404, False)]
    assert answers[0].headers["Cache-Control"] == "private, no-store"
    assert desk.send(address, {"do": "keep", "file": (BytesIO(PDF), "Mới.pdf")}).status_code == 303
    assert desk.client.get(link).status_code == 404  # the one before is gone
    assert desk.send(address, {"do": "drop"}).status_code == 303
    assert "Chưa có tệp." in desk.get(address).text


@pytest.mark.parametrize(
    ("content", "vi", "en"),
    [
        (None, "Hãy chọn một tệp trước.", "Choose a file first."),
        (b"<svg onload=alert(1)>", "Không nhận loại tệp này.", "This kind of file is not taken."),
        (
            b"%PDF" + b"x" * 11_000_000,
            "Tệp này quá lớn: tối đa 10 MB.",
            "This file is too large:",
        ),
    ],
    ids=["none", "svg", "11 MB"],
)
def test_refused_file_is_explained_at_its_field(
    desk: OrganiserBrowser, session: Session, fair: Fair, content: bytes | None, vi: str, en: str
) -> None:
    session.commit()
    address = f"/organise/fairs/{fair.slug}/legal"
    token = TOKEN.search(desk.get(address).text)
    assert token is not None
    sent = many_parts(csrf_token=token[1].encode(), do=b"keep", file=content)
    for prefix, sentence in (("", vi), ("/en", en)):
        answer = desk.client.post(prefix + address, data=sent, content_type="multipart/form-data; boundary=xx")
        assert (answer.status_code, sentence in answer.text) == (422, True)


def many_parts(**parts: bytes | None) -> bytes:
    """The body of a form with a file; written here, because the test client leaves its large ones open."""
    said = b""
    for name, content in parts.items():
        if content is not None:
            file = b'; filename="a.pdf"' if name == "file" else b""
            said += b'--xx\r\nContent-Disposition: form-data; name="' + name.encode() + b'"' + file + b"\r\n\r\n"
            said += content + b"\r\n"
    return said + b"--xx--\r\n"


def test_steps_page_warns_of_what_is_due(desk: OrganiserBrowser, session: Session, fair: Fair) -> None:
    session.commit()
    for prefix, words in (
        ("", "Gửi báo cáo trước ngày 13/03/2026</b>: đã quá ngày này."),
        ("/en", "Send the report by 13/03/2026</b>: this day has passed."),
    ):
        assert words in desk.get(f"{prefix}/organise/fairs/{fair.slug}/steps").text
