"""The doorway to the desk: a look at a one-time link is free, the press on its page lets in once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.web.at_desk import link
from tests.web.stage import ORIGIN, serving


async def press(front, link):
    """The button, as a browser that speaks English sends it."""
    form, headers = {"key": link.partition("key=")[2]}, {"Accept-Language": "en", "Origin": ORIGIN}
    return await front.http.post(f"{front.base}/desk", data=form, headers=headers, allow_redirects=False)


async def test_a_link_lets_in_once():
    async with serving() as front:
        key = link(front)
        inside = await front.enter(key)
        assert (inside.status, inside.headers["Location"]) == (303, "/desk")
        cookie = inside.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert "Secure" not in cookie, "the public URL is http here"
        front.http.cookie_jar.clear()
        again = await front.http.get(key)
        assert again.status == 403
        assert "frontline operators invite" in await again.text()


async def test_a_preview_does_not_use_the_link_up():
    async with serving() as front:
        key = link(front)
        for _ in range(3):
            assert (await front.http.head(key)).status == 200
            shown = await front.http.get(key)
            assert "Set-Cookie" not in shown.headers
            assert shown.headers["Cache-Control"] == "no-store"
        assert (await front.enter(key)).status == 303


async def test_two_who_see_the_button_do_not_both_get_in():
    async with serving() as front:
        key = link(front)
        first = await press(front, key)
        front.http.cookie_jar.clear()  # another browser
        second = await press(front, key)
        assert (first.status, second.status) == (303, 403)


@pytest.mark.parametrize(
    ("languages", "operator", "said"),
    [
        ("en-GB,ru;q=0.8", "anna", "Anna, this link lets you in once"),
        ("ru", "anna", "Анна, по этой ссылке можно войти один раз"),
        ("lv", "olga", "šī saite ielaiž vienu reizi"),
    ],
)
async def test_the_door_speaks_the_operator_s_language(languages, operator, said):
    async with serving() as front:
        operators = front.memory.desk.operators
        olga = replace(operators["olga"], locales=("en", "lv"))
        front.memory.desk = replace(front.memory.desk, operators={**operators, "olga": olga})
        text = await (await front.http.get(link(front, operator), headers={"Accept-Language": languages})).text()
        assert said in text
        assert f'<html lang="{languages[:2]}">' in text


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": ORIGIN}])
async def test_the_button_on_our_page_opens(headers):
    async with serving() as front:
        assert (await front.enter(link(front), **headers)).status == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": ORIGIN},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://shop.example"},
        {"Origin": "null"},
        {"X-Nothing": "said"},
    ],
)
async def test_a_form_on_another_page_does_not(headers):
    async with serving() as front:
        key = link(front)
        assert (await front.enter(key, **headers)).status == 403
        assert (await front.enter(key)).status == 303, "nor does it use the link up"


async def test_the_same_browser_may_open_its_link_again():
    async with serving() as front:
        key = link(front)
        await front.enter(key)
        again = await front.http.get(key, allow_redirects=False)
        assert (again.status, again.headers["Location"]) == (303, "/desk")
        assert (await press(front, key)).status == 303


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("forged", "was not made here"),
        ("old", "It has expired"),
        ("rubbish", "It is not complete"),
        ("stranger", "not on the team"),
    ],
)
async def test_a_wrong_link_says_what_is_wrong(fault, said):
    async with serving() as front:
        wrong = {
            "forged": link(front, secret="x" * 32),
            "old": link(front, age=timedelta(hours=24)),
            "rubbish": f"{front.base}/desk?key=rubbish",
            "stranger": link(front, "nobody"),
        }[fault]
        for answer in (
            await front.http.get(wrong, headers={"Accept-Language": "en"}),
            await press(front, wrong),
        ):
            assert answer.status == 403
            assert "Set-Cookie" not in answer.headers
            assert said in await answer.text()


async def test_a_refusal_is_in_a_language_of_the_desk():
    async with serving() as front:
        for languages, said in (("lv", "neatver"), ("de", "не войти"), ("fr,en;q=0.5", "does not open the desk")):
            answer = await front.http.get(f"{front.base}/desk?key=x", headers={"Accept-Language": languages})
            assert said in await answer.text()


async def test_the_page_may_send_its_form_to_us_and_says_where_it_stood():
    async with serving() as front:
        shown = await front.http.get(link(front))
        assert "form-action 'self'" in shown.headers["Content-Security-Policy"]
        assert shown.headers["Referrer-Policy"] == "same-origin"
        elsewhere = await front.http.get(f"{front.base}/")
        assert "form-action 'none'" in elsewhere.headers["Content-Security-Policy"]
