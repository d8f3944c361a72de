"""The register of topics and offer posts, which is the only one there is."""

from bot.dialog.messages import Ref
from bot.dialog.orders import RefreshTopic, ShowMessage
from bot.dialog.topics import OfferPost, Topic, TopicState
from bot.storage.storage import Storage
from tests.storage.samples import MINUTE, NOW, begin_with, conversation, message, save, ticket

OLD, NEW = -100, -1001234567890


async def test_a_topic_is_found_by_its_conversation_and_by_its_thread(storage: Storage) -> None:
    await begin_with(storage, conversation("c1"), conversation("c2"))
    topic = Topic("c1", NEW, 7, TopicState.CLOSED, "🟢 Анна · 1 · delivery", "5312")
    await storage.topics.put(topic)
    await storage.topics.put(Topic("c2", NEW, 8))
    assert await storage.topics.find("c1", NEW) == topic
    assert await storage.topics.by_thread(NEW, 7) == topic
    assert await storage.topics.find("c1", OLD) is None
    assert await storage.topics.by_thread(OLD, 7) is None


async def test_a_topic_that_is_remade_takes_the_place_of_the_old_one(storage: Storage) -> None:
    await begin_with(storage)
    await storage.topics.put(Topic("c1", NEW, 7, TopicState.GONE))
    await storage.topics.put(Topic("c1", NEW, 9))
    assert await storage.topics.find("c1", NEW) == Topic("c1", NEW, 9)
    assert await storage.topics.by_thread(NEW, 7) is None


async def test_offer_posts_are_kept_until_the_offer_is_settled(storage: Storage) -> None:
    await begin_with(storage)
    await save(storage, tickets={1: (ticket(), None), 2: (ticket(2), None)})
    posts = [
        OfferPost(1, "anna", "topic", f"telegram:{NEW}", "90", upto=23),
        OfferPost(1, "anna", "private", "telegram:5", "4"),
    ]
    other = OfferPost(2, "anna", "topic", f"telegram:{NEW}", "91")
    for post in (*posts, other, posts[0]):
        await storage.topics.add_offer_post(post)
    assert await storage.topics.offer_posts(1) == posts
    await storage.topics.drop_offer_posts(1)
    assert await storage.topics.offer_posts(1) == []
    assert await storage.topics.offer_posts(2) == [other]


async def test_everything_follows_a_group_that_gets_another_id(storage: Storage) -> None:
    old, new, private = f"telegram:{OLD}", f"telegram:{NEW}", "telegram:5"
    await begin_with(storage, conversation("c1"), conversation("c2"))
    refs = [(Ref(old, "1"), "c1", 1), (Ref(private, "1"), "c1", 1)]
    orders = [(old, RefreshTopic(1)), (private, ShowMessage("c1", 1)), (old, RefreshTopic(2))]
    await save(storage, messages=[message(1)], refs=refs, tickets={1: (ticket(), None)}, orders=orders)
    await storage.topics.put(Topic("c1", OLD, 7))
    await storage.topics.add_offer_post(OfferPost(1, "anna", "topic", old, "3"))
    await storage.outbox.wait(old, NOW + MINUTE, "the group has moved")

    await storage.topics.migrate(OLD, NEW)

    assert await storage.topics.find("c1", NEW) == Topic("c1", NEW, 7)
    assert await storage.topics.find("c1", OLD) is None
    assert await storage.topics.offer_posts(1) == [OfferPost(1, "anna", "topic", new, "3")]
    assert [each.order for each in await storage.outbox.head(new, NOW, limit=9)] == [RefreshTopic(1), RefreshTopic(2)]
    assert await storage.outbox.destinations(NOW) == [new, private]
    async with storage.work.read() as look:
        assert set(await look.refs_of("c1", 1)) == {Ref(new, "1"), Ref(private, "1")}


async def test_what_is_known_of_the_new_group_already_is_the_truth(storage: Storage) -> None:
    await begin_with(storage, conversation("c1"), conversation("c2"), conversation("c3"))
    await storage.topics.put(Topic("c1", OLD, 7))
    await storage.topics.put(Topic("c1", NEW, 8))
    await storage.topics.put(Topic("c2", OLD, 9))
    await storage.topics.put(Topic("c3", OLD, 8))
    places = [(Ref(f"telegram:{OLD}", "1"), "c1", 1), (Ref(f"telegram:{NEW}", "1"), "c1", 2)]
    await save(storage, messages=[message(1), message(2)], refs=places)

    await storage.topics.migrate(OLD, NEW)

    assert await storage.topics.find("c1", NEW) == Topic("c1", NEW, 8)
    assert await storage.topics.find("c2", NEW) == Topic("c2", NEW, 9)
    assert await storage.topics.find("c3", NEW) is None
    async with storage.work.read() as look:
        assert await look.find([Ref(f"telegram:{NEW}", "1")]) == {Ref(f"telegram:{NEW}", "1"): ("c1", 2)}
