"""Cities that stand for time zones."""

from zoneinfo import available_timezones

import pytest

from bot.workspace.cities import city_of, zone_of


@pytest.mark.parametrize(
    ("zone", "en", "ru", "lv"),
    [
        ("Europe/Riga", "Riga", "Рига", "Rīga"),
        ("America/New_York", "New York", "Нью-Йорк", "Ņujorka"),
        ("Asia/Kolkata", "Kolkata", "Калькутта", "Kalkāta"),
        ("Europe/Kyiv", "Kyiv", "Киев", "Kijeva"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires", "Буэнос-Айрес", "Buenosairesa"),
        ("Etc/GMT-3", "UTC+3", "UTC+3", "UTC+3"),
        ("Etc/GMT+11", "UTC-11", "UTC-11", "UTC-11"),
        ("US/Pacific", "Pacific", "Pacific", "Pacific"),
        ("UTC", "UTC", "UTC", "UTC"),
    ],
)
def test_a_zone_is_called_by_its_city_in_the_customer_s_language(zone, en, ru, lv):
    assert [city_of(zone, locale) for locale in ("en", "ru", "lv")] == [en, ru, lv]


def test_a_language_that_nobody_knows_hears_the_city_as_the_zone_has_it():
    assert [city_of("America/New_York", locale) for locale in ("xx", "no such thing", "pt-BR")] == [
        "New York",
        "New York",
        "Nova York",
    ]


@pytest.mark.parametrize("city", ["Москва", "москва", "Maskava", "MOSCOW"])
def test_a_city_is_understood_in_each_language(city):
    assert zone_of(city) == "Europe/Moscow"


@pytest.mark.parametrize("city", ["Лос Анджелес", "los angeles", "Losandželosa", "losandzelosa"])
def test_accents_and_hyphens_may_be_left_out(city):
    assert zone_of(city) == "America/Los_Angeles"


@pytest.mark.parametrize("text", ["", "Atlantis", "GMT", "UTC+3"])
def test_what_is_no_city_is_none(text):
    assert zone_of(text) is None


def test_every_city_that_we_call_by_name_is_understood():
    named = {zone: city_of(zone, "ru") for zone in available_timezones() if zone.startswith("Europe/")}
    assert {zone for zone, city in named.items() if zone_of(city) is None} == set()
