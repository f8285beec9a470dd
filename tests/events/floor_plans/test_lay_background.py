"""The picture below a drawing: pictures and pages of PDFs, for those who draw alone."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from fpdf import FPDF
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from events.floor_plans.floor_plan import FloorPlan
from foundation.stored_file import StoredFile
from tests.cast import OrganiserPlayer, a_draft_fair, a_zone

if TYPE_CHECKING:
    from flask import Flask

    from tests.events.conftest import OrganiserBrowser


def a_picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (400, 100), "white").save(file, "PNG")
    return file.getvalue()


def a_paper() -> bytes:
    paper = FPDF(format=(200, 100))
    paper.add_page()
    return bytes(paper.output())


def test_picture_and_page_of_a_pdf_are_laid_below_and_taken_off(
    app: Flask, session: Session, desk: OrganiserBrowser, player: OrganiserPlayer
) -> None:
    plan: FloorPlan = a_zone(session, player, a_draft_fair(session, player)).plan
    session.commit()
    board, base = f"/organise/fairs/{plan.fair.slug}/plan", f"/organise/fairs/{plan.fair.slug}/plan/{plan.id}"
    session.rollback()
    ratios = []
    for name, content in (("khu-dat.png", a_picture()), ("ban-ve.pdf", a_paper())):
        answer = desk.send(f"{base}/background", {"file": (BytesIO(content), name)}, form_on=board)
        assert answer.status_code == 303
        laid = desk.get(f"{base}/document").json["background"]
        ratios.append(round(laid["ratio"], 2))
        with desk.get(laid["url"]) as picture:
            assert (picture.status_code, len(picture.data) > 100) == (200, True)
        assert app.test_client().get(laid["url"]).status_code == 404
    assert ratios == [0.25, 0.5]
    assert len(session.scalars(select(StoredFile)).all()) == 1  # the first one is gone
    session.rollback()
    assert desk.send(f"{base}/background", {"remove": "1"}, form_on=board).status_code == 303
    assert "background" not in desk.get(f"{base}/document").json


def test_file_that_is_no_picture_is_refused(session: Session, desk: OrganiserBrowser, player: OrganiserPlayer) -> None:
    plan: FloorPlan = a_zone(session, player, a_draft_fair(session, player)).plan
    session.commit()
    board, base = f"/organise/fairs/{plan.fair.slug}/plan", f"/organise/fairs/{plan.fair.slug}/plan/{plan.id}"
    session.rollback()
    for sent in ({}, {"file": (BytesIO(b"<svg/>"), "a.svg")}, {"file": (BytesIO(b"%PDF-1.7 broken"), "a.pdf")}):
        assert desk.send(f"{base}/background", sent, form_on=board).status_code == 303
        assert "background" not in desk.get(f"{base}/document").json
