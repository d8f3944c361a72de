"""Orders survive their way through the outbox."""

import json
from dataclasses import fields
from typing import get_args

import pytest

from bot.dialog.orders import Keyboard, Order, pack, unpack

SAMPLES = {"int": 7, "str": "text", "int | None": None, "bool": True, "tuple[str, ...]": ("anna", "olga")}
SAMPLES[str(Keyboard)] = ((("Send", "send:1:a"), ("No", "no:1")), (("Back", "back:1"),))


def sample(kind: type) -> Order:
    return kind(
        **{
            each.name: SAMPLES[each.type.__name__ if type(each.type) is type else str(each.type)]
            for each in fields(kind)
        }
    )


@pytest.mark.parametrize("kind", get_args(Order), ids=lambda kind: kind.__name__)
def test_every_order_comes_out_as_it_went_in(kind):
    order = sample(kind)
    name, data = pack(order)
    assert unpack(name, json.loads(json.dumps(data))) == order


def test_an_order_of_another_version_is_named():
    with pytest.raises(KeyError, match="Dance"):
        unpack("Dance", {})
