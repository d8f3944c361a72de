"""`frontline eval`: files, a workspace, a change of content; as a table, as data and as a page."""

import json
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from intents.held_out import HeldOut
from intents.ranking import Candidate, Ranking

DOCS = Path(__file__).parents[2] / "docs" / "evaluating.md"
FIGURES = [
    "accuracy", "macro_f1", "answer_precision", "answer_coverage", "oos_auroc", "oos_fpr95", "oos_rejected", "ece",
    "train_s", "p50_us", "p99_us", "n_train", "n_test",
]  # fmt: skip
TRAIN = """\
where is my parcel\tOrder status
track my order\tOrder status
order status please\tOrder status
i want my money back\trefund
how to return an item\trefund
when do you open\thours
opening hours\thours
"""
TEST = "where is my parcel\tOrder status\nreturn this\thours\nopening hours\thours\n"


@pytest.fixture
def files(tmp_path):
    for name, text in {"train": TRAIN, "test": TEST, "oos": "xylophone\nopening hours\toos\tmore\n"}.items():
        (tmp_path / f"{name}.tsv").write_text(text, "utf-8")
    return ("--train", "train.tsv", "--test", "test.tsv")


@pytest.fixture
def shop(frontline, tmp_path):
    frontline("init", "shop")
    return tmp_path / "shop" / "intents" / "shop.yaml"


@pytest.fixture
def history(shop, tmp_path):
    def git(*words):
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], cwd=tmp_path, check=True)

    git("init", "--quiet")
    git("add", "shop")
    git("commit", "--quiet", "-m", "one")
    text = shop.read_text("utf-8").replace("        working hours\n", "        delivery price\n")
    text = text.replace("        delivery price\n        how long", "        working hours\n        how long")
    shop.write_text(text.replace("        agent\n", "        a colleague of yours\n"), "utf-8")
    return shop


def test_files_give_the_promised_keys_and_nothing_else(frontline, files):
    status, out, _ = frontline("eval", *files, "--oos", "oos.tsv", "--json")
    assert status == 0
    figures = json.loads(out)
    assert list(figures) == FIGURES
    assert (figures["accuracy"], figures["oos_rejected"], figures["n_train"], figures["n_test"]) == (2 / 3, 0.5, 7, 3)


def test_files_as_a_table_show_what_went_wrong_and_where(frontline, files):
    status, out, err = frontline("eval", *files)
    assert status == 0
    assert re.search(r"^accuracy +66\.7%$", out, re.MULTILINE)
    assert "not ours" not in out
    assert re.search(r"^    test\.tsv:2  return this  0\.\d\d  \w+ +refund$", out, re.MULTILINE)
    assert err.startswith("3 sentences, 66.7% right, ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--train", "train.tsv"], "--train needs --test beside it: learn from one file, ask about the other."),
        (["--test", "test.tsv"], "--test needs --train beside it: learn from one file, ask about the other."),
        (["--oos", "oos.tsv"], "--oos goes with --train and --test; name all three."),
        (
            [".", "--train", "train.tsv", "--test", "test.tsv"],
            "WORKSPACE is for the content of a workspace; leave it out, or leave --train and --test.",
        ),
        (["--precision", "95"], "--precision is 95; give a share from 0.5 to 1, such as 0.95."),
        (["--fail-under", "-1"], "--fail-under is -1; give a share from 0 to 1, such as 0.95."),
        (["--compare", "HEAD"], "The sample that comes with Frontline has no revisions; name a folder of your own."),
    ],
)
def test_wrong_use_is_one_line_and_status_2(frontline, files, words, said):
    assert frontline("eval", *words) == (2, "", f"{said}\n")


def test_a_wrong_file_is_one_line_and_status_1(frontline, files, tmp_path):
    (tmp_path / "test.tsv").write_text("where is my parcel\n", "utf-8")
    said = "test.tsv:1: error: there is no tab in this line; write text<TAB>intent [wrong-value]\n"
    assert frontline("eval", *files) == (1, "", said)


def test_too_few_right_ones_fail_a_build(frontline, files):
    status, _, err = frontline("eval", *files, "--fail-under", "0.9")
    assert (status, err.splitlines()[-1]) == (1, "66.7% are right, fewer than 90.0%")
    assert frontline("eval", *files, "--fail-under", "0.6")[0] == 0


def test_a_workspace_is_asked_about_each_of_its_sentences(frontline, shop):
    status, out, err = frontline("eval", "shop")
    assert status == 0
    assert out.startswith("shop: 28 sentences of 3 intents, each asked of a matcher that had not learnt it.\n")
    assert re.search(r"^all +24 +\d", out, re.MULTILINE)
    wrong = re.findall(r"^    shop\.yaml:(\d+) +(.+?)  +\d\.\d\d  \w+ +\w+$", out, re.MULTILINE)
    written = shop.read_text("utf-8").splitlines()
    assert wrong
    assert all(text in written[int(line) - 1] for line, text in wrong)
    assert err.startswith("Each sentence is asked of a matcher that has not learnt it")


def test_the_table_fits_a_hundred_columns_and_can_be_cut(frontline, sample, monkeypatch):
    shortened = sample.intents.intents
    monkeypatch.setattr("bot.cli.evaluation.content.cross_validate", lambda *_: _held(shortened))
    status, out, _ = frontline("eval", "--precision", "0.9")
    assert status == 0
    assert max(map(len, out.splitlines())) <= 100
    assert "90% of the answers should be right" in out
    assert "Intents that overlap" in out
    assert "None of ours, and answered all the same" in out
    assert re.search(r"^ru +\d", out, re.MULTILINE)
    assert frontline("eval", "--worst", "2")[1].count("\n") < out.count("\n")
    only = frontline("eval", "--locale", "lv")[1]
    assert re.search(r"^    \w+\.yaml:\d+  ", only, re.MULTILINE)
    assert "  ru  " not in only


def _held(intents):
    """As if each intent were taken for the next one, by sentences of two locales."""
    names = list(intents)
    for intent, other in zip(names, [*names[2:], *names[:2]], strict=True):
        for locale in ("ru", "lv"):
            for at, text in enumerate(intents[intent].examples.get(locale, ())):
                yield HeldOut(
                    text, locale, intent, Ranking((Candidate(other if at % 2 else intent, 0.9),), "blend", ours=1.0)
                )
    yield HeldOut("какая завтра погода" * 9, "ru", None, Ranking((Candidate("cancel", 0.9),), "blend", ours=1.0))


def test_one_sentence_is_one(frontline, files, tmp_path):
    (tmp_path / "one.tsv").write_text("where is my parcel\tparcel\n", "utf-8")
    _, out, err = frontline("eval", "--train", "train.tsv", "--test", "one.tsv")
    assert "one.tsv: 1 sentence of one.tsv asked" in out
    assert err.startswith("1 sentence, ")


def test_it_is_said_that_few_sentences_leave_the_thresholds_as_usual(frontline, shop):
    _, out, _ = frontline("eval", "shop")
    assert "as is usual: there are too few sentences to choose for 95% right answers." in out


def test_a_locale_that_the_desk_does_not_speak_is_refused(frontline, shop):
    status, _, err = frontline("eval", "shop", "--locale", "fr")
    assert (status, err.splitlines()[-1]) == (2, 'The desk does not speak "fr"; known are: en.')


def test_a_workspace_without_examples_has_nothing_to_measure(frontline, shop):
    text = re.sub(r"    examples:.*\n(?:      .*\n)+", '    patterns: ["x"]\n', shop.read_text("utf-8"))
    shop.write_text(text, "utf-8")
    status, _, err = frontline("eval", "shop")
    assert status == 1
    assert err.endswith("shop has no example to measure with. Write sentences under `examples:` of its intents.\n")


def test_a_change_is_told_sentence_by_sentence(frontline, history):
    status, out, err = frontline("eval", "shop", "--compare", "HEAD")
    assert status == 0
    assert "Before: shop at HEAD, 28 sentences of 3 intents" in out
    assert re.search(r"^accuracy +\d+\.\d% +\d+\.\d% +[+-]\d+\.\d$", out, re.MULTILINE)
    assert '\nNew sentences: 1\n  "a colleague of yours"  (en) shop.yaml:48\n' in out
    assert '\nRemoved sentences: 1\n  "agent"  (en) shop.yaml:48\n      human: ' in out
    assert re.search(r'"delivery price".*\n      delivery → opening_hours: delivery', out)
    assert re.search(r"\d \w+.*, 1 added, 1 removed\n", err)


def test_nothing_changed_is_said(frontline, history):
    subprocess.run(["git", "checkout", "--quiet", "shop"], cwd=history.parents[2], check=True)
    status, out, err = frontline("eval", "shop", "--compare", "HEAD")
    assert status == 0
    assert out.endswith("No sentence fares otherwise.\n")
    assert "nothing changed" in err


def test_a_hook_of_git_may_compare(frontline, history, monkeypatch):
    monkeypatch.setenv("GIT_DIR", "elsewhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "elsewhere/index")
    assert frontline("eval", "shop", "--compare", "HEAD")[0] == 0


def test_the_repository_stays_as_it_is(frontline, history):
    def status():
        words = ["git", "status", "--porcelain=v2", "--untracked-files=no"]
        return subprocess.run(words, cwd=history.parents[2], check=True, capture_output=True).stdout

    before = status()
    frontline("eval", "shop", "--compare", "HEAD")
    assert status() == before


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("nope", 'There is no revision "nope" in {top}. Name a commit, a branch or a tag.'),
        ("-all", 'There is no revision "-all" in {top}. Name a commit, a branch or a tag.'),
    ],
)
def test_an_unknown_revision_is_one_line(frontline, history, revision, said):
    status, _, err = frontline("eval", "shop", f"--compare={revision}")
    assert (status, err.splitlines()[-1]) == (1, said.format(top=history.parents[2]))


def test_a_folder_that_is_newer_than_the_revision(frontline, history):
    history.parents[1].rename(history.parents[2] / "young")
    status, _, err = frontline("eval", "young", "--compare", "HEAD")
    said = "young is not in the revision HEAD. Name a later one, or commit the folder first."
    assert (status, err.splitlines()[-1]) == (1, said)


def test_a_folder_outside_of_any_repository(frontline, shop):
    status, _, err = frontline("eval", "shop", "--compare", "HEAD")
    said = "shop is in no git repository, so it has no revisions. Run `git init` there and commit your content."
    assert (status, err.splitlines()[-1]) == (1, said)


def test_without_git_nothing_can_be_compared(frontline, history, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    status, _, err = frontline("eval", "shop", "--compare", "HEAD")
    assert (status, err.splitlines()[-1]) == (1, "To compare, git is needed, and it is not here; install it.")


def test_faults_of_an_old_revision_are_named_as_git_names_them(frontline, history):
    good = history.read_text("utf-8")
    history.write_text("intents: 3\n", "utf-8")
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qam", "x"], cwd=history.parents[2], check=True
    )
    history.write_text(good, "utf-8")
    status, _, err = frontline("eval", "shop", "--compare", "HEAD")
    assert status == 1
    assert "\nHEAD:intents/shop.yaml:1: error: " in err


class _Page(HTMLParser):
    """What a page is made of, and whether every element is closed."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.attributes, self.text = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def read(file):
    page = _Page()
    page.feed(Path(file).read_text("utf-8"))
    page.close()
    assert page.open == []
    return page


def test_the_page_stands_alone_and_shows_what_was_found(frontline, history):
    history.write_text(
        history.read_text("utf-8").replace("real person", "<script>alert(1)</script> & person"), encoding="utf-8"
    )
    status, _, _ = frontline("eval", "shop", "--compare", "HEAD", "--html", "report.html")
    assert status == 0
    page = read("report.html")
    assert page.tags.count("svg") == 2
    assert {"script", "link", "img", "iframe"}.isdisjoint(page.tags)
    assert {"src", "href"}.isdisjoint(name for name, _ in page.attributes)
    assert not re.search(r"url\(|@import|https?:", Path("report.html").read_text("utf-8"))
    said = "".join(page.text)
    assert "<script>alert(1)</script> & person" in said
    for title in ("right at the first guess", "Since shop at HEAD", "New sentences", "Who is taken for whom"):
        assert title in said
    assert "prefers-color-scheme: dark" in said


def test_the_page_of_a_large_content_draws_the_most_confused_intents(frontline, sample, monkeypatch):
    monkeypatch.setattr("bot.cli.evaluation.content.cross_validate", lambda *_: _held(sample.intents.intents))
    frontline("eval", "--html", "report.html")
    page = read("report.html")
    said = "".join(page.text)
    assert f"24 of {len(sample.intents.intents)} intents, the most confused ones." in said
    assert "None of ours, and answered all the same" in said
    assert "not shown" in said


def test_the_page_of_a_flawless_content_has_no_confusion(frontline, tmp_path):
    (tmp_path / "train.tsv").write_text(TRAIN, "utf-8")
    status, _, _ = frontline("eval", "--train", "train.tsv", "--test", "train.tsv", "--html", "report.html")
    assert status == 0
    said = "".join(read("report.html").text)
    assert "Who is taken for whom" not in said
    assert "Without a mistake: Order status, hours, refund." in said


def test_a_content_of_which_nothing_is_understood_is_shown_too(frontline, sample, monkeypatch):
    strange = [HeldOut("😀", "en", "cost", Ranking()), HeldOut("🎈", "en", None, Ranking())]
    monkeypatch.setattr("bot.cli.evaluation.content.cross_validate", lambda *_: strange)
    status, out, _ = frontline("eval", "--html", "report.html")
    assert status == 0
    assert re.search(r"^    😀  0\.00  missed  nothing$", out, re.MULTILINE)
    assert "→ nothing 0.00 missed" in "".join(read("report.html").text)


def test_a_page_that_cannot_be_written_is_one_line(frontline, files):
    said = "no/report.html cannot be written (No such file or directory); name a file in a folder that is there.\n"
    assert frontline("eval", *files, "--html", "no/report.html") == (2, "", said)


SENTENCES = ("wrong", "there", "back", "oos_answered")  # lists of one shape, documented once


def keys(value, path=""):
    """Every key of the data with its way from the top; of a list its first element, of `figures` each alike."""
    if isinstance(value, list):
        return keys(value[0], f"{path}[]") if value and isinstance(value[0], dict) else set()
    found = set()
    for key, inner in value.items():
        here = f"{path}.{key}".removeprefix(".")
        found.add(here)
        if key == "figures":
            found |= keys(inner["all"], f"{here}.*")
        elif isinstance(inner, dict | list) and key not in SENTENCES:
            found |= keys(inner, here)
    return found


def documented(heading):
    section = DOCS.read_text("utf-8").split(f"\n### {heading}\n")[1].split("\n##")[0]
    return set(re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE))


def test_every_key_of_the_data_is_documented(frontline, history, monkeypatch, sample):
    changed = json.loads(frontline("eval", "shop", "--compare", "HEAD", "--json")[1])
    monkeypatch.setattr("bot.cli.evaluation.content.cross_validate", lambda *_: _held(sample.intents.intents))
    found = json.loads(frontline("eval", "--json")[1])
    lists = [
        found["intents"][0]["wrong"],
        found["oos_answered"],
        *(found["overlaps"][0][way] for way in SENTENCES[1:3]),
    ]
    assert documented("Files") == set(FIGURES)
    assert documented("A workspace") == keys(found)
    assert all(documented("A sentence") == set(sentences[0]) for sentences in lists if sentences)
    assert documented("A comparison") == {*changed, *keys(changed["changes"], "changes")} - SIDES
    assert set(changed["before"]) == set(changed["after"]) == {"name", "precision", "thresholds", "figures"}
    side = next(each["after"] for each in changed["changes"] if each["after"])
    assert set(side) == {"intent", "got", "score", "outcome", "right"}


SIDES = {
    f"changes[].{side}.{key}" for side in ("before", "after") for key in ("intent", "got", "score", "outcome", "right")
}
