"""What can be wrong with the database before anything is stored in it.

StorageError
└── WrongAddressError   the address of the database cannot be used
"""


class StorageError(Exception):
    """Base of every error of this package."""


class WrongAddressError(StorageError):
    """The address of the database cannot be used. The address itself is not shown: it may hold a password."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"FRONTLINE_DATABASE_URL {why}. Write sqlite+aiosqlite:///frontline.db "
            "or postgresql+asyncpg://user:password@host/database."
        )
