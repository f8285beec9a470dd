"""The words of producers and products on screens."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from exhibitors.producers.producer import AwardKind, ProducerKind, RankLevel
from foundation.refusal_words import register_refusals

PRODUCER_KINDS = {
    ProducerKind.ENTERPRISE: _("Enterprise"),
    ProducerKind.COOPERATIVE: _("Cooperative"),
    ProducerKind.COOPERATIVE_GROUP: _("Cooperative group"),
    ProducerKind.FARM: _("Farm"),
    ProducerKind.HOUSEHOLD: _("Household business"),
    ProducerKind.OTHER: _("Other kind of unit"),
}

RANK_LEVELS = {
    RankLevel.PROVINCE: _("Ranked by the province"),
    RankLevel.NATION: _("Ranked nationally"),
}
AWARD_KINDS = {
    AwardKind.NEW: _("New certificate"),
    AwardKind.RENEWED: _("Renewed"),
    AwardKind.UPGRADED: _("Upgraded"),
}

REFUSALS = {
    "producer_kind_unknown": _("Choose a kind from the list."),
    "producer_name_missing": _("Enter the name of your unit."),
    "tax_code_form": _("A tax code has 10, 12 or 13 digits. Check it on your registration paper."),
    "phone_form": _("This is not a Vietnamese phone number. Enter it like 0912 345 678 or 0203 3 825 123."),
    "changed_meanwhile": _(
        "Somebody else changed your unit in the meantime. What you typed is still here: open the page in a second "
        "window to compare, then save again to keep what you see."
    ),
    "product_name_missing": _("Enter the product's name."),
    "product_group_unknown": _("Choose a product group from the list."),
    "stars_unknown": _("OCOP stars go from 1 to 5."),
    "price_negative": _("A price cannot be below zero."),
    "certificate_days_wrong": _("The certificate must end after the day it was issued."),
    "certificate_issued_later": _("The day of issue lies ahead. Enter the day that is printed on the certificate."),
    "web_address_form": _("This is not a web address. Write it like example.vn or https://example.vn/shop."),
    "barcode_form": _("A barcode has 8, 12, 13 or 14 digits."),
    "barcode_check": _("The digits of the barcode do not fit together. Check them on the label."),
    "alcohol_degrees_wrong": _("Alcohol is between 0 and 100 degrees."),
    "award_unknown": _("Choose from the list."),
    "subgroup_elsewhere": _("Choose a sub-group of the product group above."),
    "service_of_tourism": _("Only products of the tourism group come without goods."),
    "story_too_long": _("The story has at most %(most)s characters."),
    "product_in_use": _("Application %(code)s brings this product to %(fair)s. Take it out of the application first."),
}
register_refusals(REFUSALS)
