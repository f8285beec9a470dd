"""The products that applications bring: chosen from the unit's own, and kept there while an application goes on."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from exhibitors.applications.application_moves import ENDED
from exhibitors.applications.booth_application import ApplicationProduct, BoothApplication
from exhibitors.applications.product_choice import why_not_brought
from exhibitors.calls.call_terms import terms_of
from exhibitors.producers.producer import Product
from exhibitors.producers.product_removal import before_product_leaves
from foundation import clock
from foundation.refusal import Refused


def bring_products(session: Session, application: BoothApplication, product_ids: set[int]) -> None:
    """Exactly these products of the unit. Refuses `product_not_yours` and, for new ones, as `why_not_brought`."""
    query = select(Product).where(Product.producer_id == application.producer_id, Product.id.in_(product_ids))
    products = session.scalars(query).all()
    if {product.id for product in products} != product_ids:
        raise Refused("product_not_yours")
    kept = {good.product_id for good in application.goods}
    day = application.fair.last_day or clock.today()
    must = terms_of(session, application.fair).conditions.needs_certificate
    for product in products:
        objection = why_not_brought(product, day, needs_certificate=must) if product.id not in kept else None
        if objection is not None:
            raise objection
    for good in [good for good in application.goods if good.product_id not in product_ids]:
        application.goods.remove(good)
    application.goods.extend(ApplicationProduct(product_id=number) for number in sorted(product_ids - kept))


@before_product_leaves
def _keep_products_in_use(session: Session, product: Product) -> None:
    """A product stays while an application that is going on brings it; ended applications let it go."""
    rows = session.execute(
        select(ApplicationProduct, BoothApplication)
        .join(BoothApplication, BoothApplication.id == ApplicationProduct.application_id)
        .where(ApplicationProduct.product_id == product.id)
    ).all()
    for _, application in rows:
        if application.current not in ENDED:
            raise Refused("product_in_use", code=application.code, fair=application.fair.name)
    for good, application in rows:
        application.goods.remove(good)
    session.flush()
