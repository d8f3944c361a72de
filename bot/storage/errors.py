"""What can be wrong with the database before anything is stored in it.

StorageError
├── WrongAddressError    the address of the database cannot be used
├── NewerSchemaError     a newer version has made the schema
└── ServedAlreadyError   another process serves the file
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


class ServedAlreadyError(StorageError):
    """Another process serves the file; `process` is its number, "" when that is not known."""

    def __init__(self, file: str, process: str) -> None:
        who = f"process {process}" if process else "another process"
        super().__init__(
            f"{file} is served by {who} already. Stop that one, or name another file in FRONTLINE_DATABASE_URL; "
            "several processes share a database on PostgreSQL."
        )
