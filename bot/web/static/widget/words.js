// What the chat itself says, by language. `{}` stands for a name or a number.

import { RU } from "./words_ru.js";
import { LV } from "./words_lv.js";
import { EN } from "./words_en.js";

export const WORDS = { en: EN, lv: LV, ru: RU };

/** Words with their part. */
export const fill = (words, part) => words.replace("{}", () => part);
