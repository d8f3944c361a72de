"""Misfits between YAML and model are told in an author's words."""

from typing import Annotated

import pytest
from pydantic import BeforeValidator, Field

from intents.errors import FaultsError
from intents.fitting import Shape, fit, nearest
from intents.strict_yaml import parse


class Wheel(Shape):
    size: int
    brand: str = ""


class Rope(Shape):
    length: float


class Bike(Shape):
    name: str
    wheels: list[Wheel] = Field(default_factory=list)
    parts: dict[str, Wheel] = Field(default_factory=dict)
    lock: str | Rope = ""
    bell: bool = False
    note: Annotated[str, Field(alias="remark")] = ""
    gears: Annotated[int, Field(gt=0)] = 1
    places: Annotated[tuple[str, ...], Field(min_length=1), BeforeValidator(tuple)] = ()


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(FaultsError) as caught:
        fit(Bike, parse(text, "bike.yaml"))
    return [(fault.line, fault.text) for fault in caught.value.faults]


def test_what_fits_becomes_the_model():
    bike = fit(Bike, parse("name: A\nparts: {front: {size: 28}}\nremark: x", "f"))
    assert (bike.name, bike.parts["front"].size, bike.note) == ("A", 28, "x")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("name: A\nbel: true", 2, 'unknown key "bel"; did you mean "bell"?'),
        ("name: A\nzzz: 1", 2, 'unknown key "zzz"; known are: bell, gears, lock, name, parts, places, remark, wheels'),
        ("name: A\nparts:\n  front: {size: 1, brnd: x}", 3, 'unknown key "brnd"; did you mean "brand"?'),
        ("bell: true", 1, 'the key "name" is missing; add it'),
        ("name: A\nparts:\n  front: {}", 3, 'the key "size" is missing; add it'),
        ("name: 7", 1, '"name" is 7; a text is expected here; put it in quotes'),
        ("name: ", 1, '"name" has no value; a text is expected here'),
        ("name: A\nbell: 1", 2, '"bell" is 1; true or false is expected here'),
        ("name: A\nbell: False", 2, '"bell" is "False"; true or false is expected here'),
        ("name: A\nparts:\n  front: {size: x}", 3, '"size" is "x"; a whole number is expected here'),
        ('name: A\nparts: {front: {size: "7"}}', 2, '"size" is "7"; a whole number is expected here, without quotes'),
        ("name: A\nparts:\n  front: {size: true}", 3, '"size" is true; a whole number is expected here'),
        (
            "name: A\nwheels: {size: 1}",
            2,
            '"wheels" has keys of its own; a list is expected here: [one, two], or a line `- one` for each',
        ),
        ("name: A\nwheels: [x]", 2, 'this is "x"; keys with values (`key: value`) are expected here'),
        ("name: A\ngears: one", 2, '"gears" is "one"; a whole number is expected here'),
        ("name: A\nparts: []", 2, '"parts" is a list; keys with values (`key: value`) are expected here'),
        ("- A", 1, "the file is a list; keys with values (`key: value`) are expected here"),
        ("name: A\ngears: 0", 2, '"gears" is 0; make it more than 0'),
        ("name: A\nplaces: []", 2, "nothing is written here; name at least one"),
    ],
)
def test_a_misfit_names_its_line_and_remedy(text: str, line: int, said: str):
    assert faults(text) == [(line, said)]


def test_a_key_inside_one_member_of_a_union_is_compared_with_that_members_keys():
    assert (3, 'unknown key "lenght"; did you mean "length"?') in faults("name: A\nlock:\n  lenght: 1.5")


def test_only_what_the_author_can_have_meant_of_a_union_is_told_and_once():
    assert faults("name: A\nlock: {length: x}") == [(2, '"length" is "x"; a number is expected here, as 0.5')]
    assert faults("name: A\nlock: [x]") == [(2, '"lock" is a list; a text is expected here; put it in quotes')]
    assert faults("name: A\nlock: {}") == [(2, 'the key "length" is missing; add it')]


def test_a_key_inside_a_list_is_compared_with_the_items_keys():
    assert (3, 'unknown key "sice"; did you mean "size"?') in faults("name: A\nwheels:\n  - {sice: 1}")


def test_a_misspelt_key_is_not_told_as_a_missing_one_too():
    assert faults("nme: A") == [(1, 'unknown key "nme"; did you mean "name"?')]
    assert faults("name: A\nparts:\n  front: {sizes: 1}") == [(3, 'unknown key "sizes"; did you mean "size"?')]
    assert [line for line, _ in faults("zzz: A\nparts:\n  front: {brnd: x}")] == [1, 1, 3, 3]


def test_an_empty_file_fits_a_model_without_required_keys():
    assert fit(Shape, parse("", "f")) == Shape()


def test_the_nearest_name_is_offered_or_all_of_them():
    assert nearest("delivry", ["delivery", "general"]) == 'did you mean "delivery"?'
    assert nearest("xyz", ["b", "a"]) == "known are: a, b"
    assert nearest("xyz", []) == "none is defined"
    assert nearest("xyz", map(str, range(599))) == "it is like none of the 599 that there are"


def test_a_name_that_only_looks_like_a_known_one_is_said_to_be_typed_anew():
    assert nearest("dеlivery", ["delivery", "general"]) == (
        'the е in it is not the character that it looks like; type it anew: "delivery"'
    )
    assert nearest("gen\u200beral", ["general"]) == 'an invisible character stands in it; type it anew: "general"'
    assert nearest("пенсия", ["general"]) == "known are: general"
    assert faults("name: A\nbеll: true")[0][1].startswith('unknown key "bеll"; the е in it is not the character')


def test_a_list_is_not_called_empty_when_its_items_are_wrong():
    assert faults("name: A\nplaces: [7]") == [(2, "this is 7; a text is expected here; put it in quotes")]


def test_a_part_of_a_file_fits_a_model_with_the_lines_of_the_file():
    located = parse("a: 1\nfront:\n  - {size: 28}\n  - {sice: 1}", "f")
    assert fit(Wheel, located, ("front", 0)).size == 28
    with pytest.raises(FaultsError) as caught:
        fit(Wheel, located, ("front", 1))
    assert [(each.line, each.text) for each in caught.value.faults] == [(4, 'unknown key "sice"; did you mean "size"?')]
