"""The lane of a group that is asked for more than it can take: what is joined, told, spread and survived."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.dialog.acts import Done, Sender, Wrote
from bot.dialog.content import Content
from bot.dialog.operator_acts import Say, Transfer
from bot.dialog.orders import Outgoing, Post, RefreshTopic, RelayMessage, TellOperator
from bot.settings import Limit
from handoff.desk import Desk
from tests.bot_api.refusals import RefusalError, too_many
from tests.telegram.lane_time import Told, about_lane, busy, lane, order
from tests.telegram.rush import roomy
from tests.telegram.stage import GROUP

OTHER = -1005550000000
TYPICAL = (Limit(5, timedelta(seconds=5)), Limit(60, timedelta(minutes=5)))


def all_at_once(watch: Told, *acts: object) -> None:
    watch.plan = [(watch.at, act) for act in acts]


async def test_quick_messages_share_a_post_with_their_formatting(sample: Content, tmp_path: Path) -> None:
    async with lane(roomy(sample), tmp_path) as (s, watch):
        [vera] = await busy(s, watch, "Vera")
        bold = [{"type": "bold", "offset": 0, "length": 4}]
        all_at_once(watch, lambda: [vera.says("раз"), vera.says("🙂 два"), vera.says("жирный текст", entities=bold)])
        await watch.pass_all()
        last = s.group.shows(s.last)[-1]
        assert last["text"] == "раз\n🙂 два\nжирный текст"
        assert last["entities"] == [{"type": "bold", "offset": 11, "length": 4}]


async def test_when_the_lane_is_free_each_message_is_a_post(sample: Content, tmp_path: Path) -> None:
    async with lane(roomy(sample), tmp_path) as (s, watch):
        [vera] = await busy(s, watch, "Vera")
        watch.at += 60
        sender = Sender("telegram", str(vera.id), "Vera", language="ru")
        both = [s.service.do(Wrote(sender, text, text, s.clock())) for text in ("раз", "два")]
        await asyncio.gather(*both)  # in one commit, so that the lane sees both
        await watch.pass_all()
        assert s.group.reads(s.last)[-2:] == ["раз", "два"]


async def test_each_of_the_joined_messages_is_found_again(sample: Content, tmp_path: Path) -> None:
    async with lane(roomy(sample), tmp_path) as (s, watch):
        [vera], said = await busy(s, watch, "Vera"), []
        all_at_once(watch, lambda: said.extend(map(vera.says, ("раз", "два", "три"))))
        await watch.pass_all()
        post = s.group.shows(s.last)[-1]
        vera.edits(said[0], "РАЗ")
        await s.handled()
        await watch.pass_all()
        edit = s.group.shows(s.last)[-1]
        assert edit["text"] == "✏️ РАЗ"
        assert edit["reply_to_message"]["message_id"] == post["message_id"]
        vera.says("о втором", reply_to=said[1])
        await s.handled()
        await watch.pass_all()
        assert s.group.shows(s.last)[-1]["reply_to_message"]["message_id"] == post["message_id"]
        s.operator("anna").writes_in(s.last, "ясно", s.group, reply_to=post)
        await s.handled()
        await s.until(lambda: vera.reads()[-1] == "ясно")
        assert vera.sees()[-1]["reply_to_message"]["message_id"] == said[2]["message_id"]


async def test_nothing_is_joined_across_what_somebody_else_wrote(sample: Content, tmp_path: Path) -> None:
    async with lane(roomy(sample), tmp_path) as (s, watch):
        [vera], anna = await busy(s, watch, "Vera"), s.operator("anna")
        all_at_once(
            watch, lambda: vera.says("до"), lambda: anna.writes_in(s.last, "Да?", s.group), lambda: vera.says("после")
        )
        await watch.pass_all()
        assert s.group.reads(s.last)[-2:] == ["до", "после"]


async def test_what_a_colleague_says_at_the_desk_stands_by_itself_with_their_name(
    sample: Content, tmp_path: Path
) -> None:
    async with lane(roomy(sample), tmp_path) as (s, watch):
        [vera] = await busy(s, watch, "Vera")
        watch.moves.clear()
        vera.says("раз")
        await s.handled()
        for number, words in enumerate(("Да", "Слушаю")):
            assert isinstance(await s.service.do(Say("anna", "conversation-1", f"desk-{number}", words)), Done)
        vera.says("два")
        await s.handled()
        watch.moves.set()
        await watch.pass_all()
        assert s.group.reads(s.last)[-4:] == ["раз", "Анна: Да", "Анна: Слушаю", "два"]


async def test_an_offer_does_not_wait_with_the_words_that_leave_it_a_turn(sample: Content, tmp_path: Path) -> None:
    async with lane(roomy(sample), tmp_path) as (s, watch):
        [vera], oleg = await busy(s, watch, "Vera"), s.api.person("Oleg", language="ru")
        begun = s.api.now()
        watch.plan = [(watch.at, lambda: vera.says("раз")), (watch.at + 1, lambda: oleg.says("позовите оператора"))]
        await watch.pass_all()
        assert s.group.chat.messages[s.last]["_at"] - begun < 2, "the topic that it needs"


async def test_words_that_have_waited_have_every_fourth_turn_beside_answers(sample: Content, tmp_path: Path) -> None:
    async with lane(roomy(sample), tmp_path) as (s, watch):
        await busy(s, watch, "Vera")
        watch.moves.clear()
        await order(s, *(TellOperator("olga", f"w{number}") for number in range(2)))
        await s.until(lambda: s.room.loads()[GROUP].orders == 2)
        watch.at += 16
        await order(s, *(Post(f"a{number}") for number in range(5)))
        watch.moves.set()
        await watch.pass_all()
        said = [text.removeprefix("Ольга: ") for text in s.group.reads()[-7:]]
        assert said == ["a0", "a1", "a2", "w0", "a3", "a4", "w1"]


async def test_what_comes_within_a_moment_is_looked_at_once(sample: Content, tmp_path: Path) -> None:
    async with lane(roomy(sample), tmp_path) as (s, watch):
        [vera] = await busy(s, watch, "Vera")
        head, looks = s.storage.outbox.head, []

        async def counted(destination: str, *more: Any) -> list[Outgoing]:
            looks.append(destination)
            return await head(destination, *more)

        s.storage.outbox.head = counted
        watch.plan = [(watch.at + 0.01 * number, lambda: vera.says("Ау")) for number in range(20)]
        await watch.pass_all()
        assert looks.count(f"telegram:{GROUP}") < 10


async def test_after_a_limit_there_is_no_burst(sample: Content, tmp_path: Path) -> None:
    async with lane(roomy(sample), tmp_path) as (s, watch):
        await busy(s, watch, "Vera")
        watch.at += 60
        s.api.refuse("sendMessage", too_many(5), chat=GROUP)
        await order(s, *(TellOperator("olga", f"{number}") for number in range(3)))
        await watch.pass_all()
        first, second, third = (each["_at"] for each in s.group.shows()[-3:])
        assert second - first >= 3.7
        assert third - second >= 3.7
        watch.at += 60
        await order(s, *(TellOperator("olga", f"{number}") for number in range(2)))
        await watch.pass_all()
        assert s.group.shows()[-1]["_at"] - s.group.shows()[-2]["_at"] < 1, "until it has filled up again"


async def test_the_files_of_a_card_give_way_to_an_answer(sample: Content, tmp_path: Path) -> None:
    skills = {**sample.desk.skills, "workshop": replace(sample.desk.skills["workshop"], chat=OTHER)}
    async with lane(roomy(replace(sample, desk=replace(sample.desk, skills=skills))), tmp_path) as (s, watch):
        workshop = s.api.group("Workshop", OTHER)
        [vera], janis = await busy(s, watch, "Vera"), s.operator("janis")
        for _ in range(5):
            vera.sends("photo")
        await s.handled()
        await watch.pass_all()
        watch.plan = [(watch.at + 12, lambda: janis.says("/queue", to=workshop))]
        await s.service.do(Transfer("anna", 1, "workshop"))
        await watch.pass_all()
        [answer] = workshop.shows()
        last = max(each["message_id"] for each in workshop.shows(workshop.topics[0].id) if "photo" in each)
        assert answer["message_id"] < last


async def test_files_and_answers_are_posts_of_their_own(sample: Content, tmp_path: Path) -> None:
    async with lane(roomy(sample), tmp_path) as (s, watch):
        [vera] = await busy(s, watch, "Vera")
        first = vera.says("первое")
        await s.handled()
        await watch.pass_all()
        all_at_once(
            watch,
            lambda: [vera.says("раз"), vera.says("два"), vera.sends("photo")],
            lambda: [vera.says("три"), vera.says("ответ", reply_to=first), vera.says("пять")],
        )
        await watch.pass_all()
        shown = s.group.shows(s.last)[-4:]
        assert [each.get("text", "photo") for each in shown] == ["раз\nдва", "photo", "три", "ответ\nпять"]
        assert shown[-1]["reply_to_message"]["text"] == "первое"


async def test_what_is_too_long_for_one_post_is_not_squeezed_into_it(sample: Content, tmp_path: Path) -> None:
    async with lane(roomy(sample), tmp_path) as (s, watch):
        [vera] = await busy(s, watch, "Vera")
        texts = ["🙂" * 1500, "б" * 1000, "в" * 96, "г" * 3000, "д" * 999]
        all_at_once(watch, lambda: [vera.says(text) for text in texts])
        await watch.pass_all()
        posts = s.group.reads(s.last)[-3:]
        assert posts == ["\n".join(texts[:2]), "\n".join(texts[2:3] + texts[3:4]), texts[4]]


async def test_a_joined_post_that_is_refused_loses_nothing(sample: Content, tmp_path: Path) -> None:
    async with lane(roomy(sample), tmp_path) as (s, watch):
        [vera] = await busy(s, watch, "Vera")
        s.api.refuse("sendMessage", RefusalError(400, "Bad Request: something odd"), chat=GROUP)
        all_at_once(watch, lambda: [vera.says("раз"), vera.says("два"), vera.says("три")])
        await watch.pass_all()
        assert s.group.reads(s.last)[-2:] == ["раз", "два\nтри"]


async def test_a_joined_post_is_not_repeated_when_its_rows_were_not_recorded(sample: Content, tmp_path: Path) -> None:
    async with lane(roomy(sample), tmp_path) as (s, watch):
        [vera] = await busy(s, watch, "Vera")
        all_at_once(watch, lambda: [vera.says("раз"), vera.says("два")])
        await watch.pass_all()
        shown = s.group.reads(s.last)
        async with s.storage.work.begin() as tx:
            [known] = await tx.conversations([("telegram", str(vera.id))])
            said = [each.seq for each in await tx.messages(known.id) if each.text in ("раз", "два")]
        await order(s, *(RelayMessage(known.id, seq) for seq in said))
        await watch.pass_all()
        assert s.group.reads(s.last) == shown


async def test_titles_that_are_out_of_date_cost_no_post(sample: Content, tmp_path: Path) -> None:
    async with lane(roomy(sample), tmp_path) as (s, watch):
        await busy(s, watch, "Vera")
        before = len(s.api.calls)
        await order(s, *(RefreshTopic(1) for _ in range(20)))
        await watch.pass_all()
        assert [name for name, _ in s.api.calls[before:] if name not in ("getUpdates", "getChat")] == []


async def test_a_customer_who_floods_delays_the_others_by_a_post_or_two(sample: Content, tmp_path: Path) -> None:
    async with lane(roomy(sample), tmp_path, limits=TYPICAL) as (s, watch):
        flood, vera = await busy(s, watch, "Flood", "Vera")
        texts = [f"{number} " + "слово " * 60 for number in range(100)]
        all_at_once(watch, lambda: [flood.says(text) for text in texts])
        watch.plan += [(watch.at + 9 * number, lambda number=number: vera.says(f"v{number}")) for number in range(1, 5)]
        begun = watch.at
        await watch.pass_all()
        topics = [each.id for each in s.group.topics]
        assert "\n".join(s.group.reads(topics[0])[-10:]) == "\n".join(texts)
        shown = {each["text"]: each["_at"] for each in s.group.shows(topics[1])}
        start = s.api.now() - watch.at
        delays = [shown[f"v{number}"] - start - begun - 9 * number for number in range(1, 5)]
        assert max(delays) <= 8


async def test_who_writes_faster_than_the_limits_gives_way_to_whoever_comes_later(
    sample: Content, tmp_path: Path
) -> None:
    async with lane(roomy(sample), tmp_path, limits=TYPICAL) as (s, watch):
        flood, vera = await busy(s, watch, "Flood", "Vera")
        all_at_once(watch, lambda: [flood.says(f"f{number}") for number in range(6)])
        watch.plan.append((watch.at + 1, lambda: vera.says("v")))
        await watch.pass_all()
        first, second = (each.id for each in s.group.topics)
        assert s.group.shows(second)[-1]["text"] == "v"
        assert s.group.shows(second)[-1]["message_id"] < s.group.shows(first)[-1]["message_id"]


async def test_each_group_has_a_lane_topics_and_notices_of_its_own(sample: Content, tmp_path: Path) -> None:
    content = spread(roomy(sample))

    def venue(desk: Desk, skill: str) -> str:
        return f"telegram:{(desk.skills[skill].chat if skill in desk.skills else None) or GROUP}"

    async with lane(content, tmp_path, venue=venue) as (s, watch):
        await busy(s, watch, "Vera")
        other, oleg = s.api.group("Delivery", OTHER), s.api.person("Oleg", language="ru")
        watch.moves.clear()
        await order(s, *(TellOperator("olga", f"line {number}") for number in range(20)))
        oleg.says("сколько стоит доставка")
        await s.handled()
        oleg.says("позовите оператора")
        await s.until(lambda: s.operator("anna").finds("accept:", to=other))
        [topic] = other.topics
        assert "Oleg" in topic.name
        watch.moves.set()
        await watch.pass_all()
        assert len(s.group.topics) == 1
        assert about_lane(s)
        assert other.reads() == []


def spread(content: Content) -> Content:
    """Delivery has a group of its own."""
    skills = content.desk.skills | {"delivery": replace(content.desk.skills["delivery"], chat=OTHER)}
    return replace(content, desk=replace(content.desk, skills=skills))
