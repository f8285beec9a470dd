"""What may be typed about the documents on which a fair stands."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Optional

from events.fairs.legal_basis import LegalBasis, LegalSayings
from events.fairs.legal_file import LEGAL_DOCUMENT
from events.fairs.overtaken_form import OvertakenForm
from events.fairs.set_up_wording import BASES
from events.fairs.typed_fields_form import DayField, WholeNumberField
from foundation.house_form import HouseForm
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.upload_form import UploadField


class LegalBasisForm(OvertakenForm):
    """The legal block of a fair."""

    basis = RadioField(
        _("On what does the fair stand?"), choices=[(basis.value, words) for basis, words in BASES.items()]
    )
    document_number = StringField(
        _("Number of the document"), validators=[Optional()], description=_("For example 48/KH-UBND.")
    )
    document_date = DayField(_("Date of the document"), validators=[Optional()])
    issuer = StringField(_("Who issued it"), validators=[Optional()])
    invitation_number = StringField(_("Number of the invitation letter"), validators=[Optional()])
    invitation_date = DayField(_("Date of the invitation letter"), validators=[Optional()])
    register_days_before = WholeNumberField(
        _("Registration: days before the opening"),
        validators=[InputRequired(_("Enter a number of days."))],
        description=_("30 by Nghị định 81/2018/NĐ-CP. Only for registered fairs."),
    )
    report_days_after = WholeNumberField(
        _("Report: days after the closing"),
        validators=[InputRequired(_("Enter a number of days."))],
        description=_("30 by Nghị định 81/2018/NĐ-CP."),
    )
    registered_on = DayField(_("Registration was sent on"), validators=[Optional()])
    reported_on = DayField(_("Report was sent on"), validators=[Optional()])

    def said(self) -> LegalSayings:
        """What the verb takes."""
        values: dict[str, Any] = {each.name: self._fields[each.name].data for each in fields(LegalSayings)}
        texts = ("basis", "document_number", "issuer", "invitation_number")
        return LegalSayings(**values | {name: values[name] or "" for name in texts})

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside its field."""
        self.fault(str(refusal.facts["field"]), refusal_words(refusal))


class LegalFileForm(HouseForm):
    """The document itself."""

    file = UploadField(_("File of the document"), LEGAL_DOCUMENT, description=_("PDF, JPG or PNG up to 10 MB."))

    def explain(self, refusal: Refused) -> None:
        """Say what is wrong with the file."""
        self.fault("file", refusal_words(refusal))


def legal_values(legal: LegalBasis | None) -> dict[str, Any]:
    """The form's values for a block as it stands, or for none."""
    source = legal or LegalSayings()
    values = {each.name: getattr(source, each.name) for each in fields(LegalSayings)}
    return values | {"version": str(legal.version if legal else 0)}
