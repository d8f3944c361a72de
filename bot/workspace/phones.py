"""Read phone numbers as people write them."""

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
