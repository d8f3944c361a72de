"""What can go wrong between the dialog and its store.

DialogError
├── ConflictError           somebody else was faster; run the turn again
├── StoreUnavailableError   the database does not answer; nothing is acknowledged
├── FileRefusedError        the file is too big, or of a type that is not taken
└── RefusedError            the act is not possible; nothing was changed
    ├── ForgottenError      whoever spoke there was erased, and has to begin anew
    └── NoSuchTicketError   no ticket has this number
"""


class DialogError(Exception):
    """Base of every error of this package."""


class ConflictError(DialogError):
    """A row changed between reading and writing; the transaction was rolled back and can be run again."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} was changed by somebody else meanwhile. Run the turn again.")


class StoreUnavailableError(DialogError):
    """The database does not answer."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The database does not answer ({why}). Check FRONTLINE_DATABASE_URL and the server.")


class FileRefusedError(DialogError):
    """The file is not taken. `code` is `too_long` or `unsupported`."""

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        super().__init__(text)


class RefusedError(DialogError):
    """The act is not possible. `code` is one of the protocol's error codes, `text` is for the one who acted."""

    def __init__(self, code: str, text: str) -> None:
        self.code, self.text = code, text
        super().__init__(text)


class ForgottenError(RefusedError):
    """Whoever spoke in the conversation was erased."""

    def __init__(self) -> None:
        super().__init__("unauthorized", "This conversation was erased. Begin anew.")


class NoSuchTicketError(RefusedError):
    """No ticket has this number. Whoever answers the act says so in the language of the one who acted."""

    def __init__(self, ticket: int) -> None:
        self.ticket = ticket
        super().__init__("not_found", f"There is no ticket #{ticket}.")
