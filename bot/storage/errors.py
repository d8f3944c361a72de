"""What can be wrong with the database before anything is stored in it.

StorageError
├── WrongAddressError   the address of the database cannot be used
└── NewerSchemaError    a newer version has made the schema
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


class NewerSchemaError(StorageError):
    """The schema is one that this version does not know."""

    def __init__(self, schema: str) -> None:
        super().__init__(
            f"The database was made by a newer version of Frontline (its schema is {schema}). "
            "Update Frontline, or go back to a backup from before."
        )
