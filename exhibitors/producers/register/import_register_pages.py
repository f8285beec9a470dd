"""Audience: organisers. The department brings its register of producers in from spreadsheets (/organise/register)."""

from __future__ import annotations

import re

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from exhibitors.producers.register.import_register import ImportReport
from exhibitors.producers.register.import_register_form import ColumnsForm, SheetForm, columns_form
from exhibitors.producers.register.register_import import (
    RegisterImport,
    bring_in_register,
    choose_columns,
    may_keep_register,
    may_see_import,
    register_imports,
    try_register,
    upload_register,
)
from exhibitors.producers.register.wording import EXAMPLES, FIELDS
from foundation.audience import Audience, Pages, demand, found, signed_in_actor
from foundation.file_answers import file_answer
from foundation.flask_database import current_session
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.tables_to_send import SPREADSHEET, as_spreadsheet

pages = Pages("import_register", __name__, audience=Audience.ORGANISER, url_prefix="/organise/register")
FOLDER = "exhibitors/producers/register/import_register"
SHOWN_ROWS = 5
_PERSONAL = re.compile(r"\b\d{9}(?=\d{3}\b)")


@pages.page("", may=may_keep_register, methods=("GET", "POST"))
def imports() -> ResponseReturnValue:
    """Send a spreadsheet; what was brought in before stands below."""
    session, actor = current_session(), signed_in_actor()
    demand()
    form: SheetForm = SheetForm.from_request()
    if form.validate_posted():
        try:
            made = upload_register(session, actor, *form.sent())
        except Refused as refusal:
            session.rollback()
            form.fault("sheet", refusal_words(refusal))
        else:
            session.commit()
            return redirect(url_for(".sheet", import_id=made.id), 303)
    page = render_template(f"{FOLDER}/imports.html", form=form, imports=register_imports(session, actor))
    return page, 422 if form.errors else 200


@pages.page("/sample.xlsx", may=may_keep_register)
def sample() -> ResponseReturnValue:
    """A sheet with the heads that are known and three rows to write over."""
    demand()
    rows = [[example.get(name, "") for name in FIELDS] for example in EXAMPLES]
    content = as_spreadsheet(str(_("Register of producers")), [str(words) for words in FIELDS.values()], rows)
    return file_answer(content, SPREADSHEET, "register-sample.xlsx")


@pages.page("/<int:import_id>", may=may_see_import, methods=("GET", "POST"))
def sheet(import_id: int) -> ResponseReturnValue:
    """Say which column is what, see what would happen to each row, then bring it in."""
    session, actor = current_session(), signed_in_actor()
    made = found(session.get(RegisterImport, import_id))
    demand(made)
    if made.applied_at is not None:
        return render_template(f"{FOLDER}/brought_in.html", made=made)
    form = columns_form(made.cells[0], made.columns, request.form if request.method == "POST" else None)
    if form.validate_posted():
        try:
            choose_columns(made, form.columns())
            if request.form.get("action") == "bring_in":
                bring_in_register(session, actor, made)
        except Refused as refusal:
            session.rollback()
            form.fault("name_vi", refusal_words(refusal))
        else:
            session.commit()
            if request.form.get("action") == "bring_in":
                flash(_("The register is brought in."), "ok")
            return redirect(url_for(".sheet", import_id=import_id), 303)
    return _page(made, form)


def masked(text: str) -> str:
    """Twelve digits are a person's number: all but the last three are hidden."""
    return _PERSONAL.sub("•" * 9, text)


def _page(made: RegisterImport, form: ColumnsForm) -> ResponseReturnValue:
    report: ImportReport | None = None
    if "name_vi" in made.columns and not form.errors:
        report = try_register(current_session(), signed_in_actor(), made)
    reasons = [
        (number, [refusal_words(Refused(reason, **facts)) for reason, facts in faults])
        for number, faults in (report.refused if report else ())
    ]
    page = render_template(
        f"{FOLDER}/sheet.html",
        made=made,
        form=form,
        report=report,
        refused=reasons,
        sample=[[masked(cell) for cell in row] for row in made.cells[: SHOWN_ROWS + 1]],
    )
    return page, 422 if form.errors else 200
