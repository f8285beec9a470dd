"""Load the former districts, the dated names and the 54 localities from the register into the database."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from events.places.locality import AdministrativeName, District, Locality
from events.places.locality_register import (
    PROVINCE,
    RegisteredLocality,
    administrative_names,
    former_districts,
    registered_localities,
)
from foundation.folding import slugify


def load_localities(session: Session) -> int:
    """Bring the database up to the register; doing it again changes nothing. Answers how many localities there are."""
    districts = _load_districts(session)
    _load_names(session, districts)
    present = {locality.code: locality for locality in session.scalars(select(Locality))}
    for registered in registered_localities():
        locality = present.get(registered.code) or Locality(code=registered.code)
        _take_over(locality, registered, districts[registered.former_district])
        session.add(locality)
    session.flush()
    return len(registered_localities())


def _load_districts(session: Session) -> dict[str, District]:
    present = {district.name: district for district in session.scalars(select(District))}
    for name in former_districts():
        if name not in present:
            present[name] = District(name=name, slug=slugify(name))
            session.add(present[name])
    session.flush()
    return present


def _load_names(session: Session, districts: dict[str, District]) -> None:
    present = {(name.district_id, name.name_vi): name for name in session.scalars(select(AdministrativeName))}
    for registered in administrative_names():
        district_id = None if registered.level == PROVINCE else districts[registered.unit].id
        name = present.get((district_id, registered.name_vi)) or AdministrativeName(district_id=district_id)
        name.name_vi, name.name_en = registered.name_vi, registered.name_en
        name.valid_from, name.valid_to = registered.valid_from, registered.valid_to
        name.source = registered.source
        session.add(name)
    session.flush()


def _take_over(locality: Locality, registered: RegisteredLocality, district: District) -> None:
    locality.kind = registered.kind
    locality.name_vi, locality.name_en = registered.name_vi, registered.name_en
    locality.short_name = registered.short_name
    locality.former_communes = "; ".join(registered.former_communes)
    locality.district = district
