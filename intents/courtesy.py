"""Greetings before the matter itself."""

from collections.abc import Sequence

LONGEST = 3
_GREETINGS = """
    здравствуйте; здравствуй; здрасте; здрасьте; приветствую; привет; приветик; хай; доброе утро; добрый день;
    добрый вечер; доброго дня; доброго утра; доброго вечера; доброго времени суток; всем привет; привет всем;
    здравствуйте всем
    hello; hello there; hi; hi there; hey; hey there; hiya; greetings; good morning; good afternoon; good evening;
    good day; dear sirs; hello everyone; hi guys; hi all; hello all
    labdien; labrit; labvakar; sveiki; sveika; sveiks; cau; caau; hei; hallo; laba diena; labu dienu; labu ritu;
    labu vakaru; esiet sveicinati; prieciga diena; sveicieni; sveicinati; labdien visiem; sveiki visiem
"""
_KNOWN = frozenset(
    tuple(greeting.split())
    for line in _GREETINGS.strip().splitlines()
    for greeting in line.split(";")
    if greeting.strip()
)


def beyond_greeting(words: Sequence[str]) -> Sequence[str]:
    """The words after the greetings that a message begins with; all of them if it is nothing else.

    Who greets and asks wants an answer, not a greeting. In any language, whatever the language of the rest.
    """
    rest = words
    while rest:
        for size in range(min(LONGEST + 1, len(rest)), 0, -1):
            if tuple(rest[:size]) in _KNOWN:
                rest = rest[size:]
                break
        else:
            return rest
    return words
