"""The kinds of faults, by the names that stand in brackets behind each; docs/check.md says more of each."""

from enum import StrEnum


class Code(StrEnum):
    """What is wrong with a file of YAML, an intent or a sentence."""

    UNREADABLE = "unreadable"
    INVALID_YAML = "invalid-yaml"
    KEY_TWICE = "key-twice"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    WRONG_VALUE = "wrong-value"
    BAD_PATTERN = "bad-pattern"
    UNKNOWN_NAME = "unknown-name"
    DEFINED_TWICE = "defined-twice"
    NO_INTENTS = "no-intents"
    NO_EXAMPLES = "no-examples"
    SAYS_NOTHING = "says-nothing"
    UNWRITTEN_ANSWER = "unwritten-answer"
    CONTRADICTION = "contradiction"
    MISSING_LOCALE = "missing-locale"
    UNSPOKEN_LOCALE = "unspoken-locale"
    TITLE_TWICE = "title-twice"
    IDLE_BUTTON = "idle-button"
    UNUSED_FORM = "unused-form"
    EXAMPLE_TWICE = "example-twice"
    EXAMPLES_ALIKE = "examples-alike"
    FEW_EXAMPLES = "few-examples"
    TEST_LEARNT = "test-learnt"
    EXAMPLE_STRAYS = "example-strays"
    INTENTS_OVERLAP = "intents-overlap"
