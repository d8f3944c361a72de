"""The player: a dialogue that does not go as written says where, what was expected and what was seen."""

import pytest

from bot.rehearsal.errors import TurnError
from bot.rehearsal.player import play
from bot.rehearsal.script import read_script
from intents.errors import FaultsError

HEAD = "title: t\nclock: 2026-05-05T12:00+03:00\n"


@pytest.fixture
def write(tmp_path):
    def written(turns, head=HEAD):
        path = tmp_path / "d.yaml"
        path.write_text(head + "turns:\n" + "".join(f"  - {turn}\n" for turn in turns), encoding="utf-8")
        return path

    return written


@pytest.fixture
def failure(write, sample, tmp_path):
    async def failed(*turns, head=HEAD):
        with pytest.raises(TurnError) as error:
            await play(read_script(write(turns, head)), sample, tmp_path / "d.db")
        assert str(error.value).startswith(f"{tmp_path / 'd.yaml'}:{len(turns) + 3}: turn {len(turns)} (")
        return str(error.value)

    return failed


ASK = "customer: сколько стоит доставка"
CALL = "customer: позовите человека"


@pytest.mark.parametrize(
    ("turns", "expected", "seen"),
    [
        ([ASK, "bot: {contains: 99 €}"], '"99 €"', "По Риге"),
        ([ASK, "bot: {not_contains: По Риге}"], 'no "По Риге"', "По Риге"),
        ([ASK, "bot: {silent: true}"], "silence", "bot: "),
        ([ASK, "bot: {messages: 2}"], "2 messages", "1: bot:"),
        ([ASK, "bot: {buttons: [nope]}"], 'a button "nope"', "helped:delivery_cost (Помогло)"),
        ([ASK, "bot: {not_buttons: [helped]}"], 'no button "helped"', "helped:delivery_cost"),
        ([CALL, ASK, "bot: {}"], "the bot to speak", "silence"),
        ([ASK, "press: nope"], 'a button "nope"', "helped:delivery_cost"),
        ([ASK, "press: {label: Nope}"], 'a button with label "Nope"', "helped:delivery_cost"),
        ([ASK, "press: {kind: reply, index: 9}"], "at least 10 such buttons", "helped:delivery_cost"),
        ([ASK, 'press: {id: "rate:1:5"}'], "an act that succeeds", "refused, not_found"),
        ([ASK, "ticket: {state: queued}"], "a ticket", "none"),
        ([CALL, "ticket: none"], "no open ticket", "kind chat, state offered"),
        ([CALL, "ticket: {kind: callback}"], "kind callback", "chat, with kind chat, state offered"),
        ([CALL, "offered: {operator: olga}"], "an offer of a ticket to olga", "chat to anna"),
        ([CALL, "offered: {operator: anna, kind: message}"], "an offer of a message to anna", "chat to anna"),
        ([CALL, "offered: nobody"], "no offer", "chat to anna"),
        ([CALL, "customer_sees: {from: operator, contains: hi}"], 'a message of operator with "hi"', "bot: "),
        ([CALL, "operators_see: {contains: hi}"], '"hi"', "позовите человека"),
        ([CALL, "told: {anna: hi}"], '"hi"', "nothing"),
        ([CALL, "ticket: {shown: [anna]}"], "shown anna", "nothing, with kind chat"),
        ([CALL, "state: {mode: active}"], "mode active", "queued, with mode queued, position 1"),
        ([CALL, "operator: {olga: accept}"], "an act that succeeds", "refused, unauthorized"),
        ([CALL, "operator: {anna: {close: gladly}}"], "one of resolved", "gladly"),
        ([ASK, "operator: {anna: accept}"], "a ticket to act on", "none is open"),
        (["bot: {}"], "a conversation with customer", "none; let them write first"),
        ([ASK, "clock: 2026-05-05T11:00+03:00"], "a clock that runs forward", "2026-05-05T11:00"),
    ],
)
async def test_a_turn_that_fails_says_what_was_expected_and_what_was_seen(failure, turns, expected, seen):
    said = await failure(*turns)
    assert f"expected {expected}" in said
    assert seen in said.split("seen:")[1]


async def test_somebody_who_is_not_on_the_desk_cannot_be_there(write, sample, tmp_path):
    path = write([ASK], HEAD + "operators: {anna: online, ana: paused}\n")
    with pytest.raises(TurnError, match=r"turn 0 \(operators\): expected one of anna, .+\n    seen: ana$"):
        await play(read_script(path), sample, tmp_path / "d.db")


async def test_an_act_that_must_be_refused_and_is_not_fails(write, sample, tmp_path):
    path = write([CALL, "{operator: {anna: accept}, refused: Ольга}"])
    with pytest.raises(TurnError, match='a refusal with "Ольга"'):
        await play(read_script(path), sample, tmp_path / "d.db")


@pytest.mark.parametrize(
    ("head", "turn", "said"),
    [
        (HEAD, "{customer: a, bot: {}}", "a turn is one step of: customer, press"),
        (HEAD, "{who: anna}", "a turn is one step of: customer, press"),
        (HEAD, "{custmer: a}", 'unknown key "custmer"; did you mean "customer"?'),
        (HEAD, "clock: soon", '"soon" is not a moment; write it as 2026-05-04T21:10+03:00'),
        (HEAD, "clock: 2026-05-05T12:00", "has no offset from UTC"),
        (HEAD, "clock: +5", '"+5" is not a move of the clock; write +90s'),
        ("title: t\n", "customer: a", 'the key "clock" is missing; add it'),
        (
            HEAD + "desk: {hours: {general: {mon: nine}}}\n",
            "customer: a",
            'd.yaml:3: error: "nine" is not a stretch of',
        ),
        (HEAD + "desk: {hours: {general: {}}}\n", "customer: a", '"general" never opens; add days'),
        (HEAD + "operators: {anna: asleep}\n", "customer: a", '"asleep" is no presence; use online, paused, offline'),
    ],
)
def test_a_dialogue_that_cannot_be_read_says_why(write, head, turn, said):
    with pytest.raises(FaultsError) as error:
        read_script(write([turn], head))
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("change", "known", "named"),
    [
        ("operators: {annna: {capacity: 1}}", "anna, ", "annna"),
        ("hours: {office: {mon: []}}", "general, delivery, workshop", "office"),
    ],
)
async def test_a_change_of_somebody_or_something_that_the_desk_does_not_have_is_named(
    write, sample, tmp_path, change, known, named
):
    path = write([CALL], HEAD + f"desk: {{{change}}}\n")
    with pytest.raises(TurnError, match=rf"(?s)d\.yaml:3: turn 0 \(desk\): expected one of {known}.*seen: {named}"):
        await play(read_script(path), sample, tmp_path / "d.db")
