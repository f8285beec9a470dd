"""Which products may be brought to a fair: those whose certificate holds on its last day, judged one by one."""

from __future__ import annotations

from datetime import date

from exhibitors.producers.producer import Product
from foundation.refusal import Refused


def why_not_brought(product: Product, last_day: date, *, needs_certificate: bool) -> Refused | None:
    """Why a product cannot be chosen for a fair that ends on this day, or None.

    Reasons: certificate_ends_before, certificate_begins_after (with `day`), and certificate_not_entered for a product
    with stars, or for any where the call asks for certificates. A product without stars is a potential one: the call
    decides about it. While a renewal is under way the organiser decides, who sees it marked.
    """
    issued, expires = product.certificate_issued_on, product.certificate_expires_on
    if product.renewal_under_way or product.certificate_holds_on(last_day):
        return None
    if issued is None or expires is None:
        is_potential = product.stars is None and not needs_certificate
        return None if is_potential else Refused("certificate_not_entered", product=product.name)
    if expires < last_day:
        return Refused("certificate_ends_before", product=product.name, day=f"{expires:%d/%m/%Y}")
    return Refused("certificate_begins_after", product=product.name, day=f"{issued:%d/%m/%Y}")
