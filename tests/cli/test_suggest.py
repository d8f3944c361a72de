"""`frontline suggest`: from a talk that went wrong to lines that make it go right."""

import asyncio
import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

import handoff
import intents
import kb
from bot.dialog.acts import Pressed, Sender, Wrote
from bot.dialog.operator_acts import Accept, Declare, Learn, Say
from bot.rehearsal.stage import open_stage
from handoff.operators import Presence
from intents.strict_yaml import parse

CLOCK = datetime(2025, 5, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def talked(sample, tmp_path):
    """Play talks through the real service: each customer says or, after "!", presses one thing after another."""

    async def play(talks):
        async with open_stage(sample, tmp_path / "frontline.db", CLOCK) as stage:
            for who, (name, *said) in talks.items():
                sender = Sender("widget", who, name=name, conversation=who)
                for at, text in enumerate(said):
                    key = f"{who}-{at}"
                    pressed = text.startswith("!")
                    act = Pressed(sender, key, text[1:]) if pressed else Wrote(sender, key, text, stage.now)
                    await stage.do(act)
                    stage.now += timedelta(hours=1)

    return lambda talks: asyncio.run(play(talks))


TALKS = {
    "a": ("Анна Петрова", "вы сдаёте квартиры на лето?", "!handoff"),
    "b": ("", "сдаёте ли квартиры летом, мой телефон 29123456", "!handoff"),
    "c": ("Анна", "квартиры на лето сдаёте? это Анна", "!handoff"),
    "d": ("", "ремонт", "!intent:repair_time"),
    "e": ("", "сколько стоит доставка", "!unhelped:delivery_cost"),
    "f": ("", "какие сроки и цена доставки", "!handoff"),
}


def test_what_was_asked_in_vain_comes_out_grouped_masked_and_placed(frontline, talked):
    talked(TALKS)
    status, out, err = frontline("suggest", "--since", "2025-05-05")
    assert (status, err) == (0, "")
    assert out.startswith("# Questions that the bot could not answer, 2025-05-05 to ")
    assert ": 6 in 4 groups.\n" in out
    first, *_ = yaml.safe_load(out)["intents"]
    assert first["title"]["ru"].startswith("Вы сдаёте квартиры")
    assert first["answer"] == {"ru": "TODO"}
    assert len(first["examples"]["ru"].splitlines()) == 3
    assert "  # 3x, 2025-05-05: not understood 3x\n" in out
    assert "сдаёте ли квартиры летом, мой телефон 0000\n" in out
    assert "Анна" not in out
    assert "  # customers chose: repair_time (" in out
    assert "), content/service.yaml:" in out
    assert "  # nearest: delivery_" in out
    assert "  # answered by delivery_cost (1.00), content/delivery.yaml:" in out
    assert "  #   сколько стоит доставка\n" in out


@pytest.fixture
def shop(tmp_path):
    """The sample as an admin's own workspace."""
    for package, place in ((intents, "intents"), (kb, "kb"), (handoff, "handoff")):
        shutil.copytree(Path(package.__file__).parent / "content", tmp_path / "shop" / place)
    return tmp_path / "shop"


def paste(out, shop):
    """As the admin does it: lines to the examples where they stand, new intents into a file of their own."""
    new = []
    for entry in yaml.safe_load(out)["intents"]:
        if "title" in entry:
            new.append(entry | {"answer": {"ru": "Летом нет."}})
            continue
        (file,) = (each for each in (shop / "intents").glob("*.yaml") if f"id: {entry['id']}\n" in each.read_text())
        before, after = file.read_text(encoding="utf-8").split(f"id: {entry['id']}\n")
        head, tail = after.split("      ru: |\n", 1)
        lines = "".join(f"        {line}\n" for line in entry["examples"]["ru"].splitlines())
        file.write_text(f"{before}id: {entry['id']}\n{head}      ru: |\n{lines}{tail}", encoding="utf-8")
    (shop / "intents" / "new.yaml").write_text(yaml.safe_dump({"intents": new}, allow_unicode=True), encoding="utf-8")


def test_an_answer_that_is_still_to_be_written_is_not_served(frontline, talked, shop):
    talked({"a": TALKS["a"]})
    _, out, _ = frontline("suggest", "--since", "2025-05-05", str(shop))
    (shop / "intents" / "new.yaml").write_text(out, encoding="utf-8")
    status, found, _ = frontline("check", "--quick", str(shop))
    assert (status, found.splitlines()[-1].rsplit("[")[-1]) == (1, "unwritten-answer]")


def test_what_is_pasted_is_accepted_and_answers_the_same_questions_next_time(frontline, talked, shop):
    talked(TALKS)
    _, out, _ = frontline("suggest", "--since", "2025-05-05", str(shop))
    parse(out, "suggested.yaml")
    paste(out, shop)
    status, found, err = frontline("check", str(shop))
    assert (status, err[:8]) == (0, "0 errors")
    warnings = [line for line in found.splitlines() if ": warning: " in line]
    assert warnings
    assert all("/intents/new.yaml:" in line for line in warnings)
    assert {line.rsplit("[")[-1] for line in warnings} <= {"missing-locale]", "few-examples]"}
    _, out, _ = frontline("suggest", "--since", "2025-05-05", str(shop))
    assert ": 1 in 1 group; 5 more are answered by now.\n" in out
    assert yaml.safe_load(out) is None  # only the answer that did not help is left, and that is a comment


def test_programs_get_everything_as_json(frontline, talked):
    talked(TALKS)
    _, out, _ = frontline("suggest", "--since", "2025-05-05", "--format", "json", "--least", "2")
    said = json.loads(out)
    assert (said["since"], said["capped"], said["answered_by_now"]) == ("2025-05-04T21:00:00+00:00", False, 0)
    (group,) = said["groups"]
    assert (group["kind"], group["locale"], group["count"], group["id"]) == ("intent", "ru", 3, "vy_sdaete_kvartiry_na")
    assert group["outcomes"] == {"missed": 3}
    assert [each["count"] for each in group["sentences"]] == [1, 1, 1]
    assert "Анна" not in out


def test_the_same_questions_give_the_same_text(frontline, talked):
    talked(TALKS)
    assert frontline("suggest", "--since", "2025-05-05") == frontline("suggest", "--since", "2025-05-05")


def test_nothing_found_is_one_line(frontline, talked):
    talked({"a": ("", "сколько стоит доставка")})
    status, out, err = frontline("suggest", "--since", "2025-05-01")
    assert (status, out) == (0, "")
    assert err.startswith("Questions that the bot could not answer, 2025-05-01 to ")
    assert err.endswith(": none.\n")


def test_an_old_question_is_not_asked_for_by_default(frontline, talked):
    talked({"a": ("", "вы сдаёте квартиры?")})
    status, _, err = frontline("suggest")
    assert (status, err[-8:]) == (0, ": none.\n")


def test_there_is_no_database_yet_and_none_is_made(frontline, tmp_path):
    status, out, err = frontline("suggest")
    assert (status, out) == (1, "")
    assert err == "There is no database at frontline.db yet; `frontline run` makes it, and talks fill it.\n"
    assert not (tmp_path / "frontline.db").exists()


def test_a_database_of_another_version_is_not_read(frontline, tmp_path):
    (tmp_path / "frontline.db").touch()
    status, _, err = frontline("suggest")
    assert (status, err) == (1, "The database's schema is not current; `frontline run` brings it up to date.\n")


def test_a_database_that_does_not_answer_is_one_line(frontline, monkeypatch):
    monkeypatch.setenv("FRONTLINE_DATABASE_URL", "postgresql+asyncpg://x@127.0.0.1:1/none")
    status, _, err = frontline("suggest")
    assert (status, err[:28]) == (1, "The database does not answer")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--since", "lately"), '"lately" is neither a duration nor a day; write 7d, 12h or 2026-05-01\n'),
        (("--since", "999999d"), '"999999d" is neither a duration nor a day; write 7d, 12h or 2026-05-01\n'),
        (("--locale", "rus"), 'The desk does not speak "rus"; did you mean "ru"?\n'),
    ],
)
def test_a_word_that_is_not_understood_is_one_line(frontline, talked, words, said):
    talked({"a": ("", "сколько стоит доставка")})
    status, _, err = frontline("suggest", *words)
    assert (status, err) == (1, said)


def test_what_an_operator_taught_stands_below(frontline, sample, tmp_path):
    async def talk():
        async with open_stage(sample, tmp_path / "frontline.db", CLOCK) as stage:
            customer = Sender("widget", "a", name="Борис", conversation="a")
            await stage.do(Declare("anna", Presence.ONLINE))
            await stage.do(Wrote(customer, "k1", "позовите человека", stage.now))
            await stage.do(Accept("anna", 1))
            await stage.do(Wrote(customer, "k2", "вы чините самокаты?", stage.now))
            said = await stage.do(Say("anna", "a", "k3", "Да, Борис, по будням."))
            await stage.do(Learn("anna", "a", said.seq))

    asyncio.run(talk())
    status, out, err = frontline("suggest", "--since", "2025-05-05")
    assert (status, err) == (0, "")
    [lesson] = yaml.safe_load(out)["intents"]
    assert lesson["examples"]["ru"].strip() == "вы чините самокаты?"
    assert lesson["answer"]["ru"] == "Да, …, по будням."
