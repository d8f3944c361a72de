"""Phone numbers, read as people write them and written as people read them."""

import phonenumbers


def read_phone(text: str, country: str | None) -> str | None:
    """The number as E.164, or None when no such number exists; `country` helps where the code is missing."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def show_phone(number: str) -> str:
    """An E.164 number in groups, as its country writes it: `+371 29 123 456`. Raises NumberParseException else."""
    return phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
