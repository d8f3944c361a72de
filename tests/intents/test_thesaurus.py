"""The thesaurus tells what everyday words stand for, in every language alike."""

from pathlib import Path

import pytest

import intents.thesaurus
from intents.strict_yaml import read
from intents.text import fold, words_of
from intents.thesaurus import concepts

WRITTEN = read(Path(intents.thesaurus.__file__).with_suffix(".yaml")).data
ENTRIES = [
    (concept, locale, entry)
    for concept, languages in WRITTEN.items()
    for locale, entries in languages.items()
    for entry in entries.split()
]


@pytest.mark.parametrize(
    ("words", "concept"),
    [
        ("delivery shipping доставку курьером piegāde kurjers", "delivery"),
        ("price cost стоимость цена cena maksāt", "price"),
        ("refund reimbursement возврат atmaksa", "refund"),
        ("appointment запись pieraksts", "appointment"),
    ],
)
def test_words_of_one_meaning_share_a_concept_in_every_language(words: str, concept: str):
    assert all(concept in concepts(word) for word in words_of(fold(words)))


@pytest.mark.parametrize(
    ("forms", "concept"),
    [
        ("pay pays paid paying payment платить оплатить оплачивать заплатил плачу maksāju samaksāt jāmaksā", "pay"),
        ("receive received получил получаю получите saņemt saņēmu saņems nesaņēmu", "receive"),
        ("return returning вернуть верните вернула возвращаете atgriezt atgriežu atgriešana atdodiet", "return"),
        ("delivery deliveries delivered доставка доставят привезли piegādāja atvedīsiet", "delivery"),
        ("cancel cancelled canceled cancellation отменить отменяю отмена atcelt atceļu atcēla", "cancel"),
        ("arrive arrived came пришла пришёл приедет приходит pienāk pienāks pienācis nepienāca", "arrive"),
        ("call calls called calling звоните позвонил перезвоните zvaniet piezvaniet atzvanīt", "call"),
        ("computer laptop комп ноут компьютер kompis dators datiņš", "computer"),
        ("phone mobile мобилка телефону mobilais tālruni", "phone"),
        ("parcel parcels посылка посылочка посылок paciņa sūtījumu", "parcel"),
    ],
)  # fmt: skip # a table
def test_the_forms_of_a_word_and_its_everyday_sisters_lead_to_its_concept(forms: str, concept: str):
    assert [word for word in words_of(fold(forms)) if concept not in concepts(word)] == []


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("bank", "bankomāts"), ("card", "car"), ("план", "планшет"), ("цена", "центр"), ("рубль", "рубашка"),
        ("почта", "почти"), ("summa", "summer"), ("maiņa", "main"), ("termiņš", "terminal"), ("quit", "quite"),
        ("закон", "закончить"), ("дети", "детали"), ("мало", "мальчик"), ("счёт", "счётчик"), ("ātri", "atradu"),
        ("import", "important"), ("invest", "investigation"), ("exam", "example"), ("companies", "companion"),
        ("engine", "engineer"), ("office", "officer"), ("near", "nearly"), ("rain", "rainbow"), ("trip", "triple"),
        ("contain", "container"), ("human", "humanity"), ("broke", "broker"), ("total", "totally"), ("earn", "earnest"),
        ("subsidy", "subsidiary"), ("promo", "promote"), ("chair", "chairman"), ("create", "creature"),
        ("shut", "shuttle"), ("minor", "minority"), ("heat", "heather"), ("raise", "raisins"), ("crack", "crackers"),
        ("товар", "товарищ"), ("брат", "брать"), ("удалить", "удалось"), ("позвоните", "позвоночник"),
        ("зависает", "зависит"), ("двигатель", "двигаться"), ("платить", "платье"), ("забрать", "забеременела"),
        ("очередь", "очередной"), ("разбил", "разбираюсь"), ("конвертировать", "конверт"), ("балл", "баллон"),
        ("вклад", "вкладка"), ("ответ", "ответственный"), ("штора", "шторм"), ("стадия", "стадион"),
        ("электричка", "электричество"), ("замер", "замёрз"), ("получить", "получается"), ("приходит", "приходится"),
        ("долг", "долго"), ("доход", "доходит"), ("данные", "данный"), ("помочь", "помойка"),
        ("бронь", "бронхит"), ("скоро", "скорректировать"), ("мобильный", "мобилизация"), ("максимум", "Максим"),
        ("открыть", "открытка"), ("благодарю", "благодаря"), ("завтра", "завтрак"), ("выручите", "выручка"),
        ("pārdot", "pardon"), ("pienāk", "pienākums"), ("ieskaitīt", "ieskaitot"), ("izņemt", "izņemot"),
        ("aizņēmums", "aizņemts"), ("padoms", "padomju"), ("pārstāt", "pārstāvis"), ("apstāties", "apstākļi"),
        ("klusi", "kļūst"), ("kamera", "kamēr"), ("noma", "nomazgāt"), ("nodarbība", "nodarbojas"),
        ("vietne", "vietnieks"), ("sniegs", "sniegt"), ("dārzs", "dārzeņi"), ("grūti", "grūtniecība"),
        ("grāmata", "grāmatvede"), ("atslēgt", "atslēga"), ("strādā", "Stradiņa"), ("izvēle", "izvēlne"),
        ("aizvietot", "aizvien"), ("pirkt", "pirksts"), ("mazgāt", "mazgadīgs"), ("kurpes", "kurp"),
        ("skaļi", "skandāls"), ("maksāt", "maksimāls"), ("kopēt", "kopējā"), ("rezervēt", "rezerves"),
        ("vecs", "vecāki"), ("laboja", "laboratorija"), ("datiņš", "dating"), ("recepte", "receptionist"),
        ("прибыл", "прибыль"), ("профессия", "профессор"), ("платить", "платина"), ("суп", "супруг"),
        ("beidzas", "beidzot"), ("company", "companion"),
        ("pagaidiet", "pagaidām"), ("savienot", "savienība"), ("действителен", "действительно"),
        ("invalīds", "invalid"), ("utilizācija", "utilize"),
    ],
)  # fmt: skip # a table
def test_words_that_only_begin_alike_stand_for_different_things(word: str, other: str):
    (one,), (two,) = words_of(fold(word)), words_of(fold(other))
    assert concepts(one)
    assert not {*concepts(one)} & {*concepts(two)}


def test_a_word_of_several_meanings_stands_for_each():
    assert {"refund", "return"} <= {*concepts("возврат")}


def test_nothing_is_known_of_a_word_that_is_no_everyday_one():
    assert concepts("xyzzy") == concepts("") == ()


def test_nothing_is_said_by_a_word_that_is_a_mere_particle_of_another_language():
    """Without diacritics Latvian `būs`, `man`, `visas` and `viņa` are spelt as a bus, a man, visas and wine are."""
    assert [word for word in words_of(fold("būs man mums visas viņa viņu like еще vēl пока")) if concepts(word)] == []


def test_every_entry_is_one_word_and_stands_once_with_its_concept():
    assert all(len(words_of(fold(entry))) == 1 for _, _, entry in ENTRIES)
    folded = [(concept, locale, *words_of(fold(entry)), entry[-1] == "*") for concept, locale, entry in ENTRIES]
    assert sorted({*folded}) == sorted(folded)


def test_every_entry_leads_to_its_concept():
    """No longer beginning and no whole word elsewhere takes it away."""
    lost = [(concept, entry) for concept, _, entry in ENTRIES if concept not in concepts(*words_of(fold(entry)))]
    assert lost == []


def test_every_concept_has_words_in_each_language():
    assert [concept for concept, languages in WRITTEN.items() if set(languages) != {"en", "ru", "lv"}] == []
