"""A sound workspace, and what can be wrong with it: one fault for each code of `frontline check`."""

SOUND = {
    "handoff/desk.yaml": """\
locales: [en]
skills:
  general: {title: Help, hours: office}
hours:
  office: {mon-fri: ["09:00-18:00"]}
operators:
  - {id: anna}
""",
    "intents/a.yaml": """\
intents:
  - id: price
    title: {en: Price}
    examples:
      en: |
        how much is it
        what does it cost

        price please
        is it dear
        what do you charge
    answer: {en: Five}
  - id: human
    title: {en: A person}
    examples: {en: [call somebody, a human please, let me talk to your staff, operator, is anybody there]}
    action: handoff
""",
    "kb/en/chain.md": "---\ntitle: Chain care\n---\nWipe it.\n",
}
OLD, NEW = "    answer: {en: Five}\n", "    answer: {en: Five}\n    "
ARTICLE = "---\ntitle: %s\n---\n%s\n"
FAULTS = [  # the code, its level, where it is found, the file, and what is written there instead of what
    ("unreadable", "error", "intents/b.yaml:2", "intents/b.yaml", None, b"# a\n\xff"),
    ("invalid-yaml", "error", "intents/a.yaml:13", "intents/a.yaml", OLD, NEW + "skill: *x\n"),
    ("bad-head", "error", "kb/en/chain.md:1", "kb/en/chain.md", "---\ntitle", "title"),
    ("key-twice", "error", "intents/a.yaml:13", "intents/a.yaml", OLD, NEW + "title: {en: Cost}\n"),
    ("unknown-key", "error", "intents/a.yaml:13", "intents/a.yaml", OLD, NEW + "skil: general\n"),
    ("unknown-key", "error", "kb/en/chain.md:3", "kb/en/chain.md", "care\n", "care\ntagz: [a]\n"),
    ("unknown-key", "error", "bot/phrases.en.yaml:1", "bot/phrases.en.yaml", None, "gladd: Good."),
    ("missing-key", "error", "intents/a.yaml:2", "intents/a.yaml", "    title: {en: Price}\n", ""),
    ("wrong-value", "error", "handoff/desk.yaml:8", "handoff/desk.yaml", None, "routing: {offer_timeout: 60}\n"),
    ("wrong-value", "error", "tests/a.yaml:2", "tests/a.yaml", None, "title: t\nclock: now\nturns: [{customer: x}]"),
    ("bad-pattern", "error", "intents/a.yaml:13", "intents/a.yaml", OLD, NEW + "patterns: ['(']\n"),
    ("unknown-name", "error", "intents/a.yaml:13", "intents/a.yaml", OLD, NEW + "buttons: [prise]\n"),
    ("unknown-name", "error", "intents/a.yaml:12", "intents/a.yaml", OLD, "    article: price/list\n"),
    ("unknown-name", "error", "intents/a.yaml:13", "intents/a.yaml", OLD, NEW + "skill: genral\n"),
    ("unknown-name", "error", "handoff/desk.yaml:3", "handoff/desk.yaml", "hours: office", "hours: offce"),
    ("defined-twice", "error", "intents/a.yaml:13", "intents/a.yaml", "id: human", "id: price"),
    ("contradiction", "error", "intents/a.yaml:13", "intents/a.yaml", OLD, NEW + "article: chain\n"),
    ("no-intents", "error", "intents:1", "intents/a.yaml", SOUND["intents/a.yaml"], "# none"),
    (
        "no-examples",
        "error",
        "intents/a.yaml:17",
        "intents/a.yaml",
        None,
        "  - {id: a, title: {en: A}, action: none}\n",
    ),
    ("says-nothing", "error", "intents/a.yaml:2", "intents/a.yaml", OLD, ""),
    ("unwritten-answer", "error", "intents/a.yaml:12", "intents/a.yaml", "Five", "TODO"),
    ("merge-conflict", "error", "kb/en/chain.md:4", "kb/en/chain.md", "Wipe it.", "<<<<<<< HEAD\nWipe it."),
    ("empty-article", "error", "kb/en/chain.md:4", "kb/en/chain.md", "Wipe it.", ""),
    ("misplaced-article", "error", "kb/chain.md:1", "kb/chain.md", None, ARTICLE % ("A", "B")),
    ("no-vectors", "error", "handoff/desk.yaml:8", "handoff/desk.yaml", None, "matching: {semantic: nowhere}\n"),
    ("hours-overlap", "error", "handoff/desk.yaml:5", "handoff/desk.yaml", '18:00"', '18:00", "17:00-19:00"'),
    ("never-open", "error", "handoff/desk.yaml:5", "handoff/desk.yaml", 'mon-fri: ["09:00-18:00"]', ""),
    ("example-twice", "error", "intents/a.yaml:15", "intents/a.yaml", "call somebody", "how much is it?"),
    ("title-twice", "warning", "intents/a.yaml:14", "intents/a.yaml", "en: A person", "en: price!"),
    ("idle-button", "warning", "intents/a.yaml:13", "intents/a.yaml", OLD, NEW + "buttons: [price]\n"),
    ("idle-button", "warning", "intents/a.yaml:13", "intents/a.yaml", OLD, NEW + "buttons: [human, human]\n"),
    (
        "unused-form",
        "warning",
        "intents/a.yaml:18",
        "intents/a.yaml",
        None,
        "forms:\n  size: [{id: size, question: {en: Which size?}}]\n",
    ),
    ("examples-alike", "warning", "intents/a.yaml:15", "intents/a.yaml", "call somebody", "how much is itt"),
    ("few-examples", "warning", "intents/a.yaml:15", "intents/a.yaml", "call somebody, ", ""),
    (
        "test-learnt",
        "warning",
        "intents/a.yaml:15",
        "intents/a.yaml",
        OLD,
        NEW + "tests:\n      en: |\n        is it dear\n",
    ),
    ("missing-locale", "warning", "intents/a.yaml:2", "handoff/desk.yaml", "[en]", "[en, ru]"),
    ("unspoken-locale", "warning", "intents/a.yaml:12", "intents/a.yaml", "en: Five", "en: Five, ru: Пять"),
    ("nobody-serves", "warning", "handoff/desk.yaml:1", "handoff/desk.yaml", "operators:\n  - {id: anna}\n", ""),
    ("closed-unasked", "warning", "handoff/desk.yaml:8", "handoff/desk.yaml", None, "inactivity: {customer: 10m}\n"),
    ("closed-unasked", "warning", "handoff/desk.yaml:9", "handoff/desk.yaml", None, "inactivity:\n  warn: 30m\n"),
    (
        "questions-cut-short",
        "warning",
        "handoff/desk.yaml:9",
        "handoff/desk.yaml",
        None,
        "retention:\n  questions: 999d",
    ),
    ("questions-cut-short", "warning", "handoff/desk.yaml:8", "handoff/desk.yaml", None, "retention: {messages: 9d}\n"),
    ("unknown-placeholder", "error", "bot/phrases.en.yaml:1", "bot/phrases.en.yaml", None, 'glad: "{who}"'),
    ("unknown-placeholder", "warning", "intents/a.yaml:12", "intents/a.yaml", "en: Five", 'en: "{price}"'),
    ("dead-link", "warning", "intents/a.yaml:12", "intents/a.yaml", "Five", '"[Five](prices)"'),
    ("dead-link", "warning", "kb/en/chain.md:4", "kb/en/chain.md", "it.", "[it](HTTPS://a.example) [so](so.md)."),
    ("html-in-text", "warning", "intents/a.yaml:12", "intents/a.yaml", "Five", "Five<br/><b>euro</b> <3 <x> `<p>`"),
    ("html-in-text", "warning", "kb/en/chain.md:4", "kb/en/chain.md", "it.", 'it <a href="/x">so</a>.'),
    ("unused-phrases", "warning", "bot/phrases.ru.yaml:1", "bot/phrases.ru.yaml", None, "glad: Рад."),
    ("unreachable-article", "warning", "kb/en/a.md:2", "kb/en/a.md", None, ARTICLE % ("???", "B")),
    ("unread-file", "warning", "intents/more/b.yaml:1", "intents/more/b.yaml", None, "intents: []"),
    ("unread-file", "warning", "bot/phrases.en.yml:1", "bot/phrases.en.yml", None, "glad: Good."),
    ("long-answer", "warning", "intents/a.yaml:12", "intents/a.yaml", "en: Five", "en: " + "five " * 900),
    ("long-label", "warning", "intents/a.yaml:3", "intents/a.yaml", "en: Price", "en: " + "price " * 11),
    ("long-id", "warning", f"kb/en/{'a' * 57}.md:1", f"kb/en/{'a' * 57}.md", None, ARTICLE % ("Wheels", "B")),
]
BY_THE_MATCHER = {"intents-overlap", "example-strays"}  # told in tests/intents/test_lint.py
