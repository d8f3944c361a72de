"""Storage keeps every conversation, ticket and promise in one SQL database, behind the ports of the dialog."""
