"""Plurals: which form of a noun follows a number."""

SLAVIC = ("ru", "uk", "be")
ONE, FEW, MANY = range(3)  # of a list of three forms; a language with two has the second one twice


def form(locale: str, number: int) -> int:
    """The place of the form that the language uses with the number, as CLDR has it."""
    last, teens = number % 10, number % 100 in range(11, 20)
    if locale in SLAVIC:
        return MANY if teens or last == 0 or last > 4 else ONE if last == 1 else FEW  # noqa: PLR2004 - two to four
    if locale == "lv":
        return ONE if last == 1 and not teens else MANY
    return ONE if number == 1 else MANY
