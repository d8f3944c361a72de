"""Words that anybody uses in any talk: what there is to know of a language before a desk's own words."""

from collections.abc import Mapping

_RU = """
    а адрес алло ау без большой будет будете буду будут бы был была были было быть в вам вами вас ваш ваша ваше
    вашего вашей ваши вашу вечер вопрос восемь воскресенье вот время все всегда всего всем вторник второй вчера вы
    где говорите говорить год года да дай дайте два две девять дела делать день деньги десять для дней дня до доброе
    добрый другая другое другой другую евро его ее ей если есть еще ж же за завтра здесь здравствуй здравствуйте
    здрасте здрасьте знаете значит знаю и из или им иметь имя их к каждый как какая какие какого какой какую ко
    когда кого кому которая которые который кто ку куда купить ладно лет ли лучше люди маленький меня месяц месяца
    минут мне много могу мое моего моей можем может можете можно мои мой мою моя мы на над надо нам нас наш не него
    недели неделю неделя нее нельзя нет ни никто ничего но новая новое новый номер ну нужен нужна нужно нужны о об
    один ок окей он она они оно от ответ очень первый пжл плохо по под подскажите пож пожалуйста пока получил
    получила получить помогите помочь помощь понедельник понял понятно почему почта при привет про проблема просто
    пятница пять работает работаете работать раз рублей с сайт сам сами свидания сделать сегодня сейчас семь скажите
    скока сколько слишком со спасибо спс среда старый стоит стоп суббота так такая также такие такой там тебе тебя
    телефон то тогда тоже только тот три тут ты у уже узнать утро хай хватит хороший хорошо хотел хотела хотелось
    хотите хочу час часа часов чего чей человек человеком чем через четверг четыре что чтоб чтобы шесть эй эта эти
    это этого этой этот эту я
"""
_EN = """
    a about address after afternoon again all already also always am an and another any anybody anyone anything are
    as ask at be because been before being best between big both but buy by bye call came can can't cannot cheers
    come cost costs could day days did didn't do does doesn't doing don don't done else email euro euros evening
    ever every everything few find first five for found four friday from get getting give go goes going good goodbye
    got great had has have haven't having he hello help her here hey hi him his hiya hour hours how i i'd i'll i'm
    i've if in instead into is isn't it it's its just keep know last later least less let like long look lot made
    make many may maybe me mean mind minutes monday money month more morning most much must my name need never new
    next night no not nothing now number of off ok okay old on once one only open or other our out over own people
    person phone please price problem put question real really right said same saturday say see send sent she should
    show site six so some someone something soon still stop such sunday sure take tell ten than thank thanks that
    that's the their them then there these they thing things this those three through thursday thx time to today
    told tomorrow too try trying tuesday two under until up us use used using very wait want was wasn't way we
    wednesday week weeks well went were what what's when where which while who whose why will with without won't
    work works would wrong year years yes yesterday yet yo you you're your
"""
_LV = """
    adrese adresi ai ap ar ari arī atkal atpakaļ atā aug augstāk beidzot bet bez bija bijis biju bijusi būs būtu
    būšu caur cena cenas ceturtdien cik cilvēks cilvēku cita citas citi cits citu dabūt dara daru darīt daudz dažas
    daži diena dienas dienu dienām dienās divas divi draugs eiro ej es esam esat esi esmu gada gads gadu gan grib
    gribam gribu gribētu hei iekš iespējams iet ilgi ilgs ir it ja jau jauna jauns jaunu jautājums jo joprojām jums
    jā jūs jūsu kad kam kas katrs katru ko kopā kopš kur kura kuri kuru kurā kurš kā kāda kādas kādi kāds kādu kādā
    kādēļ kāpēc laba labdien labi labrīt labs labu labvakar labāk lai laika laiks laiku laikā liela liels lieta līdz
    lūdzu maksa maksā maksāt man mana manam manas mani mans manu manā mazs minūtes mums mēnesi mēneša mēs mūsu nauda
    naudu nav ne nebija nedēļa nedēļas nedēļu neesmu negribu nekad nekas nekā nepieciešama nepieciešams nevajag
    nevar nevaru nevis nevēlos nezinu no notiek nu numurs nāk nē otrdien ok okay otrs pa paldies palīdziet palīdzēt
    palīdzību par pareizi pasakiet pateicos pateikt pati pats pie pieci piedodiet piektdien pietiek pirmais pirmdien
    pirms pret problēma pārāk pēc pēdējais runāt rīt rīta rīts saka sakiet sapratu saprotu sava savas savs savu
    sestdien slikti strādā strādājat strādāt stundas stundu sveika sveiki sveiks svētdien tad tagad tai tam tas te
    teikt telefons tev tevi tie tiek tikai to tomēr tos trešdien trīs tu tur tā tādu un uz uzredzēšanos vai vairs
    vairāk vajadzīgs vajag vakar vakars vakarā var varam varat varbūt varu varētu vecs velti viena vienmēr viens
    vienu visas visi vispār viss visu viņa viņi viņš vēl vēlos vēlāk vēlētos zem zinu zināt ziņa zvanīt ātri ātrāk
    čau ļoti šajā šeit šie šis šo šodien šos šādi šī
"""

COMMON: Mapping[str, frozenset[str]] = {
    "ru": frozenset(_RU.split()),
    "en": frozenset(_EN.replace("'", " ").split()),
    "lv": frozenset(_LV.split()),
}
