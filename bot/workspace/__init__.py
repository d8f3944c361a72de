"""The workspace turns an admin's files into content, all or nothing."""
