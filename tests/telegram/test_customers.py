"""What a customer does in their private chat, as acts."""

from pathlib import Path

from bot.dialog.acts import Act, Blocked, Done, Outcome, Pressed, Refused, Rewrote, SharedContact, Started, Wrote
from bot.dialog.content import Content
from bot.dialog.messages import Attachment, Entity, Ref
from tests.telegram.stage import stage


async def test_words_come_with_their_formatting_and_where_they_stand(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, scripted=True) as s:
        boris = s.api.person("Boris", language="lv")
        link = {"type": "text_link", "offset": 3, "length": 4, "url": "https://shop.example/"}
        said = boris.says("😀 link #tag", entities=[link, {"type": "hashtag", "offset": 8, "length": 4}])
        [act] = await s.told(1)
        assert isinstance(act, Wrote)
        assert (act.text, act.entities) == ("😀 link #tag", (Entity("text_link", 3, 4, "https://shop.example/"),))
        assert act.refs == (Ref(f"telegram:{boris.id}", str(said["message_id"])),)
        assert act.attachments == ()
        assert act.sent.timestamp() == said["date"]
        sender = act.sender
        assert (sender.channel, sender.address, sender.name, sender.language) == (
            "telegram",
            str(boris.id),
            "Boris",
            "lv",
        )


async def test_files_of_every_kind_are_attachments(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, scripted=True) as s:
        boris = s.api.person("Boris")
        kinds = ["photo", "document", "voice", "video", "audio", "sticker", "animation", "video_note"]
        for kind in kinds:
            boris.sends(kind)
        boris.sends("document", caption="The bill")
        acts = [act for act in await s.told(len(kinds) + 1) if isinstance(act, Wrote)]
        assert [act.attachments[0].kind for act in acts[:-1]] == kinds
        assert isinstance(acts[1].attachments[0], Attachment)
        assert acts[1].attachments[0].name == "document.bin"
        assert acts[1].attachments[0].size > 0
        assert acts[-1].text == "The bill"


async def test_start_is_not_a_question(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, scripted=True) as s:
        boris = s.api.person("Boris")
        boris.says("/start from-site")
        boris.says("/start")
        boris.says("/help")
        linked, plain, help_ = await s.told(3)
        assert isinstance(linked, Started)
        assert isinstance(plain, Started)
        assert isinstance(help_, Started), "who asks for help is greeted and told what they can do"
        assert (linked.payload, plain.payload) == ("from-site", "")
        assert linked.key != plain.key


async def test_a_press_is_answered_and_a_refusal_is_shown(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, scripted=True) as s:
        boris = s.api.person("Boris")
        asked = boris.says("hello")
        await s.told(1)

        def refusing(act: Act) -> Outcome:
            gone = isinstance(act, Pressed) and act.button == "gone"
            return Refused("not_found", "This button is old.") if gone else Done()

        s.service.outcome = refusing
        assert await boris.presses_data("intent:price", asked).answered() == {"text": "", "show_alert": False}
        refused = await boris.presses_data("gone", asked, inaccessible=True).answered()
        assert refused == {"text": "This button is old.", "show_alert": True}
        pressed = [act for act in s.acts if isinstance(act, Pressed)]
        assert [act.button for act in pressed] == ["intent:price", "gone"]
        assert {act.sender.address for act in pressed} == {str(boris.id)}


async def test_a_press_that_is_answered_too_late_still_counts(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, scripted=True) as s:
        boris = s.api.person("Boris")
        asked = boris.says("hello")
        await s.told(1)
        query = boris.presses_data("late", asked)
        s.api.queries[query.id]["asked"] -= 3600
        await s.told(2)
        await s.handled()
        assert query.answer is None
        assert await s.storage.inbox.parked() == []


async def test_only_the_senders_own_contact_is_theirs(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, scripted=True) as s:
        boris = s.api.person("Boris")
        boris.shares_contact("+37129123456")
        boris.shares_contact("+37129000000", user_id=77)
        boris.shares_contact("+37129000001", user_id=0)
        acts = [act for act in await s.told(3) if isinstance(act, SharedContact)]
        assert [(act.phone, act.own) for act in acts] == [
            ("+37129123456", True),
            ("+37129000000", False),
            ("+37129000001", False),
        ]


async def test_edits_replies_and_blocks_are_told(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, scripted=True) as s:
        boris = s.api.person("Boris")
        first = boris.says("helo")
        boris.edits(first, "hello")
        boris.says("I mean this", reply_to=first)
        boris.blocks()
        boris.blocks(False)
        _, edit, reply, blocked, unblocked = await s.told(5)
        ref = Ref(f"telegram:{boris.id}", str(first["message_id"]))
        assert isinstance(edit, Rewrote)
        assert (edit.ref, edit.text) == (ref, "hello")
        assert isinstance(reply, Wrote)
        assert reply.reply_to == ref
        assert isinstance(blocked, Blocked)
        assert isinstance(unblocked, Blocked)
        assert (blocked.blocked, unblocked.blocked) == (True, False)


async def test_bots_service_messages_and_other_groups_are_nobodys_words(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, scripted=True) as s:
        boris, other = s.api.person("Boris"), s.api.group("Elsewhere", -1005)
        boris._post({"pinned_message": boris.says("hello")}, None, None)
        s.api.person("Robot").user["is_bot"] = True
        robot = s.api.person("Robot")
        robot.user["is_bot"] = True
        robot.says("I am a bot")
        boris.says("hello there", to=other)
        boris.edits(boris.says("/queue", to=other), "/help")
        await s.handled()
        assert len(s.acts) == 1
        assert other.shows() == []
        assert await s.storage.inbox.parked() == []


async def test_what_is_older_than_a_day_gets_one_apology(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris = s.api.person("Boris", language="en")
        for text in ("how much is delivery", "and when", "hello?"):
            boris.says(text, date=int(s.api.now()) - 25 * 3600)
        await s.handled()
        await s.settled()
        assert len(boris.sees()) == 1
