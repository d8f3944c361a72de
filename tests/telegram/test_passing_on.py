"""A ticket is passed on by command and by button, merged, and a customer kept out."""

from pathlib import Path

from bot.dialog.content import Content
from handoff.ticket import Ticket
from tests.telegram.stage import Stage, stage
from tests.telegram.test_commands import answer
from tests.telegram.test_console import talking


async def ticket(s: Stage, number: int = 1) -> Ticket:
    async with s.storage.work.read() as tx:
        found = await tx.ticket(number)
    assert found is not None
    return found


async def test_to_a_colleague_with_a_note(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        _, topic = await talking(s)
        await s.online("olga")
        s.operator("anna").writes_in(topic, "/transfer @olga просит скидку", s.group)
        await s.until(lambda: s.operator("olga").finds("accept:1", to=s.group))
        assert (await ticket(s)).operator == "olga"
        await s.until(lambda: "просит скидку" in "".join(s.group.reads(topic)))


async def test_to_a_skill_by_its_title_in_any_language(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        _, topic = await talking(s)
        s.operator("anna").writes_in(topic, "/transfer Мастерская тормоза скрипят", s.group)
        await s.until(lambda: "тормоза скрипят" in s.group.reads(topic)[-1])
        assert (await ticket(s)).skill == "workshop"


async def test_by_button_skills_and_colleagues_who_are_here_are_shown(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        await talking(s)
        anna, olga = s.operator("anna"), s.operator("olga")
        await s.online("olga")
        assert (await olga.presses("transfer:1", to=s.group).answered())["show_alert"]
        await anna.presses("transfer:1", to=s.group).answered()
        await s.until(lambda: anna.finds("transfer:1:o:olga", to=s.group))
        assert anna.finds("transfer:1:s:delivery", to=s.group)
        assert not anna.finds("transfer:1:o:anna", to=s.group)
        assert not anna.finds("transfer:1:o:janis", to=s.group), "who is away is not shown"
        await anna.presses("transfer:1:back", to=s.group).answered()
        await s.until(lambda: anna.finds("close:1", to=s.group))
        await anna.presses("transfer:1", to=s.group).answered()
        await s.until(lambda: anna.finds("transfer:1:o:olga", to=s.group))
        assert (await anna.presses("transfer:1:o:olga", to=s.group).answered())["text"] == "Передано."
        await s.until(lambda: not anna.finds("transfer:1", to=s.group))
        await s.until(lambda: olga.finds("accept:1", to=s.group))


async def test_the_command_alone_shows_the_same_choice(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        _, topic = await talking(s)
        await answer(s, "anna", "/transfer", topic)
        anna = s.operator("anna")
        assert (await anna.presses("transfer:1:s:workshop", to=s.group).answered())["text"] == "Передано."
        assert (await ticket(s)).skill == "workshop"


async def test_who_is_not_known_is_told_with_the_nearest(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        _, topic = await talking(s)
        assert "Может быть, @olga?" in await answer(s, "anna", "/transfer @olgo срочно", topic)
        told = await answer(s, "anna", "/transfer xyzzy", topic)
        assert told.endswith("Есть: Общие вопросы, Доставка, Мастерская, @anna, @olga, @janis, @marta.")
        told = await answer(s, "olga", "/assign xyzzy", topic)
        assert told == "xyzzy: такого коллеги или отдела нет. Есть: @anna, @olga, @janis, @marta."
        assert (await ticket(s)).operator == "anna"


async def test_a_supervisor_assigns_and_nobody_else(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        topic = await s.wait_in_queue(s.api.person("Boris", language="ru"))
        await s.settled()
        assert "/assign @" in await answer(s, "olga", "/assign @anna срочно", topic)
        refused = await answer(s, "olga", "/assign @anna", topic)
        assert "Анна" in refused
        await s.online("anna")
        await s.until(lambda: s.operator("anna").finds("accept:1", to=s.group))
        refused = await answer(s, "marta", "/assign @anna", topic)
        assert refused == s.content.phrases.say("lv", "op_supervisors_only")
        s.operator("olga").writes_in(topic, "/assign анна", s.group)
        await s.until(lambda: s.group.topics[0].name.startswith("🟢"))
        assert (await ticket(s)).operator == "anna"


async def test_two_talks_with_one_person_become_one(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        await talking(s)
        other = s.api.person("Boris B", language="ru")
        other.says("позовите оператора")
        await s.until(lambda: s.operator("anna").finds("accept:2", to=s.group))
        await s.operator("anna").presses("accept:2", to=s.group).answered()
        await s.settled()
        s.operator("anna").writes_in(s.last, "/merge #1", s.group)
        await s.until(lambda: s.group.topics[1].closed)
        assert (await ticket(s, 2)).state_name == "closed"
        assert not s.group.topics[0].closed


async def test_a_customer_is_blocked_and_heard_again(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, topic = await talking(s)
        s.operator("anna").writes_in(topic, "/block", s.group)
        await s.until(lambda: s.group.topics[0].closed)
        await s.settled()
        before = len(boris.sees())
        boris.says("ау")
        await s.handled()
        await s.settled()
        assert len(boris.sees()) == before
        s.group.chat.topics[topic].closed = False
        s.operator("anna").writes_in(topic, "/block off", s.group)
        await s.handled()
        boris.says("сколько стоит доставка")
        await s.until(lambda: len(boris.sees()) > before)


async def test_by_button_nobody_is_led_to_where_a_ticket_cannot_go(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        await talking(s)
        anna = s.operator("anna")
        await anna.presses("transfer:1", to=s.group).answered()
        await s.until(lambda: anna.finds("transfer:1:back", to=s.group))
        assert not anna.finds("transfer:1:s:delivery", to=s.group), "it would come back to her"
        assert anna.finds("→ Мастерская (сейчас никого)", to=s.group)
        await s.online("janis", "olga")
        await anna.presses("transfer:1:back", to=s.group).answered()
        await s.until(lambda: anna.finds("close:1", to=s.group))
        await anna.presses("transfer:1", to=s.group).answered()
        await s.until(lambda: anna.finds("transfer:1:s:delivery", to=s.group))
        labels = [
            button["text"] for row in s.group.shows(s.last)[-1]["reply_markup"]["inline_keyboard"] for button in row
        ]
        assert labels[:2] == ["→ Доставка", "→ Мастерская"]


async def test_what_one_was_offered_is_passed_on_by_command_too(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        anna, olga = s.operator("anna"), s.operator("olga")
        await s.online("anna")
        s.api.person("Boris", language="ru").says("позовите оператора")
        await s.until(lambda: anna.finds("accept:1", to=s.group))
        await s.online("olga")
        anna.writes_in(s.last, "/transfer Ольга её клиент", s.group)
        await s.until(lambda: olga.finds("accept:1", to=s.group))
        await s.until(lambda: "Анна передаёт №1: Ольга.\nеё клиент" in s.group.reads(s.last))
        assert (await ticket(s)).operator == "olga"
