"""A static model of a few words, saved by the library itself."""

import numpy as np
from model2vec import StaticModel
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

VECTORS = {
    "[PAD]": (0, 0, 0, 0),
    "[UNK]": (9, 9, 9, 9),
    "parcel": (4, 1, 0, 0),
    "package": (4, 1.25, 0, 0),
    "bundle": (4, 1.25, 0, 0),
    "where": (0, 0, 1, 0),
    "refund": (0, 0, 0, 3),
    "##s": (0, 0.25, 0, 0),
    "привет": (-2, 0, 0, 0),
}


def static_model(**options):
    tokenizer = Tokenizer(WordPiece({word: at for at, word in enumerate(VECTORS)}, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer()
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return StaticModel(np.array(list(VECTORS.values()), np.float16), tokenizer, normalize=True, **options)


def save(folder, **options):
    """The folder, with a model in it."""
    static_model(**options).save_pretrained(folder)
    return folder
