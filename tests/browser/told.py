"""What a widget is shown without a server's doing: frames as the server makes them, told to the page."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.dialog.messages import Attachment, Author, AuthorKind, Button, ButtonKind, Message
from bot.web.showing import message_frame

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
BOT, ANNA, CUSTOMER = Author(AuthorKind.BOT), Author(AuthorKind.OPERATOR, "Anna"), Author(AuthorKind.CUSTOMER)
TELL = """async ([name, data]) => {
  const talk = await document.querySelector("frontline-chat").talk();
  if (name === "messages") talk.line.seen = Math.max(...data.map((one) => one.seq));
  talk.line.tell(name, data);
}"""
DAYS = [Button(f"day:2026-05-{day:02}:0", f"{day} May") for day in (5, 6, 7, 8, 11, 12, 15)]
TIMES = [
    Button(f"slot:{minute}", f"{9 + minute // 60:02}:{minute % 60:02}", ButtonKind.SLOT) for minute in range(0, 480, 30)
]
STARS = [Button(f"rate:1:{n}", "★" * n, ButtonKind.RATE) for n in range(1, 6)]


def message(seq, author, text, **more):
    return Message("c" * 32, seq, AT + timedelta(minutes=seq), author, text, **more)


def a_talk(buttons=()):
    """A bit of everything, with these buttons under the last message."""
    paper = Attachment("document", "file:1", "offer.pdf", "application/pdf", 12345)
    rich = "# Prices\n\nIn town **€3**, else [by rates](https://example.com).\n\n- one\n- two `code`\n\n> quoted"
    return [
        message(1, CUSTOMER, "How much is delivery?", key="k1"),
        message(
            2,
            BOT,
            "Prices",
            markdown=rich,
            buttons=(Button("intent:x", "Pick-up"), Button("u", "Rates", ButtonKind.URL, "https://e.com")),
        ),
        message(3, CUSTOMER, "שלום, כמה זה עולה? 🚲", key="k2"),
        message(4, Author(AuthorKind.SYSTEM), "Anna has joined"),
        message(5, ANNA, "Here is the offer", attachments=(paper,)),
        replace(message(6, ANNA, "Changed"), edited=True),
        replace(message(7, ANNA, ""), deleted=True),
        message(8, BOT, "Choose", buttons=tuple(buttons)),
    ]


async def tell(page, name, data):
    """Let the page believe that the server has told it this."""
    await page.evaluate(TELL, [name, data])


async def show(page, messages):
    await tell(page, "messages", [message_frame(each).model_dump(mode="json") for each in messages])


async def state(page, mode, **more):
    await tell(page, "state", {"mode": mode, "position": None, "wait_s": None, "operator": None} | more)
