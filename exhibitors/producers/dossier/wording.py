"""The words of dossiers on screens."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from exhibitors.producers.dossier.dossier_paper import PaperKind, PaperStatus
from foundation.refusal_words import register_refusals

PAPER_KINDS = {
    PaperKind.BUSINESS_REGISTRATION: _("Business registration certificate"),
    PaperKind.OCOP_CERTIFICATE: _("OCOP certificate or recognition decision"),
    PaperKind.FOOD_SAFETY: _("Food safety certificate, HACCP/ISO 22000/GMP or written commitment"),
    PaperKind.PRODUCT_DECLARATION: _("Self-declaration or declaration of applied standards"),
    PaperKind.TEST_REPORT: _("Test report"),
    PaperKind.LABEL: _("Photo of the product label"),
    PaperKind.TRACEABILITY: _("Traceability (QR code, electronic stamp)"),
    PaperKind.ALCOHOL_LICENCE: _("Licence to produce alcohol"),
    PaperKind.QUARANTINE: _("Animal quarantine or VietGAP certificate"),
    PaperKind.COSMETICS: _("Cosmetics notification or confirmed advertising text"),
    PaperKind.OTHER: _("Another paper"),
}
PAPER_STATUSES = {
    PaperStatus.UNCHECKED: (_("Not checked yet"), None, "clock"),
    PaperStatus.VALID: (_("Checked, valid"), "ok", "file-check"),
    PaperStatus.REJECTED: (_("Rejected"), "bad", "file-warning"),
}

REFUSALS = {
    "paper_kind_unknown": _("Choose from the list what kind of paper it is."),
    "paper_title_missing": _("Write what this paper is."),
    "paper_nothing_said": _("Add a photo or a PDF of the paper, or enter its number."),
    "too_many_dossier_papers": _("A dossier has room for %(most)s papers. Remove some that have ended."),
    "too_many_pages": _("A paper has room for %(most)s files. Send a PDF with all pages instead."),
    "dossier_full": _("A dossier has room for %(most)s MB of files. Remove papers that have ended."),
    "pages_refused": _("These files were not taken: %(files)s"),
    "paper_reason_too_long": _("Shorten the reason to %(most)s characters."),
}
register_refusals(REFUSALS)
