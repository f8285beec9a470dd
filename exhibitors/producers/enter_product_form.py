"""What may be typed about a product."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, HiddenField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are those of 3.2
from wtforms.validators import InputRequired, Length, Optional

from events.fairs.overtaken_form import OvertakenForm
from events.fairs.typed_fields_form import MoneyField
from exhibitors.producers.barcode import normalise_barcode
from exhibitors.producers.certificate_life import is_issued_later
from exhibitors.producers.producer import Product, ProductGroup, ProductSubgroup
from exhibitors.producers.register_producer import WITHOUT_GOODS, ProductFacts, product_version
from exhibitors.producers.register_producer_form import number_or_none
from exhibitors.producers.wording import AWARD_KINDS, RANK_LEVELS
from foundation.languages import current_language
from foundation.made_once import new_form_token
from foundation.refusal import Refused
from foundation.refusal_words import refusal_words

STARS_GIVEN = (3, 4, 5)
"""Certificates are given from 3 stars on."""


def read_degrees(text: str | None) -> float | None:
    """Degrees of alcohol with a comma or a point; None for nothing typed. Raises ValueError for anything else."""
    typed = (text or "").strip().rstrip("°").strip()
    return round(float(typed.replace(",", ".")), 1) if typed else None


def written_degrees(product: Product) -> str:
    """As a person types them."""
    return "" if product.alcohol_degrees is None else f"{product.alcohol_degrees:g}"


def values_of_product(product: Product) -> dict[str, object]:
    """The form's values for the product as it stands, with its version."""
    said = {name: getattr(product, name) for name in ProductFacts.__annotations__}
    return said | {"alcohol_degrees": written_degrees(product), "version": product_version(product)}


class ProductForm(OvertakenForm):
    """A product with its stars and certificate; what was typed is judged whole, words and rules together."""

    groups: Sequence[ProductGroup] = ()
    subgroups: Sequence[ProductSubgroup] = ()

    once = HiddenField(default=new_form_token)
    name_vi = StringField(
        _("Name of the product"), validators=[InputRequired(_("Enter the product's name.")), Length(max=200)]
    )
    name_en = StringField(_("Name in English"), validators=[Optional(), Length(max=200)])
    group_id = SelectField(
        _("Product group"),
        coerce=number_or_none,
        validators=[InputRequired(_("Choose a product group from the list."))],
    )
    subgroup_id = SelectField(
        _("Sub-group"),
        coerce=number_or_none,
        validators=[Optional()],
        description=_("A working list: the words on your certificate count."),
    )
    is_service = BooleanField(
        _("A tourism service: we bring no goods"),
        description=_("For the tourism group. The booth then shows pictures and leaflets."),
    )
    stars = SelectField(_("OCOP stars"), coerce=number_or_none, validators=[Optional()])
    certificate_number = StringField(_("Certificate or decision number"), validators=[Optional(), Length(max=80)])
    certificate_issuer = StringField(
        _("Issued by"),
        validators=[Optional(), Length(max=160)],
        description=_("Also a district committee that no longer exists."),
    )
    certificate_issued_on = DateField(_("Issued on"), format=["%Y-%m-%d", "%d/%m/%Y"], validators=[Optional()])
    certificate_expires_on = DateField(
        _("Valid until"),
        format=["%Y-%m-%d", "%d/%m/%Y"],
        validators=[Optional()],
        description=_("Leave empty for 36 months from the day of issue."),
    )
    price = MoneyField(_("Price"), validators=[Optional()])
    pack = StringField(_("Pack"), validators=[Optional(), Length(max=80)], description=_("For example: bag of 500 g"))
    is_alcohol = BooleanField(_("This is an alcoholic drink"))
    alcohol_degrees = StringField(_("Degrees of alcohol"), validators=[Optional(), Length(max=6)])
    barcode = StringField(_("Barcode"), validators=[Optional(), Length(max=20)])
    is_export_ready = BooleanField(_("Ready for export"))
    rank_level = SelectField(
        _("Ranked by"),
        choices=[("", _("not entered")), *((level.value, words) for level, words in RANK_LEVELS.items())],
        validators=[Optional()],
    )
    award_kind = SelectField(
        _("Kind of certificate"),
        choices=[("", _("not entered")), *((kind.value, words) for kind, words in AWARD_KINDS.items())],
        validators=[Optional()],
    )
    renewal_under_way = BooleanField(
        _("The certificate is being renewed"),
        description=_("Then you can choose the product although its certificate ends early; the organiser decides."),
    )

    def offer_groups(self, groups: Sequence[ProductGroup], subgroups: Sequence[ProductSubgroup]) -> None:
        """Fill the pickers."""
        self.groups, self.subgroups = groups, subgroups
        language = current_language()
        names = [SelectChoice(str(group.id), group.name.local(language)) for group in groups]
        self.group_id.choices = [SelectChoice("", str(_("Choose a group"))), *names]
        parts = [
            SelectChoice(str(one.id), one.name.local(language), optgroup=one.group.name.local(language))
            for one in subgroups
        ]
        self.subgroup_id.choices = [SelectChoice("", str(_("not entered"))), *parts]
        rated = [SelectChoice(str(count), str(_("%(stars)s stars", stars=count))) for count in STARS_GIVEN]
        self.stars.choices = [SelectChoice("", str(_("Not rated yet"))), *rated]

    def validate_subgroup_id(self, field: SelectField) -> None:
        """It belongs to the group."""
        chosen = next((one for one in self.subgroups if one.id == field.data), None)
        if chosen is not None and self.group_id.data and chosen.group_id != self.group_id.data:
            raise ValidationError(refusal_words(Refused("subgroup_elsewhere")))

    def validate_is_service(self, field: BooleanField) -> None:
        """Only tourism comes without goods."""
        group = next((one for one in self.groups if one.id == self.group_id.data), None)
        if field.data and group is not None and group.key not in WITHOUT_GOODS:
            raise ValidationError(refusal_words(Refused("service_of_tourism")))

    def validate_barcode(self, field: StringField) -> None:
        """Its check digit fits."""
        try:
            normalise_barcode(field.data or "")
        except Refused as refusal:
            raise ValidationError(refusal_words(refusal)) from refusal

    def validate_alcohol_degrees(self, field: StringField) -> None:
        """A number between 0 and 100, with a comma or a point."""
        try:
            degrees = read_degrees(field.data)
        except ValueError:
            degrees = 0.0
        if degrees is not None and not 0 < degrees < 100:
            raise ValidationError(str(gettext("Write the degrees as a number between 0 and 100, for example 29.5.")))

    def validate_certificate_issued_on(self, field: DateField) -> None:
        """At its field, as the verb would refuse it."""
        if is_issued_later(field.data):
            raise ValidationError(refusal_words(Refused("certificate_issued_later")))

    def validate_certificate_expires_on(self, field: DateField) -> None:
        """The end lies after the beginning."""
        issued = self.certificate_issued_on.data
        if issued is not None and field.data is not None and field.data <= issued:
            raise ValidationError(str(_("The certificate must end after the day it was issued.")))

    def explain(self, refusal: Refused) -> None:
        """Put a rule's no beside its field."""
        field = {"subgroup_elsewhere": "subgroup_id", "service_of_tourism": "is_service"}.get(refusal.reason)
        if field:
            self.fault(field, refusal_words(refusal))
        else:
            self.form_errors.append(refusal_words(refusal))

    def facts(self) -> ProductFacts:
        """What the verb takes."""
        return ProductFacts(
            group_id=self.group_id.data or 0,
            subgroup_id=self.subgroup_id.data,
            is_service=self.is_service.data,
            name_vi=self.name_vi.data or "",
            name_en=self.name_en.data or "",
            stars=self.stars.data,
            certificate_number=self.certificate_number.data or "",
            certificate_issuer=self.certificate_issuer.data or "",
            certificate_issued_on=self.certificate_issued_on.data,
            certificate_expires_on=self.certificate_expires_on.data,
            price=self.price.data,
            pack=self.pack.data or "",
            is_alcohol=self.is_alcohol.data,
            alcohol_degrees=read_degrees(self.alcohol_degrees.data),
            barcode=self.barcode.data or "",
            is_export_ready=self.is_export_ready.data,
            rank_level=self.rank_level.data or "",
            award_kind=self.award_kind.data or "",
            renewal_under_way=self.renewal_under_way.data,
        )
