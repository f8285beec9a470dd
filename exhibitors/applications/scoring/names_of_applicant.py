"""What would tell a blind reviewer whose application it is: names of the unit, and places it comes from."""

from __future__ import annotations

from exhibitors.applications.booth_application import BoothApplication
from foundation.folding import bare_name


def names_of_applicant(application: BoothApplication) -> list[str]:
    """The unit's names in full first, then without their legal form, and whatever else names it."""
    unit = application.producer
    own = [unit.name_vi, unit.name_en]
    reached = [unit.tax_code, unit.contact_person, unit.contact_phone, unit.contact_email, unit.address]
    pages = [unit.website, unit.shop_url, unit.social_url]
    return [*own, *map(bare_name, own), application.fascia_name, *reached, *pages]


def places_of_applicant(application: BoothApplication) -> list[str]:
    """Its commune with and without the kind, its former district, or the place outside the province."""
    unit = application.producer
    places = [unit.place_outside]
    if unit.locality is not None:
        home = unit.locality
        places += [home.name_vi, home.name_en, home.short_name, home.district.name, *home.former_communes.split(";")]
    if unit.district is not None:
        places.append(unit.district.name)
    return [place.strip() for place in places if place.strip()]
