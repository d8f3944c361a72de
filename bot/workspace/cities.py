"""Cities that stand for time zones, in the customers' languages, from the CLDR as Babel has it."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError

LOCALES = ("en", "ru", "lv")  # in which a city is understood, whoever writes it
_OFFSET = re.compile(r"Etc/GMT([+-])(\d+)")
_NAMED_BEFORE = {  # the CLDR keeps the name that a zone had first
    "Africa/Asmara": "Africa/Asmera",
    "America/Argentina/Buenos_Aires": "America/Buenos_Aires",
    "America/Argentina/Catamarca": "America/Catamarca",
    "America/Argentina/Cordoba": "America/Cordoba",
    "America/Argentina/Jujuy": "America/Jujuy",
    "America/Argentina/Mendoza": "America/Mendoza",
    "America/Atikokan": "America/Coral_Harbour",
    "America/Indiana/Indianapolis": "America/Indianapolis",
    "America/Kentucky/Louisville": "America/Louisville",
    "America/Nuuk": "America/Godthab",
    "Asia/Ho_Chi_Minh": "Asia/Saigon",
    "Asia/Kathmandu": "Asia/Katmandu",
    "Asia/Kolkata": "Asia/Calcutta",
    "Asia/Yangon": "Asia/Rangoon",
    "Atlantic/Faroe": "Atlantic/Faeroe",
    "Europe/Kyiv": "Europe/Kiev",
    "Pacific/Chuuk": "Pacific/Truk",
    "Pacific/Kanton": "Pacific/Enderbury",
    "Pacific/Pohnpei": "Pacific/Ponape",
}


def city_of(zone: str, locale: str) -> str:
    """`Рига` for Europe/Riga in Russian; `UTC+3` for a zone that is an offset and no place."""
    offset = _OFFSET.fullmatch(zone)
    if offset:  # POSIX counts the other way round
        return f"UTC{'-' if offset[1] == '+' else '+'}{offset[2]}"
    known = _cities(locale).get(_NAMED_BEFORE.get(zone, zone))
    return known or zone.rpartition("/")[2].replace("_", " ")


def zone_of(city: str) -> str | None:
    """The zone whose city it is, in any of the languages, with or without capitals and accents."""
    return _zones().get(_folded(city))


@cache
def _cities(locale: str) -> Mapping[str, str]:
    try:
        zones = Locale.parse(locale, sep="-" if "-" in locale else "_").time_zones
    except (UnknownLocaleError, ValueError):
        return {}
    return {zone: facts["city"] for zone, facts in zones.items() if facts.get("city")}


@cache
def _zones() -> Mapping[str, str]:
    places = sorted(each for each in available_timezones() if "/" in each and not each.startswith("Etc/"))
    named = {_folded(city_of(zone, locale)): zone for locale in LOCALES for zone in reversed(places)}
    return {city: zone for city, zone in named.items() if city}


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold().replace("-", " ").replace("’", "'"))
    return " ".join("".join(each for each in apart if not unicodedata.combining(each)).split())
