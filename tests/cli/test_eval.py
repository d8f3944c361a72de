"""`frontline eval` of files and of a workspace: the table, the figures, and what is refused."""

import json
import re

import pytest

from tests.cli.sentences import FIGURES, held


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
    assert "Intents that overlap" not in out, "one sentence makes no overlap"
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
    assert frontline("eval", *files, "--html", "page.html") == (1, "", said)
    assert not (tmp_path / "page.html").exists()


def test_intents_that_are_asked_about_and_not_taught_are_named(frontline, files, tmp_path):
    said = "test.tsv: 3 sentences asked of a matcher trained on 7 of train.tsv"
    assert frontline("eval", *files)[1].startswith(f"{said}.\n")
    with (tmp_path / "test.tsv").open("a", encoding="utf-8") as file:
        file.write("what is new\tnews\nhow do you do\tmood\n")
    told = " ".join(frontline("eval", *files)[1].partition("\nAnswered")[0].split())
    assert told == f"{said.replace('3', '5', 1)}, which has nothing of mood, news."


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
    monkeypatch.setattr("bot.cli.evaluation.content.cross_validate", lambda *_: held(shortened))
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


def test_one_sentence_is_one(frontline, files, tmp_path):
    (tmp_path / "one.tsv").write_text("where is my parcel\tparcel\n", "utf-8")
    _, out, err = frontline("eval", "--train", "train.tsv", "--test", "one.tsv")
    assert "one.tsv: 1 sentence asked" in out
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
