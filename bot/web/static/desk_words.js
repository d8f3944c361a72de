// What the desk says, in the operator's language.

import { EN } from "./desk_words_en.js";
import { LV } from "./desk_words_lv.js";
import { RU } from "./desk_words_ru.js";

const WORDS = { en: EN, ru: RU, lv: LV };

/** The words of a language, English where we do not speak it. */
export const wordsOf = (locale) => WORDS[(locale || "").slice(0, 2)] ?? EN;
