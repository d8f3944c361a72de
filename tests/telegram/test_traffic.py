"""Which order goes next: the most urgent, none before what it needs, and everything in the end."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.orders import (
    Announce,
    Introduce,
    MarkFailed,
    Notice,
    Order,
    Outgoing,
    Post,
    RefreshTopic,
    RelayEdit,
    RelayMessage,
    SettleOffer,
    SettleTake,
    ShowBoard,
    ShowOffer,
    ShowTake,
    TellOperator,
)
from bot.telegram.ranks import Rank
from bot.telegram.traffic import AGEING, PATIENCE, Waiting, next_of, posts, strands, superseded

TICKETS = {1: "a", 2: "b"}  # whose conversation is which
NOW = 1000.0


def waiting(*orders: Order, since: float = NOW) -> list[Waiting]:
    """As they came; ticket 1 is of conversation a, ticket 2 of b."""
    return [
        Waiting(
            Outgoing(number, "telegram:-1", order),
            getattr(order, "conversation", "") or TICKETS.get(getattr(order, "ticket", 0), ""),
            since,
        )
        for number, order in enumerate(orders, 1)
    ]


def served(orders: Sequence[Waiting], now: float = NOW) -> list[Order]:
    """In which order all of them go, when nothing more comes."""
    left, turns, in_a_row, went = list(orders), dict[str, float](), 0, list[Order]()
    while found := next_of(strands(left), now, turns, in_a_row):
        head = found[0].head
        turns[head.conversation] = now + len(went) + 1
        in_a_row = in_a_row + 1 if found[0].rank < Rank.WORDS else 0
        left.remove(head)
        went.append(head.row.order)
    assert not left
    return went


def offer(ticket: int = 1, operator: str = "anna") -> ShowOffer:
    return ShowOffer(ticket, operator, "2026-05-04T09:00:00+00:00")


def test_what_operators_wait_for_goes_before_words_and_words_before_titles_and_notes() -> None:
    note, title, words, answer = Announce("b", "left"), RefreshTopic(1), RelayMessage("a", 1), Post("three wait")
    line, failed = TellOperator("anna", "paused"), MarkFailed("a", 3, "blocked")
    assert served(waiting(note, title, words, failed, line, answer)) == [answer, failed, line, words, title, note]


def test_words_of_one_conversation_keep_their_order_with_card_edits_and_notes() -> None:
    talk = [RelayMessage("a", 1), Introduce(1, 1), RelayMessage("a", 2), Announce("a", "left"), RelayEdit("a", 2)]
    assert served(waiting(*talk)) == talk


def test_an_offer_overtakes_the_words_of_its_own_conversation() -> None:
    assert served(waiting(RelayMessage("a", 2), RelayMessage("a", 3), offer()))[0] == offer()


def test_an_offer_waits_for_its_topic_and_makes_it_urgent() -> None:
    card, words = Introduce(1, 1), RelayMessage("b", 2)
    assert served(waiting(words, card, offer())) == [card, offer(), words]


def test_a_card_whose_topic_is_open_goes_after_what_is_urgent_and_before_words() -> None:
    words, card, shown, answer = waiting(RelayMessage("b", 1), Introduce(1, 1), offer(), Post("x"))
    assert served([words, replace(card, opened=True), shown, answer]) == [
        *(shown.row.order, answer.row.order),
        *(card.row.order, words.row.order),
    ]


def test_once_the_topic_is_there_an_offer_goes_before_the_rest_of_the_card() -> None:
    card, shown, words = waiting(Introduce(1, 1), offer(), RelayMessage("b", 2))
    assert served([replace(card, opened=True), shown, words])[0] == offer()


def test_the_offers_of_one_ticket_keep_their_order() -> None:
    turns = [offer(), SettleOffer(1, "anna", "lapsed"), offer(operator="olga")]
    assert served(waiting(*turns)) == turns


def test_a_card_goes_as_soon_as_the_words_behind_it_should() -> None:
    card, own, others = Introduce(1, 1), RelayMessage("a", 2), RelayMessage("b", 7)
    assert served(waiting(card, own, others)) == [card, others, own]
    assert served(waiting(card, others)) == [others, card]


def test_a_title_overtakes_nothing_of_its_conversation() -> None:
    old = waiting(RelayMessage("a", 1), RefreshTopic(1))
    fresh = [old[0], replace(old[1], since=NOW - 9 * AGEING)]
    assert served(fresh) == [RelayMessage("a", 1), RefreshTopic(1)]


def test_conversations_take_turns() -> None:
    many = [RelayMessage("a", seq) for seq in range(1, 4)]
    few = [RelayMessage("b", 1), RelayMessage("c", 1)]
    assert served(waiting(*many, *few)) == [many[0], *few, *many[1:]]


def test_who_came_before_others_had_their_turn_is_not_overtaken_by_newcomers() -> None:
    first, second, third = waiting(RelayMessage("a", 1), RelayMessage("b", 1), RelayMessage("c", 1))
    orders = [replace(first, since=NOW - 20), second, third]
    assert next_of(strands(orders), NOW, {"a": NOW - 10}, 0) == (strands(orders)[0], 1)


def test_who_writes_faster_than_the_limits_gives_way() -> None:
    first, second = waiting(RelayMessage("a", 1), RelayMessage("b", 1))
    assert served([replace(first, excess=True), second]) == [second.row.order, first.row.order]


def test_whoever_has_waited_long_goes_with_the_words() -> None:
    note, words = waiting(Announce("b", "left"), RelayMessage("a", 1))
    assert served([replace(note, since=NOW - 2 * AGEING), words])[0] == words.row.order
    assert served([replace(note, since=NOW - 3 * AGEING), words])[0] == note.row.order


def test_words_that_have_waited_have_every_other_turn_beside_what_the_team_waits_for() -> None:
    settled = [SettleOffer(number, "anna", "accepted") for number in range(5, 9)]
    words = waiting(*settled, RelayMessage("a", 1), RelayMessage("b", 1))[-2:]
    patient = [replace(each, since=NOW - PATIENCE) for each in words]
    turns = [type(each) for each in served([*waiting(*settled), *patient])]
    assert turns == [SettleOffer, RelayMessage, SettleOffer, RelayMessage, SettleOffer, SettleOffer]
    assert served([*waiting(*settled), *words]) == [*settled, *(each.row.order for each in words)]


def test_even_urgent_orders_without_end_leave_a_turn_to_what_has_waited() -> None:
    for urgent, turns, leave in ((Post("x"), 3, 1), (ShowTake(9, ("anna",)), 6, 0)):
        many = [urgent] * 9
        words = replace(waiting(*many, RelayMessage("a", 1))[-1], since=NOW - PATIENCE)
        assert served([*waiting(*many), words]).index(words.row.order) == turns
        assert next_of(strands([*waiting(*many), words]), NOW, {}, turns) == (strands([words])[0], leave)


def test_what_is_less_urgent_leaves_a_part_of_the_burst() -> None:
    orders = offer(), Post("x"), MarkFailed("a", 1, "blocked"), RelayMessage("a", 1), RefreshTopic(1)
    found = [next_of(strands(waiting(order)), NOW, {}, 0) for order in orders]
    assert [each[1] for each in found if each] == [0, 1, 1, 1, 2]


def test_words_that_follow_one_another_can_share_a_post_and_others_not() -> None:
    orders = [RelayMessage("a", 1), RelayMessage("a", 2), RelayMessage("b", 1), RelayMessage("a", 4)]
    [talk] = [each for each in strands(waiting(*orders)) if each.head.conversation == "a"]
    assert [row.order for row in talk.run] == orders[:2]
    assert posts([each.row for each in waiting(*orders)]) == 3


def test_nothing_said_in_between_is_passed_over() -> None:
    [talk] = strands(waiting(RelayMessage("a", 1), Announce("a", "left"), RelayMessage("a", 2)))
    assert len(talk.run) == 1


def test_what_has_failed_once_goes_alone() -> None:
    first, second = waiting(RelayMessage("a", 1), RelayMessage("a", 2))
    failed = replace(first, row=replace(first.row, tries=1))
    assert [len(each.run) for each in strands([failed, second])] == [1]


def test_of_several_titles_or_notices_only_the_last_is_needed() -> None:
    orders = [RefreshTopic(1), Notice("content", "bad"), RefreshTopic(2), RefreshTopic(1), Notice("content", "good")]
    orders += [ShowBoard(), ShowBoard()]
    assert [each.row.id for each in superseded(waiting(*orders))] == [6, 2, 1]


def test_the_topic_that_a_ticket_has_left_is_not_the_one_that_it_has_now() -> None:
    left, first, last = RefreshTopic(1, "b"), RefreshTopic(1), RefreshTopic(1)
    assert [each.row.order for each in superseded(waiting(left, first, last))] == [first]


def test_an_offer_that_was_over_before_it_was_shown_is_not_shown() -> None:
    orders = waiting(offer(), offer(2), SettleOffer(1, "anna", "lapsed"), offer())
    assert [each.row.id for each in superseded(orders)] == [1]
    takes = waiting(ShowTake(1, ("anna",)), SettleTake(1, "accepted"), ShowTake(1, ("olga",)))
    assert [each.row.id for each in superseded(takes)] == [1]
    begun = replace(orders[0], row=replace(orders[0].row, begun=datetime(2026, 5, 4, tzinfo=UTC)))
    assert superseded([begun, *orders[1:]]) == []  # it may stand there, with buttons that must go


ORDERS = st.sampled_from(
    [
        *(made for talk in "ab" for made in (RelayMessage(talk, 1), RelayEdit(talk, 1), Announce(talk, "x"))),
        *(made for number in (1, 2) for made in (Introduce(number, 1), offer(number), RefreshTopic(number))),
        SettleOffer(1, "anna", "lapsed"),
        Post("x"),
    ]
)


@given(st.lists(ORDERS, max_size=20), st.floats(0, 500))
def test_everything_goes_and_no_words_overtake_their_own_conversation(orders: list[Order], waited: float) -> None:
    numbered = [
        replace(order, seq=number) if isinstance(order, RelayMessage | RelayEdit) else order
        for number, order in enumerate(orders)
    ]
    went = served(waiting(*numbered, since=NOW - waited))
    assert len(went) == len(orders)
    for talk, number in (("a", 1), ("b", 2)):
        said = [
            each
            for each in numbered
            if getattr(each, "conversation", "") == talk or (isinstance(each, Introduce) and each.ticket == number)
        ]
        assert [each for each in went if any(each is one for one in said)] == said
