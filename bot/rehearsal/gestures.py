"""How a dialogue writes what customers do besides writing: presses, contacts, links that are followed."""

from intents.fitting import Shape
from intents.shape import Text


class Press(Shape):
    """A button by its id, its kind or its label; `index` chooses among several, counted from 0."""

    id: Text | None = None
    kind: Text | None = None
    label: Text | None = None
    index: int = 0


def named(press: str | Press) -> str:
    """How the button is called in the dialogue, for people."""
    if isinstance(press, str):
        return f'"{press}"'
    return "with " + ", ".join(f'{key} "{getattr(press, key)}"' for key in sorted(press.model_fields_set))


class Contact(Shape):
    """A phone number shared with the channel's own button."""

    phone: Text
    own: bool = True


class Followed(Shape):
    """A link behind a button, and by whom it is opened in Telegram."""

    button: Text
    by: Text
