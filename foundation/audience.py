"""Every route names its audience and its permission; a forgotten check cannot open a door."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import Blueprint, abort, current_app, g, redirect, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden

from foundation.actor import Actor, LentUnit

Permission = Callable[..., bool]
WhyNot = Callable[..., str | None]
View = Callable[..., ResponseReturnValue]
Thing = TypeVar("Thing")


class Audience(StrEnum):
    """For whom a set of pages is made."""

    ANYONE = "anyone"
    SIGNED_IN = "signed-in"
    PRODUCER = "producer"
    ORGANISER = "organiser"
    ADMIN = "admin"


class ClosedDoor(Forbidden):
    """A door that is shut to this person, with the sentence that says why."""


_why_not_known: list[tuple[Audience, WhyNot]] = []


def tells_why_not(audience: Audience) -> Callable[[WhyNot], WhyNot]:
    """Register `explain(actor, *things)` of a floor above: one sentence for a signed-in person shut out of a page for
    this audience, None where there is nothing to say. It may tell nothing that the person does not know already.
    """

    def register(explain: WhyNot) -> WhyNot:
        if (audience, explain) not in _why_not_known:
            _why_not_known.append((audience, explain))
        return explain

    return register


def audience_suffices(actor: Actor | None, *things: object) -> bool:
    """The permission of pages that show nothing beyond what their audience may see."""
    return True


def current_actor() -> Actor | None:
    """The person behind this request; None for a visitor without an account."""
    actor: Actor | None = g.get("actor")
    return actor


def lent_unit() -> LentUnit | None:
    """The unit lent to whoever is behind this request, on the pages where nobody acts for it."""
    unit: LentUnit | None = g.get("lent_unit")
    return unit


def forget_lent_unit() -> None:
    """It was handed over with this request: the answer speaks of it no longer."""
    g.lent_unit = None


def signed_in_actor() -> Actor:
    """The person behind this request on pages whose audience is signed in."""
    actor = current_actor()
    if actor is None:
        abort(401)
    return actor


class Pages(Blueprint):
    """A blueprint of one task for one audience, guarded before any of its views runs."""

    def __init__(
        self,
        name: str,
        import_name: str,
        *,
        audience: Audience,
        url_prefix: str | None = None,
        for_lent_unit: bool = False,
    ) -> None:
        """`for_lent_unit`: whoever acts for a unit that was lent to them does so on these pages, and on no others."""
        super().__init__(name, import_name, url_prefix=url_prefix)
        self.audience = audience
        self.for_lent_unit = for_lent_unit
        self.permissions: dict[str, Permission] = {}
        self.record_once(self._tell_permissions)
        self.before_request(self._guard)
        self.after_request(self._insist_on_permission)

    def page(
        self, rule: str, *, may: Permission, methods: tuple[str, ...] = ("GET",), endpoint: str | None = None
    ) -> Callable[[View], View]:
        """Register a view. `may(actor, *things)` is asked by `demand(*things)`, which the view must call
        unless the permission is `audience_suffices`.
        """

        def register(view: View) -> View:
            name = endpoint or view.__name__
            self.add_url_rule(rule, name, view, methods=list(methods))
            self.permissions[name] = may
            return view

        return register

    def _tell_permissions(self, state: BlueprintSetupState) -> None:
        _permissions(state.app).update({f"{self.name}.{name}": (self, may) for name, may in self.permissions.items()})

    def _guard(self) -> ResponseReturnValue | None:
        actor = current_actor()
        if actor is not None and not self.for_lent_unit:
            g.lent_unit = actor.acts_for
            g.actor = actor = actor.for_oneself()
        if self.audience is Audience.ANYONE:
            return None
        if actor is None:
            if request.method not in {"GET", "HEAD"}:
                abort(401)
            g.permission_asked = True  # the view is not reached, nothing is shown
            return redirect(url_for("sign_in.form", next=request.full_path.rstrip("?")), 303)
        if not belongs(actor, self.audience):
            _tell_why_not(self.audience, actor)
            abort(403)
        return None

    def _insist_on_permission(self, response: Any) -> Any:
        entry = _permissions(current_app).get(request.endpoint or "")
        # OPTIONS is answered by Flask with the methods alone, the view is not reached.
        asked = g.get("permission_asked", False) or response.status_code >= 400 or request.method == "OPTIONS"
        if entry and entry[1] is not audience_suffices and not asked:
            raise AssertionError(f"{request.endpoint} answered without asking {entry[1].__name__}")
        return response


def belongs(actor: Actor, audience: Audience) -> bool:
    """Whether a signed-in person is part of the audience."""
    return {
        Audience.ANYONE: True,
        Audience.SIGNED_IN: True,
        Audience.PRODUCER: actor.is_producer,
        Audience.ORGANISER: actor.is_organiser,
        Audience.ADMIN: actor.is_admin,
    }[audience]


def demand(*things: object) -> None:
    """Ask this route's permission about the things at hand; whoever may not gets the same 404 as for nothing.

    Who knows of them anyway gets a 403 with the reason in words, where one is registered.
    """
    g.permission_asked = True
    pages, may = _permissions(current_app)[request.endpoint or ""]
    actor = current_actor()
    if not may(actor, *things):
        if actor is not None:
            _tell_why_not(pages.audience, actor, *things)
        abort(404)


def _tell_why_not(audience: Audience, actor: Actor, *things: object) -> None:
    for concerned, explain in _why_not_known:
        sentence = explain(actor, *things) if concerned is audience else None
        if sentence is not None:
            raise ClosedDoor(sentence)


def found(thing: Thing | None) -> Thing:
    """The thing, or the 404 page when there is none."""
    if thing is None:
        abort(404)
    return thing


def route_permissions(app: Any) -> dict[str, tuple[Pages, Permission]]:
    """Endpoint → (its pages, its permission), for the tests that walk the routes."""
    return _permissions(app)


def _permissions(app: Any) -> dict[str, tuple[Pages, Permission]]:
    table: dict[str, tuple[Pages, Permission]] = app.extensions.setdefault("permissions", {})
    return table
