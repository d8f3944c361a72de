"""A canned reply is what the admin wrote, in the customer's language, with what is known filled in."""

from bot.dialog.replies import Reply

HELLO = Reply("hello", {"en": "Hello, {customer}! I am {operator}, #{ticket}.", "ru": "Здравствуйте, {customer}!"})


def test_what_is_known_is_filled_in():
    assert HELLO.said("en", "Boris", "Anna", 7) == "Hello, Boris! I am Anna, #7."
    assert HELLO.said("ru", "Борис", "Анна", 7) == "Здравствуйте, Борис!"


def test_who_gave_no_name_is_addressed_without_one():
    assert HELLO.said("en", "", "Anna", 7) == "Hello! I am Anna, #7."


def test_what_a_customer_is_called_is_not_filled_in_again():
    assert HELLO.said("en", "{operator}", "Anna", 7) == "Hello, {operator}! I am Anna, #7."


def test_a_language_that_is_missing_gives_way_to_the_first_one_written():
    assert HELLO.said("lv", "Boris", "Anna", 7).startswith("Hello, Boris!")
