// The demo page: the sample shop in three languages.

const TEXTS = {
  ru: {
    kicker: "Велосипеды и мастерская в Риге с 2009 года",
    headline: "Велосипед, на котором хочется ехать дальше",
    lead: "Подберём по росту, соберём, привезём и будем обслуживать. Есть вопрос? Спросите прямо здесь.",
    ask: "Спросить",
    city: "Городской", city_text: "Лёгкая рама, семь передач, крылья и багажник сразу в комплекте.", city_price: "449 €",
    cargo: "Грузовой", cargo_text: "Двое детей или недельные покупки; электропривод на 80 км.", cargo_price: "1890 €",
    service: "Мастерская", service_text: "Полное обслуживание за один день, гарантия на работу полгода.", service_price: "от 35 €",
    try: "Что попробовать",
    try_text: "Это демонстрация Frontline. Магазин выдуман, разговор настоящий.",
    try_ask: "Задайте вопрос, на который ответит бот:", q_pay: "Как можно оплатить?",
    try_person: "Позовите человека и примите обращение там:", q_person: "Позовите оператора",
    try_desk: "Откройте в другом окне рабочее место оператора по ссылке, которую напечатала команда frontline run, и включите «В сети».",
    try_away: "Закройте обращение, включите «Не в сети» и снова позовите человека: вам предложат обратный звонок, сообщение или место в очереди.",
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
    try: "What to try",
    try_text: "This is a demonstration of Frontline. The shop is made up, the conversation is real.",
    try_ask: "Ask something that the bot knows:", q_pay: "How can I pay?",
    try_person: "Call a person, and accept the ticket there:", q_person: "I want to talk to a person",
    try_desk: "In another window, open the operator's desk with the link that frontline run printed, and go online.",
    try_away: "Close the ticket, go offline and call a person again: you are offered a callback, a message, or a place in the queue.",
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
    try: "Ko izmēģināt",
    try_text: "Šī ir Frontline demonstrācija. Veikals ir izdomāts, saruna ir īsta.",
    try_ask: "Pajautājiet to, ko bots zina:", q_pay: "Kā var samaksāt?",
    try_person: "Pasauciet cilvēku un pieņemiet pieteikumu tur:", q_person: "Pasauciet operatoru",
    try_desk: "Citā logā atveriet operatora darbvietu ar saiti, ko izdrukāja frontline run, un ieslēdziet „Tiešsaistē”.",
    try_away: "Slēdziet pieteikumu, ieslēdziet „Bezsaistē” un pasauciet cilvēku vēlreiz: jums piedāvās atzvanu, ziņu vai vietu rindā.",
    footer: "Spieķis, veikals, kura nav. Darbojas ar Frontline.",
  },
};

const NAMES = { ru: "Русский", en: "English", lv: "Latviešu" };
const chat = () => document.querySelector("frontline-chat");

function wished() {
  const asked = location.hash.slice(1);
  if (TEXTS[asked]) return asked;
  return navigator.languages.map((language) => language.slice(0, 2)).find((language) => TEXTS[language]) ?? "en";
}

function speak(locale) {
  document.documentElement.lang = locale;
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = TEXTS[locale][element.dataset.say];
  for (const button of document.querySelectorAll("#locales button")) button.setAttribute("aria-pressed", String(button.lang === locale));
}

for (const [locale, name] of Object.entries(NAMES)) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", lang: locale, textContent: name });
  button.addEventListener("click", () => {
    history.replaceState(null, "", `#${locale}`);
    speak(locale);
    chat()?.setLocale(locale);
  });
  document.querySelector("#locales").append(button);
}

document.querySelector("#ask").addEventListener("click", () => chat()?.open());
for (const quote of document.querySelectorAll(".quote")) {
  quote.addEventListener("click", () => {
    chat()?.open();
    chat()?.send(quote.textContent);
  });
}
speak(wished());
