"""Characters that look like plain ones and are none: letters of another alphabet, dashes, blanks that nobody sees."""

from collections.abc import Callable

_LETTERS = zip(
    "АВЕЅІЈКМНОРСТУХаеѕіјкмнорстухАΒΕΖΗΙΚΜΝΟΡΤΥΧо", "ABESIJKMHOPCTYXaesijkmhopctyxABEZHIKMNOPTYXo", strict=True
)
_PLAIN = str.maketrans(
    {
        **dict(_LETTERS),
        **dict.fromkeys("\u00a0\u2007\u202f", " "),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("“”„‟«»‘’", ""),
    }
)


def retyped(text: str, fits: Callable[[str], object]) -> str | None:
    """A remedy for a text that would fit if it were typed in plain characters; None if that is not what is wrong."""
    plain = text.translate(_PLAIN)
    if plain == text or not fits(plain):
        return None
    odd = next(each for each in text if ord(each) in _PLAIN)
    what = (
        f"the {odd} in it is not the character that it looks like"
        if odd.isprintable()
        else "an invisible character stands in it"
    )
    return f'{what}; type it anew: "{plain}"'


def invisible(row: str) -> bool:
    """Whether a line holds a character that looks like a blank, or like nothing, and is not read as one."""
    return any(ord(each) in _PLAIN and not each.isprintable() for each in row)
