"""What may be typed about a paper of the dossier."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import Length, Optional

from events.fairs.typed_fields_form import DayField
from exhibitors.producers.dossier.dossier_paper import (
    DOSSIER_FILE,
    LONGEST_ISSUER,
    LONGEST_NUMBER,
    LONGEST_TITLE,
)
from exhibitors.producers.dossier.keep_papers import PagesRefused, PaperFacts, SentFile
from exhibitors.producers.dossier.wording import PAPER_KINDS
from foundation.house_form import HouseForm, clean
from foundation.made_once import new_form_token
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words
from foundation.upload_form import UploadsField

CAMERA = {"accept": "image/*", "capture": "environment"}
"""A field with `capture` opens the camera at once and offers no files: it stands beside one without."""


class DossierForm(HouseForm):
    """One paper: its pages first, for a photo is all that many will send."""

    photos = UploadsField(_("Take photos of the pages"), DOSSIER_FILE, render_kw=CAMERA)
    files = UploadsField(
        _("Or choose files"),
        DOSSIER_FILE,
        description=_("JPG, HEIC, PNG or PDF, several pages at once, together up to 10 MB."),
    )
    kind = SelectField(_("Kind of paper"), choices=[(kind.value, words) for kind, words in PAPER_KINDS.items()])
    title = StringField(
        _("More about it"),
        validators=[Optional(), Length(max=LONGEST_TITLE)],
        description=_("For which product, or what kind of paper."),
    )
    number = StringField(_("Number"), validators=[Optional(), Length(max=LONGEST_NUMBER)])
    issuer = StringField(
        _("Issued by"),
        validators=[Optional(), Length(max=LONGEST_ISSUER)],
        description=_("Also a district committee that no longer exists."),
    )
    issued_on = DayField(_("Issued on"), validators=[Optional()])
    expires_on = DayField(
        _("Valid until"),
        validators=[Optional()],
        description=_("Leave empty when no day stands on it."),
    )
    once = HiddenField(default=new_form_token)
    version = HiddenField()

    FIELDS = {
        "paper_title_missing": "title",
        "paper_kind_unknown": "kind",
        "paper_days_wrong": "expires_on",
        "paper_issued_later": "issued_on",
        "paper_nothing_said": "files",
        "too_many_pages": "files",
        "dossier_full": "files",
    }

    def facts(self) -> PaperFacts:
        """What the verb takes."""
        files: list[SentFile] = [*self.photos.sent(), *self.files.sent()]
        return PaperFacts(
            kind=self.kind.data,
            title=self.title.data or "",
            number=self.number.data or "",
            issuer=self.issuer.data or "",
            issued_on=self.issued_on.data,
            expires_on=self.expires_on.data,
            files=files,
        )

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside the field it concerns; of files each is named with what is wrong with it."""
        if isinstance(refusal, PagesRefused):
            for sentence in sentences_of_files(refusal):
                self.fault("files", sentence)
            return
        name = self.FIELDS.get(refusal.reason) or refusal.facts.get("field")
        if isinstance(name, str):
            self.fault(name, refusal_words(refusal))
        else:
            self.form_errors.append(refusal_words(refusal))


def sentences_of_files(refusal: PagesRefused) -> list[str]:
    """What is wrong with each file that was not taken."""
    return [
        str(gettext("%(file)s: %(why)s", file=clean(name)[-60:], why=refusal_words(why))) for name, why in refusal.each
    ]
