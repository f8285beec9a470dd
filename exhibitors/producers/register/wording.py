"""The words of the register on screens."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from foundation.refusal_words import register_refusals

FIELDS = {
    "name_vi": _("Name of the unit"),
    "kind": _("Kind of unit"),
    "tax_code": _("Tax code"),
    "place": _("Commune, ward or former district"),
    "address": _("Street, hamlet"),
    "contact_person": _("Contact person"),
    "contact_phone": _("Phone"),
    "contact_email": _("Contact e-mail"),
    "product_name": _("Name of the product"),
    "group": _("Product group"),
    "stars": _("OCOP stars"),
    "certificate_number": _("Certificate or decision number"),
    "certificate_issuer": _("Issued by"),
    "certificate_issued_on": _("Issued on"),
    "certificate_expires_on": _("Valid until"),
}

EXAMPLES = (
    {
        "name_vi": "HTX Ví dụ Một",
        "kind": "Hợp tác xã",
        "place": "Bình Liêu",
        "address": "Thôn Ví Dụ",
        "contact_person": "Nguyễn Thị Ví Dụ",
        "contact_phone": "0912 345 678",
        "contact_email": "htx@vidu.example",
        "product_name": "Miến dong",
        "group": "Thực phẩm",
        "stars": "4",
        "certificate_number": "123/QĐ-UBND",
        "certificate_issuer": "UBND tỉnh Quảng Ninh",
        "certificate_issued_on": "20/06/2025",
        "certificate_expires_on": "20/06/2028",
    },
    {"name_vi": "HTX Ví dụ Một", "place": "Bình Liêu", "product_name": "Bột dong", "group": "Thực phẩm"},
    {"name_vi": "Hộ kinh doanh Ví dụ Hai", "kind": "Hộ kinh doanh", "place": "Cô Tô"},
)
"""Rows to write over: a unit with two products, and one that has none yet."""

TRAITS = {
    "tax_code": _("The same tax code"),
    "name": _("The same name"),
    "phone": _("The same phone number"),
}
"""Why two units may be one."""

REFUSALS = {
    "register_unreadable": _("This file is no spreadsheet that can be read. Save it as XLSX and send it again."),
    "register_too_large": _("This sheet is too large: there is room for %(most)s rows. Send it in parts."),
    "register_empty": _("No rows were found below the heads of the columns."),
    "register_brought_in": _("This sheet was brought in already. Send it again to bring it in anew."),
    "columns_unknown": _("Choose the columns from the list."),
    "name_column_missing": _("Choose the column that holds the name of the unit."),
    "place_unknown": _("“%(place)s” is no commune, ward, special zone or former district of Quảng Ninh."),
    "place_ambiguous": _("“%(place)s” may be several places. Write the full name."),
    "day_unreadable": _("“%(typed)s” is not a day. Write it like 29/01/2027."),
}
register_refusals(REFUSALS)
