"""The same keys under another layout: a PC keyboard, US English and Russian."""

import re
from collections.abc import Iterator

# as typed after folding: the letter keys, what their punctuation keys are with Shift, and the digits with Shift
_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./" + '~{}:"<>' + "?@#$^&"
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю." + "ёхъжэбю" + ',"№;:?'
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC.replace("ё", "е"))
_TO_LATIN = str.maketrans('йцукенгшщзхъфывапролджэячсмитьбю.,№;:?"', "qwertyuiop[]asdfghjkl;'zxcvbnm,./?#$^&@")
_MARKS = ",.?!;:'\"[]<>{}"  # at a word's end they may be what they look like, or letters
_DEAD = re.compile(
    r"'(?!(?:s|t|d|m|re|ve|ll)\b)(?=[aceigklnrsuz])"
)  # before the letter that it accents: ' and a make ā


def in_cyrillic(chunk: str) -> Iterator[str]:
    """What the folded chunk, which has a letter, says if the Russian layout was meant; the likelier first."""
    if (begun := len(chunk) - len(chunk.lstrip(_MARKS))) or chunk[-1] in _MARKS:
        ended = len(chunk.rstrip(_MARKS))
        yield chunk[:begun] + chunk[begun:ended].translate(_TO_CYRILLIC) + chunk[ended:]
    yield chunk.translate(_TO_CYRILLIC)


def in_latin(chunk: str) -> Iterator[str]:
    """What the folded chunk says if an English layout was meant, or a Latvian one, whose dead key is the apostrophe."""
    typed = accented(chunk.translate(_TO_LATIN))
    yield typed
    if "'" in typed:
        yield typed.replace("'", "")


def accented(latin: str) -> str:
    """The Latin text without dead keys: a layout that knows none leaves them standing (pieg'ade). Bare letters."""
    return _DEAD.sub("", latin)
