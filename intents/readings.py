"""Other ways to read a text: typed in the wrong keyboard layout, or Russian in Latin letters."""

import re
from collections.abc import Iterator

_LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~{}:\"<>?"
_CYRILLIC_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбю.ёхъжэбю,"
_TO_CYRILLIC = str.maketrans(_LATIN_KEYS, _CYRILLIC_KEYS)
_TO_LATIN = str.maketrans(dict(zip(_CYRILLIC_KEYS[:34], _LATIN_KEYS[:34], strict=True)))
_CYRILLIC = re.compile("[а-яё]")
_LATIN = re.compile("[a-z]")
_TAIL = re.compile(r"[.,?!;:]+(?=\s|$)")

_SOUNDS = {
    "shch": "щ", "sch": "щ", "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "ts": "ц", "yu": "ю", "ju": "ю", "iu": "ю",
    "ya": "я", "ja": "я", "ia": "ия", "yo": "е", "jo": "е", "ye": "е", "yy": "ый", "iy": "ий", "ij": "ий", "yj": "ый",
    "x": "х", "h": "х", "w": "в", "q": "к", "c": "ц", "'": "ь", "4": "ч", "6": "ш",
    **dict(zip("abvgdezijklmnoprstufy", "абвгдезийклмнопрстуфы", strict=True)),
}  # fmt: skip
_SOUND = re.compile("|".join(sorted(map(re.escape, _SOUNDS), key=len, reverse=True)))
_FINAL_Y = re.compile(r"(?<=[aeiou])y\b")  # "moy", "zakazay": after a vowel y is й


def readings(folded: str) -> Iterator[str]:
    """What else the folded text may say. Cheap; whether a reading makes sense is for the caller to find out."""
    latin, cyrillic = _LATIN.search(folded), _CYRILLIC.search(folded)
    if latin and not cyrillic:
        if _TAIL.search(folded):  # a mark at a word's end may be the mark that it looks like, or a letter
            yield _TAIL.sub("", folded).translate(_TO_CYRILLIC)
        yield folded.translate(_TO_CYRILLIC)
        yield _SOUND.sub(lambda found: _SOUNDS[found[0]], _FINAL_Y.sub("j", folded))
    if cyrillic and not latin:
        yield folded.translate(_TO_LATIN)
