// The demo page: the sample shop in three languages, and beside it, for whoever came by the link that `frontline run` has
// printed, the operator's side. The page has no way into the desk of its own: it takes the one-time link to the desk's door.

const TEXTS = {
  ru: {
    kicker: "Велосипеды и мастерская в Риге с 2009 года",
    headline: "Велосипед, на котором хочется ехать дальше",
    lead: "Подберём по росту, соберём, привезём и будем обслуживать. Есть вопрос? Спросите прямо здесь.",
    ask: "Спросить",
    city: "Городской", city_text: "Лёгкая рама, семь передач, крылья и багажник сразу в комплекте.", city_price: "449 €",
    cargo: "Грузовой", cargo_text: "Двое детей или недельные покупки; электропривод на 80 км.", cargo_price: "1890 €",
    service: "Мастерская", service_text: "Полное обслуживание за один день, гарантия на работу полгода.", service_price: "от 35 €",
    try: "Вся история за минуту",
    try_text: "Это демонстрация Frontline. Магазин выдуман, разговор настоящий.",
    try_ask: "Спросите то, что знает бот:", q_pay: "Как можно оплатить?",
    try_person: "Позовите человека:", q_person: "Позовите оператора",
    try_desk: "Вы и есть оператор: войдите, включите «В сети», примите обращение и ответьте.",
    try_away: "Закройте обращение, включите «Не в сети», снова позовите человека и выберите обратный звонок.",
    side: "Со стороны оператора",
    door_text: "Сюда ведёт одноразовая ссылка, которую напечатала команда frontline run. Откройте напечатанный адрес «both sides» или вставьте ссылку на рабочее место:",
    door_link: "Ссылка на рабочее место", door_open: "Открыть",
    door_fault: "Это не ссылка на рабочее место. Скопируйте её целиком, вместе с key=…",
    footer: "Spieķis, вымышленный магазин. Работает на Frontline.",
  },
  en: {
    kicker: "Bicycles and a workshop in Riga since 2009",
    headline: "A bicycle that keeps you riding",
    lead: "We fit it to your height, build it, deliver it and look after it. A question? Ask right here.",
    ask: "Ask us",
    city: "City", city_text: "A light frame, seven gears, mudguards and a rack included.", city_price: "€449",
    cargo: "Cargo", cargo_text: "Two children or a week's shopping; electric drive for up to 80 km.", cargo_price: "€1,890",
    service: "Workshop", service_text: "A full service within a day, with six months' guarantee.", service_price: "from €35",
    try: "The whole story in a minute",
    try_text: "This is a demonstration of Frontline. The shop is made up, the conversation is real.",
    try_ask: "Ask something that the bot knows:", q_pay: "How can I pay?",
    try_person: "Call a person:", q_person: "I want to talk to a person",
    try_desk: "That person is you: enter, go online, accept the ticket and answer.",
    try_away: "Close the ticket, go offline, call a person again and choose a callback.",
    side: "From the operator's side",
    door_text: "A one-time link that frontline run has printed leads here. Open the address printed as “both sides”, or paste the link to the desk:",
    door_link: "Link to the desk", door_open: "Open",
    door_fault: "That is no link to the desk. Copy all of it, with key=…",
    footer: "Spieķis, a shop that does not exist. Runs on Frontline.",
  },
  lv: {
    kicker: "Velosipēdi un darbnīca Rīgā kopš 2009. gada",
    headline: "Velosipēds, ar kuru gribas braukt tālāk",
    lead: "Piemeklēsim augumam, saliksim, piegādāsim un apkopsim. Ir jautājums? Jautājiet tepat.",
    ask: "Jautāt",
    city: "Pilsētas", city_text: "Viegls rāmis, septiņi pārnesumi, dubļusargi un bagāžnieks komplektā.", city_price: "449 €",
    cargo: "Kravas", cargo_text: "Divi bērni vai nedēļas pirkumi; elektropiedziņa līdz 80 km.", cargo_price: "1890 €",
    service: "Darbnīca", service_text: "Pilna apkope vienā dienā, darbam pusgada garantija.", service_price: "no 35 €",
    try: "Viss stāsts vienā minūtē",
    try_text: "Šī ir Frontline demonstrācija. Veikals ir izdomāts, saruna ir īsta.",
    try_ask: "Pajautājiet to, ko bots zina:", q_pay: "Kā var samaksāt?",
    try_person: "Pasauciet cilvēku:", q_person: "Pasauciet operatoru",
    try_desk: "Operators esat jūs: ieejiet, ieslēdziet „Tiešsaistē”, pieņemiet pieteikumu un atbildiet.",
    try_away: "Slēdziet pieteikumu, ieslēdziet „Bezsaistē”, pasauciet cilvēku vēlreiz un izvēlieties atzvanu.",
    side: "No operatora puses",
    door_text: "Šurp ved vienreizēja saite, ko izdrukāja frontline run. Atveriet adresi, kas izdrukāta kā „both sides”, vai ielīmējiet saiti uz darbvietu:",
    door_link: "Saite uz darbvietu", door_open: "Atvērt",
    door_fault: "Šī nav saite uz darbvietu. Nokopējiet to visu, kopā ar key=…",
    footer: "Spieķis, veikals, kura nav. Darbojas ar Frontline.",
  },
};

const NAMES = { ru: "Русский", en: "English", lv: "Latviešu" };
const find = (selector) => document.querySelector(selector);
const chat = () => find("frontline-chat");

function wished() {
  const asked = location.hash.slice(1);
  if (TEXTS[asked]) return asked;
  return navigator.languages.map((language) => language.slice(0, 2)).find((language) => TEXTS[language]) ?? "en";
}

/** @returns {NodeListOf<HTMLElement>} */
const all = (selector) => document.querySelectorAll(selector);

function speak(locale) {
  document.documentElement.lang = locale;
  for (const element of all("[data-say]")) element.textContent = TEXTS[locale][element.dataset.say ?? ""];
  for (const element of all("[data-name]")) element.ariaLabel = TEXTS[locale][element.dataset.name ?? ""];
  for (const button of all("#locales button")) button.ariaPressed = String(button.lang === locale);
}

for (const [locale, name] of Object.entries(NAMES)) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", lang: locale, textContent: name });
  button.addEventListener("click", () => {
    history.replaceState(null, "", `#${locale}`);
    speak(locale);
    chat()?.setLocale(locale);
  });
  find("#locales").append(button);
}

find("#ask").addEventListener("click", () => chat()?.open());
for (const quote of document.querySelectorAll(".quote")) {
  quote.addEventListener("click", () => {
    chat()?.open();
    chat()?.send(quote.textContent);
  });
}

// The operator's side. The key is a one-time link's: it leaves the address bar, and only the desk's own door can use it.

function enter(path) {
  const desk = document.createElement("iframe");
  desk.src = path;
  desk.dataset.name = "side";
  find("#door").replaceWith(desk);
  speak(document.documentElement.lang);
  document.body.classList.add("both");
  chat()?.setAttribute("position", "left");
  sessionStorage.both = "yes";
}

find("#door form").addEventListener("submit", (event) => {
  event.preventDefault();
  const key = /[?&#](?:key|desk)=([^&#\s]+)/.exec(find("#door input").value)?.[1];
  find(".fault").hidden = Boolean(key);
  if (key) enter(`/desk?key=${key}`);
});

/** What has been seen is ticked off. */
async function follow() {
  await customElements.whenDefined("frontline-chat");
  const done = (step) => find(`#step-${step}`).classList.add("done");
  const look = async ({ author }) => {
    const { mode } = (await chat().talk()).state;
    if (author.kind === "bot") done("answer");
    if (mode === "queued" || mode === "active") done("person");
    if (author.kind === "operator") done("operator");
    if (mode === "scheduled") done("callback");
  };
  chat().on("message", (message) => setTimeout(look, 500, message)); // when the state has followed the message
}

speak(wished());
await follow();
const key = /^#desk=(.+)$/.exec(location.hash)?.[1];
if (key) history.replaceState(null, "", "/");
if (key || sessionStorage.both) enter(key ? `/desk?key=${key}` : "/desk");
