"""Word vectors from a model folder: what they say, and what is said when they cannot be used."""

import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from intents.vectors import Vectors, VectorsError
from tests.static_model import VECTORS, save, static_model


@pytest.fixture
def folder(tmp_path):
    return save(tmp_path / "static")


@pytest.fixture
def vectors(folder):
    return Vectors.load(folder)


def refusal_of(folder):
    with pytest.raises(VectorsError) as error:
        Vectors.load(folder)
    return str(error.value).replace(str(folder), "FOLDER")


def damage(file, change):
    file.write_bytes(change(file.read_bytes()))


def test_words_that_mean_alike_point_alike(vectors):
    assert vectors.of(["parcel"]) @ vectors.of(["package"]) > 0.99
    assert abs(vectors.of(["parcel"]) @ vectors.of(["refund"])) < 0.01


def test_a_sentence_is_what_the_library_makes_of_it(vectors):
    words = ["where", "parcels", "refund"]
    assert vectors.of(words) == pytest.approx(static_model().encode([" ".join(words)])[0], abs=1e-3)


def test_a_model_with_shared_vectors_and_weights_is_what_the_library_makes_of_it(tmp_path):
    shared = {
        "token_mapping": np.array([0, 1, 2, 2, 4, 5, 6, 7]),
        "weights": np.linspace(0.5, 1.5, len(VECTORS)),
    }
    words = ["where", "package", "refund"]
    found = Vectors.load(save(tmp_path / "static", **shared)).of(words)
    assert found == pytest.approx(static_model(**shared).encode([" ".join(words)])[0], abs=1e-3)


def test_a_sentence_has_length_one(vectors):
    assert vectors.dim == 4
    assert vectors.of(["where", "parcel"]).shape == (4,)
    assert np.linalg.norm(vectors.of(["where", "parcel"])) == pytest.approx(1)


@pytest.mark.parametrize("words", [[], [""], ["qwerty"], ["qwerty", "???"]])
def test_what_the_model_does_not_know_has_no_direction(vectors, words):
    assert not vectors.of(words).any()


def test_an_unknown_word_does_not_disturb_the_others(vectors):
    assert (vectors.of(["qwerty", "refund"]) == vectors.of(["refund"])).all()


def test_case_is_the_models_own_affair(vectors):
    assert (vectors.of(["Parcel"]) == vectors.of(["parcel"])).all()
    assert (vectors.of(["ПРИВЕТ"]) == vectors.of(["привет"])).all()


def test_only_a_whole_entry_is_a_known_word(vectors):
    assert vectors.knows("parcel")
    assert not vectors.knows("parcels")  # of two pieces
    assert not vectors.knows("qwerty")
    assert not vectors.knows("")


def test_many_sentences_are_as_one_by_one(vectors):
    sentences = [["where", "parcel"], [], ["refund"]]
    assert (vectors.many(sentences) == [vectors.of(words) for words in sentences]).all()
    assert vectors.many([]).shape == (0, 4)


def test_what_is_given_away_may_be_changed(vectors):
    before = vectors.of(["parcel"]).copy()
    vectors.of(["parcel"])[:] = 7
    assert (vectors.of(["parcel"]) == before).all()


def test_threads_share_one_model(vectors):
    sentences = [["parcel", f"where{at % 40}", "refund"] for at in range(400)]
    alone = vectors.many(sentences)
    with ThreadPoolExecutor(8) as pool:
        assert (np.array(list(pool.map(vectors.of, sentences))) == alone).all()


def test_the_fingerprint_names_the_content(folder, vectors, tmp_path):
    assert Vectors.load(folder).fingerprint == vectors.fingerprint
    assert Vectors.load(save(tmp_path / "copy")).fingerprint == vectors.fingerprint
    weighted = save(tmp_path / "other", weights=np.full(len(VECTORS), 2.0))
    assert Vectors.load(weighted).fingerprint != vectors.fingerprint


def test_without_the_extra_the_remedy_is_one_command(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "model2vec", None)
    assert refusal_of(folder) == (
        "word vectors need an extra that is not installed; run: pip install 'frontline[semantic]'"
    )


def test_a_missing_folder_is_named_and_never_asked_of_the_internet(tmp_path):
    assert refusal_of(tmp_path / "none") == (
        'there is no folder "FOLDER"; correct the path, or make a model there as docs/semantic.md says'
    )


def test_a_folder_without_a_model_says_so(tmp_path):
    (tmp_path / "README.md").write_text("Models come here.", "utf-8")
    assert refusal_of(tmp_path) == (
        'there is no model in "FOLDER", where model.safetensors and tokenizer.json would be; '
        "name the folder of one, or make one as docs/semantic.md says"
    )


def test_a_layout_of_sentence_transformers_is_a_model(folder, vectors):
    nested = folder / "0_StaticEmbedding"
    nested.mkdir()
    matrix = load_file(folder / "model.safetensors")["embeddings"]
    save_file({"embedding.weight": matrix}, nested / "model.safetensors")
    (folder / "tokenizer.json").rename(nested / "tokenizer.json")
    (folder / "config.json").rename(folder / "config_sentence_transformers.json")
    (folder / "model.safetensors").unlink()
    assert (Vectors.load(folder).of(["where", "parcel"]) == vectors.of(["where", "parcel"])).all()


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("model.safetensors", lambda content: content[: len(content) // 2]),
        ("model.safetensors", lambda content: content.replace(b"embeddings", b"embedmings")),  # another kind of model
        ("tokenizer.json", lambda content: content[: len(content) // 2]),
        ("tokenizer.json", lambda content: content.replace(b'"refund":6,', b"")),  # fewer tokens than vectors
        ("config.json", lambda _: b"{"),
        ("config.json", lambda _: b"[]"),
    ],
)
def test_a_damaged_model_is_named_with_the_reason(folder, file, change):
    damage(folder / file, change)
    said = refusal_of(folder)
    assert said.startswith('"FOLDER" cannot be read as a static model (')
    assert said.endswith("); download or make it again as docs/semantic.md says")
    assert "\n" not in said


def test_numbers_that_are_not_finite_are_damage(folder):
    damage(folder / "model.safetensors", lambda content: content[:-2] + np.float16(np.nan).tobytes())
    assert "(not all of its numbers are finite)" in refusal_of(folder)
