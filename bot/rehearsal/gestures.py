"""How a dialogue writes what customers do besides writing: presses, contacts, links that are followed."""

from intents.fitting import Shape
from intents.shape import Text


class Press(Shape):
    """A button by its id, its kind or its label; `index` chooses among several, counted from 0."""

    id: Text | None = None
    kind: Text | None = None
    label: Text | None = None
    index: int = 0


class Contact(Shape):
    """A phone number shared with the channel's own button."""

    phone: Text
    own: bool = True


class Followed(Shape):
    """A link behind a button, and by whom it is opened in Telegram."""

    button: Text
    by: Text
