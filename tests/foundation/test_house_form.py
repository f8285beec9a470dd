"""What every form of the house does with what is typed into it."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import PasswordField, SelectMultipleField, StringField

from foundation.house_form import HouseForm


class LittleForm(HouseForm):
    name = StringField()
    password = PasswordField()
    products = SelectMultipleField(coerce=int, choices=[(1, "Miến dong"), (2, "Ruốc")])


def filled(**typed: object) -> LittleForm:
    return LittleForm(MultiDict(typed))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  Miến dong ", "Miến dong"), ("Mie\u0302\u0301n", "Miến"), ("a\0b\x07c", "abc")],
)
def test_text_is_kept_without_what_nobody_sees(typed: str, kept: str) -> None:
    assert filled(name=typed).name.data == kept


def test_password_is_kept_as_typed() -> None:
    assert filled(password=" mật khẩu ").password.data == " mật khẩu "


@pytest.mark.parametrize("typed", [["x"], ["1", "x"], ["9" * 30, "\0"]])
def test_choice_that_cannot_be_read_chooses_nothing_and_is_refused(app: object, typed: list[str]) -> None:
    with app.test_request_context():
        form = filled(products=typed)
        assert form.products.data == []
        assert not form.validate()


def test_choices_that_can_be_read_are_chosen() -> None:
    assert filled(products=["1", "2"]).products.data == [1, 2]
