"""Kinds of faults that only a desk, its phrases or a workspace as a whole can have; others are in `intents.codes`."""

from enum import StrEnum


class Code(StrEnum):
    """What is wrong, by the name that stands in brackets behind it."""

    NO_VECTORS = "no-vectors"
    HOURS_OVERLAP = "hours-overlap"
    NEVER_OPEN = "never-open"
    NOBODY_SERVES = "nobody-serves"
    CLOSED_UNASKED = "closed-unasked"
    QUESTIONS_CUT_SHORT = "questions-cut-short"
    HTML_IN_TEXT = "html-in-text"
    DEAD_LINK = "dead-link"
    UNKNOWN_PLACEHOLDER = "unknown-placeholder"
    UNUSED_PHRASES = "unused-phrases"
    UNREACHABLE_ARTICLE = "unreachable-article"
    UNREAD_FILE = "unread-file"
    LONG_ANSWER = "long-answer"
    LONG_LABEL = "long-label"
    LONG_ID = "long-id"
