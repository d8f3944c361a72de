"""What was measured, with all that a reader must know about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from intents.evaluate import Figures
from intents.judging import Judged
from intents.measures import Measures, measure
from intents.ranking import Thresholds
from intents.whereabouts import Whereabouts

ALL = "all"


@dataclass(frozen=True, slots=True)
class Report:
    """Judged sentences of one version of a content, or of a test file.

    `name` is that of the content or the file, `about` a sentence on how it was measured. `limits` were chosen for
    `precision`. `places` tells where sentences stand; `figures` are those of files.
    """

    name: str
    about: str
    precision: float
    limits: Thresholds
    judged: tuple[Judged, ...]
    places: Whereabouts = field(default_factory=dict)
    figures: Figures | None = None

    @property
    def measures(self) -> Measures:
        """The figures of all sentences."""
        found = measure(self.judged)
        assert found is not None, "a report is made of sentences"
        return found

    @property
    def by_locale(self) -> Mapping[str, Measures]:
        """The figures of all, and of each locale where there are several."""
        locales = dict.fromkeys(each.locale for each in self.judged)
        found = {locale: measure(each for each in self.judged if each.locale == locale) for locale in locales}
        several = {locale: figures for locale, figures in found.items() if figures} if len(found) > 1 else {}
        return {ALL: self.measures, **several}

    def place_of(self, judged: Judged, *, short: bool = False) -> str:
        """`file:line` of a sentence, the file's name alone if `short`; empty when it is not known."""
        known = self.places.get((judged.intent, judged.locale, judged.text))
        if known is None:
            return ""
        file, line = known
        return f"{Path(file).name if short else file}:{line}"
