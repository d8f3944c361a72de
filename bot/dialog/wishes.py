"""Wishes: what a customer wants a person for."""

from dataclasses import replace

from bot.dialog import returning
from bot.dialog.conversation import Wish
from bot.dialog.scene import Scene
from handoff.ticket import Kind, Ticket
from intents.intent import Intent

QUESTION_LIMIT = 500  # of a question on a card


def wish_about(scene: Scene, why: str, intent: Intent | None) -> Wish:
    """What the talk is about, the intent if there is one, else what was asked before."""
    known = intent or scene.content.intents.intents.get(scene.talk.intent or "")
    desk = scene.content.desk
    before = returning.lately(scene)
    skill = known.skill if known and known.skill else before.skill if before and before.skill in desk.skills else None
    guessed = skill is None and len(desk.skills) > 1
    return Wish(skill or desk.default_skill, why, guessed, known.id if known else None, scene.talk.question)


def wish_for(scene: Scene, why: str) -> Wish:
    """What a person is wanted for: as was said before, as the ticket in the queue has it, else by the talk."""
    chat, wish = scene.ticket_of(Kind.CHAT), scene.talk.wish
    if wish is None and chat is not None:
        wish = wish_again(chat)
    if wish is None:
        return wish_about(scene, why, None)
    desk = scene.content.desk
    return wish if wish.skill in desk.skills else replace(wish, skill=desk.default_skill, guessed=True)


def wish_again(ticket: Ticket) -> Wish:
    """The same as the ticket was for."""
    brief = ticket.brief
    return Wish(ticket.skill, brief.why, brief.guessed, brief.intent, brief.question)
