"""The widget's connection in a real browser: where WebSockets are blocked, after sleep, and cut at random."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


THROWING = "() => { window.WebSocket = class { static OPEN = 1; constructor() { throw new Error('blocked'); } }; }"


@pytest.mark.parametrize("how", ["closed", "throws"])
async def test_where_web_sockets_are_blocked_the_talk_goes_on_all_the_same(frontline, people, how):
    visitor = await people.visitor(frontline)
    if how == "closed":
        await visitor.page.route_web_socket("**/ws/v1", lambda socket: socket.close(code=3000))
    else:
        await visitor.page.evaluate(THROWING)
    asked = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    await visitor.open()
    await visitor.write("Как можно оплатить?")
    await visitor.said("Visa")
    await (await visitor.said("Как можно оплатить?", "customer")).locator(".tick.stored").wait_for()
    await visitor.press("Рассрочка")
    await visitor.said("Рассрочка", "customer")
    await visitor.chat.locator(".item.bot[data-seq='4']").wait_for()
    assert await visitor.seqs() == [1, 2, 3, 4]
    token = await visitor.page.evaluate("() => Object.values(localStorage).map((each) => JSON.parse(each).token)[0]")
    assert token
    assert any("/sse/v1" in url for url in asked)
    assert not any(token in url for url in asked)
