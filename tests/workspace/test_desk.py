"""The desk file: what it means, and what is said about its faults."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import handoff
from bot.workspace.desk import load_desk
from handoff.desk import CallbackRules, Routing
from handoff.hours import Interval, is_open
from handoff.strategies import STRATEGIES
from intents.errors import FaultsError

TODAY = date(2026, 3, 1)
SMALL = """\
skills:
  general: {title: Help}
operators:
  - {id: anna, name: Anna}
"""


@pytest.fixture
def write(tmp_path):
    def written(text):
        path = tmp_path / "desk.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def faults_of(write):
    def found(text):
        with pytest.raises(FaultsError) as error:
            load_desk(write(text), TODAY)
        return [(fault.line, fault.text) for fault in error.value.faults]

    return found


def test_a_desk_of_one_skill_and_one_operator_is_four_lines(write):
    desk = load_desk(write(SMALL), TODAY).desk
    assert desk.default_skill == "general"
    assert desk.operators["anna"].skills == {"general": 1.0}
    assert desk.operators["anna"].locales == desk.locales == ("en",)
    assert is_open(desk.skills["general"].hours, datetime(2026, 1, 1, 3, tzinfo=UTC))
    assert (desk.routing, desk.callbacks) == (Routing(), CallbackRules())
    assert (desk.retention.questions, desk.retention.messages) == (timedelta(days=180), timedelta(days=180))


def test_the_packaged_desk_loads_without_a_warning():
    loaded = load_desk(Path(handoff.__file__).parent / "content" / "desk.yaml", TODAY)
    assert not loaded.warnings
    assert len(loaded.desk.skills) == 3
    assert len(loaded.desk.operators) == 4


def test_everything_that_is_written_is_meant(write):
    desk = load_desk(
        write(
            """\
timezone: Europe/Riga
country: LV
locales: [ru, en]
skills:
  delivery: {title: {ru: Доставка}, hours: office, chat: -100, fallback: [general],
             queue: {max_waiting: 20, max_wait: 15m}, service_level: {target: 0.9, within: 20s}}
  general: {}
hours:
  office:
    mon-wed,fri: ["09:00-13:00", "14:00-18:00"]
    sat: "22:00-02:00"
    holidays: {country: LV}
    dates: {2026-12-31: [], 2026-12-30: ["10:00-24:00"]}
operators:
  - {id: anna, name: {ru: Анна}, telegram: 1, skills: {delivery: 1, general: 0.5},
     capacity: 2, locales: [ru], role: supervisor}
routing:
  {offer_timeout: 90s, widen: [{after: 5m, fallback: true}, {after: 2m, min_level: 0.5}],
   preferred: {returning: 3d, wait: 5s}, wrap_up: 0s}
escalation: {misses: 3, feedback: false}
callbacks: {slot: 1h, window: "10:00-20:00"}
inactivity: {reopen: 2h}
retention: {questions: 90d, messages: 120d}
matching: {precision: 0.9}
"""
        ),
        TODAY,
    ).desk
    delivery = desk.skills["delivery"]
    hours = delivery.hours
    assert hours.zone == "Europe/Riga"
    assert hours.week[0] == hours.week[4] == (Interval(540, 780), Interval(840, 1080))
    assert hours.week[3] == ()
    assert hours.week[5] == (Interval(1320, 1560),)
    assert hours.dates == {date(2026, 12, 31): (), date(2026, 12, 30): (Interval(600, 1440),)}
    assert date(2026, 11, 18) in hours.holidays
    assert (delivery.chat, delivery.fallback, delivery.queue.max_wait) == (-100, ("general",), timedelta(minutes=15))
    assert (delivery.service_level.target, delivery.service_level.within) == (0.9, timedelta(seconds=20))
    assert desk.skills["general"].title == {"ru": "general"}
    assert desk.operators["anna"].skills == {"delivery": 1.0, "general": 0.5}
    assert (desk.operators["anna"].telegram, desk.operators["anna"].role) == (1, "supervisor")
    assert desk.routing.offer_timeout == timedelta(seconds=90)
    assert (desk.routing.returning, desk.routing.preferred_wait) == (timedelta(days=3), timedelta(seconds=5))
    assert [each.min_level for each in desk.routing.widen] == [0.5, None]  # the earliest first
    assert (desk.escalation.misses, desk.escalation.repeats, desk.escalation.feedback) == (3, 2, False)
    assert (desk.callbacks.slot, desk.callbacks.window) == (timedelta(hours=1), (600, 1200))
    assert (desk.inactivity.reopen, desk.precision, desk.country) == (timedelta(hours=2), 0.9, "LV")
    assert (desk.retention.questions, desk.retention.messages) == (timedelta(days=90), timedelta(days=120))


def test_holidays_that_are_not_closed_change_nothing(write):
    text = SMALL + "hours:\n  h: {mon: '09:00-10:00', holidays: {country: LV, closed: false}}\n"
    assert (
        load_desk(write(text.replace("{title: Help}", "{hours: h}")), TODAY).desk.skills["general"].hours.holidays
        == frozenset()
    )


@pytest.mark.parametrize(
    ("line", "added", "said"),
    [
        (5, "routng: {}", 'unknown key "routng"; did you mean "routing"?'),
        (5, "routing: {max_mised: 2}", 'unknown key "max_mised"; did you mean "max_missed"?'),
        (
            5,
            "timezone: Europe/Rga",
            '"Europe/Rga" is not a time zone as Europe/Riga is one; did you mean "Europe/Riga"?',
        ),
        (5, "timezone: Рига", '"Рига" is not a time zone as Europe/Riga is one; did you mean "Europe/Riga"?'),
        (5, "timezone: '+3'", '"+3" is not a time zone as Europe/Riga is one; it is like none of the '),
        (5, "locales: [LV]", '"LV" is not a language; use its two small letters, as lv'),
        (5, "callbacks: {slot: 30м}", '"30м" is not a duration; the м in it is not the character that it looks like'),
        (7, "hours:\n  h: {mon: 09:00–18:00}", '"09:00–18:00" is not a stretch of the day; the – in it is not the'),
        (7, "hours:\n  h: {mon–fri: 09:00-18:00}", '"mon–fri" is neither days nor a key we know; the – in it is not'),
        (7, "hours:\n  h: {Saturday: 09:00-18:00}", '"Saturday" is neither days nor a key we know; write "sat"'),
        (7, "hours:\n  h: {mon: closed}", '"closed" is not a stretch of the day; write it as "09:00-18:00", or [] for'),
        (7, "hours:\n  h: {mon: }", 'what stands here is not a stretch of the day; write it as "09:00-18:00", or []'),
        (7, "hours:\n  h: {mon: {from: 9}}", "what stands here is not a stretch of the day; write it as"),
        (
            6,
            "hours:\n  h: {mon: [], holidays: {country: LV, close: true}}",
            'unknown key "close"; did you mean "closed"',
        ),
        (6, "hours:\n  h: {mon: [], holidays: {country: LV, closed: no}}", '"closed" is "no"; true or false is'),
        (5, "country: Latvia", '"Latvia" is not a country; use its two capital letters, as LV'),
        (5, "routing: {strategy: loudest}", '"loudest" is not possible for "strategy"; use '),
        (5, "routing: {offer_timeout: 60}", '"60" is not a duration; write a number with s, m, h or d: 90s'),
        (5, "callbacks: {slot: 0m}", '"0m" is no time at all; write a longer one'),
        (5, 'callbacks: {window: "21:00-09:00"}', '"21:00-09:00" crosses midnight; begin and end on the same day'),
        (6, "  - {id: anna}", 'the operator "anna" is already defined; rename one'),
        (7, "  - {id: b, telegram: 7}\n  - {id: c, telegram: 7}", "7 already belongs to another operator; correct one"),
        (6, "  - {id: b, skills: {genral: 1.0}}", 'the skill "genral" does not exist; did you mean "general"?'),
        (7, "hours:\n  h: {mon: '9-18'}", '"9-18" is not a stretch of the day; write it as "09:00-18:00"'),
        (6, "hours:\n  h: {mon: '09:00-25:00'}", '"09:00-25:00" has a time that no clock shows; a day is'),
        (6, "hours:\n  h: {mon: '09:00-09:60'}", '"09:00-09:60" has a time that no clock shows'),
        (6, "hours:\n  h: {mon: '09:00-09:00'}", '"09:00-09:00" is no time at all; write "00:00-24:00"'),
        (6, "hours:\n  h: {mom: '09:00-10:00'}", '"mom" is neither days nor a key we know; days are mon tue'),
        (6, "hours:\n  h: {mon: ['09:00-12:00', '11:00-13:00']}", "09:00-12:00 and 11:00-13:00 overlap; make"),
        (6, "hours:\n  h: {mon: '20:00-03:00', tue: '02:00-10:00'}", "mon 20:00-03:00 and tue 02:00-10:00 overlap"),
        (6, "hours:\n  h: {mon-fri: [], wed: []}", "wed already has hours in this plan; name every day once"),
        (6, "hours:\n  h: {dates: {}}", '"h" never opens; add days, as mon-fri: ["09:00-18:00"]'),
        (6, "hours:\n  h: {mon: [], dates: []}", "single days with their hours are expected here: {2026-12-31: []}"),
        (6, "hours:\n  h: {mon: [], dates: {2026-02-30: []}}", '"2026-02-30" is not a day; write it as 2026-12-31'),
        (6, "hours:\n  h: {mon: [], holidays: LV}", "write {country: LV, closed: true}"),
        (
            6,
            "hours:\n  h: {mon: [], holidays: {country: XX}}",
            'holidays of "XX" are not known; use two capital letters',
        ),
        (6, "hours:\n  h: {mon: [], holidays: {country: DE, subdivision: BYY}}", '"BYY" is not a part of DE; did'),
    ],
)
def test_a_fault_is_named_with_its_line_and_remedy(faults_of, line, added, said):
    found = faults_of(SMALL + added + "\n")
    assert any(text.startswith(said) for _, text in found), found
    assert {at for at, _ in found} <= {line, line - 1}


def test_a_skill_names_hours_and_skills_that_exist(faults_of):
    text = SMALL.replace("{title: Help}", "{hours: offce, fallback: [general, x]}")
    assert faults_of(text + "hours: {office: {mon: []}}\n") == [
        (2, '"general" cannot help itself out; name another skill'),
        (2, 'the hours "offce" do not exist; did you mean "office"?'),
        (2, 'the skill "x" does not exist; known are: general'),
    ]


def test_a_desk_needs_a_skill(faults_of):
    assert faults_of("locales: [en]\n") == [(1, 'the key "skills" is missing; add it')]


def test_every_fault_is_named_at_once(faults_of):
    assert len(faults_of("a: 1\nb: 2\nskills: {g: {chat: 5}}\n")) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("skills: {general: {}}\n", "there is no operator"),
        (
            SMALL.replace("general: {title: Help}", "general: {}\n  other: {}").replace(
                "name: Anna", "skills: {general: 1}"
            ),
            'no operator has the skill "other"',
        ),
        (SMALL + "  - {id: bob, skills: {}}\n", '"bob" has no skill, so nothing is ever offered; name some, or'),
        (SMALL.replace("name: Anna", "locales: [eng]"), 'the desk does not speak "eng"; did you mean "en"?'),
    ],
)
def test_what_is_odd_is_a_warning(write, text, said):
    (warning,) = load_desk(write(text), TODAY).warnings
    assert warning.level == "warning"
    assert said in warning.text


def test_the_folder_of_word_vectors_is_remembered_with_its_line(write):
    loaded = load_desk(write(SMALL + "matching:\n  semantic: models/static\n"), TODAY)
    assert (loaded.semantic.folder, loaded.semantic.line) == ("models/static", 6)
    assert load_desk(write(SMALL), TODAY).semantic is None


@pytest.mark.parametrize("strategy", [*STRATEGIES, "broadcast"])
def test_every_strategy_can_be_chosen(write, strategy):
    assert load_desk(write(SMALL + f"routing: {{strategy: {strategy}}}\n"), TODAY).desk.routing.strategy == strategy
