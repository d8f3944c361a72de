"""Canned replies: what operators say often, written once by the admin."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.dialog.conversation import Conversation
from handoff.desk import Desk, Operator, titled

FILLED: Final = ("customer", "operator", "ticket")  # the placeholders that a reply may have
_NAMELESS: Final = re.compile(r",?\s*\{customer\}")


@dataclass(frozen=True, slots=True)
class Reply:
    """A text by locale, called by its name; {customer}, {operator} and {ticket} in it are filled in."""

    name: str
    texts: Mapping[str, str]

    def text(self, locale: str) -> str:
        """The text in the locale, else in the first language that it has, with its placeholders."""
        return titled(self.texts, locale)

    def said(self, locale: str, customer: str, operator: str, ticket: int) -> str:
        """The text as the customer reads it. Who gave no name is addressed without one."""
        text = self.text(locale)
        filled = {"customer": customer, "operator": operator, "ticket": str(ticket)}
        if not customer:
            text = _NAMELESS.sub("", text)
        return re.sub(r"\{(\w+)\}", lambda found: filled.get(found[1], found[0]), text)


def said_to(reply: Reply, desk: Desk, operator: Operator, customer: Conversation, ticket: int) -> str:
    """The reply as the customer reads it from the operator."""
    locale = desk.locale_of(customer.locale)
    return reply.said(locale, customer.name, titled(operator.name, locale), ticket)


Replies = Mapping[str, Reply]
