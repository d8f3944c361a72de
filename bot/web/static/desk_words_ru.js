// The desk's words in Russian.

const many = (n, one, few, lots) => {
  const [tens, ones] = [Math.floor((n % 100) / 10), n % 10];
  return tens !== 1 && ones === 1 ? one : tens !== 1 && ones > 1 && ones < 5 ? few : lots;
};

export const RU = {
  online: "В сети", paused: "Пауза", offline: "Не в сети", presence: "Мой статус",
  load: (load, capacity) => `${load} из ${capacity}`,
  offers: "Предложено мне", mine: "Мои обращения", queue: "Очередь", others: "У коллег", more: (n) => `и ещё ${n}`,
  booked: "Назначенные звонки", keptFor: (name) => `закреплён: ${name}`,
  nobody: "Никто не ждёт.", goOnline: "Включите «В сети», чтобы получать обращения.", onPause: "Вы на паузе, новых предложений не будет.", team: "Команда",
  pausedOpen: "Пауза, пока вы не вернётесь.", pausedUntil: (at) => `Пауза до ${at}.`, pauseFor: "На", until: (at) => `до ${at}`,
  wrapUp: "Время на завершение, новых предложений нет:", endWrapUp: "Можно дальше",
  settings: "Настройки", sound: "Звук при предложениях", notices: "Уведомления на экране", keysOn: "Быстрые клавиши", atOnce: "Обращений одновременно", keys: "Список клавиш", noNotices: "Браузер не разрешает этой странице уведомления.",
  accept: "Принять", decline: "Отклонить", take: "Взять", transfer: "Передать", assign: "Назначить", hold: "Отложить", resume: "Продолжить", close: "Закрыть", merge: "Объединить", callback: "Назначить звонок", move: "Перенести звонок", unbook: "Отменить звонок", back: "Назад", details: "Подробности", moreActs: "Ещё", done: "Понятно",
  seconds: (n) => `${n} с`, minutes: (n) => `${n} мин`, since: "Ждёт уже", for: (at) => `на ${at}`, toldWait: (a, b) => (a ? `обещано ${a}–${b} мин` : `обещано до ${b} мин`),
  kept: "место сохранено", draft: "черновик", unread: "Не прочитано:",
  number: (n) => `№${n}`, kinds: { chat: "Чат", callback: "Звонок", message: "Сообщение" },
  states: { queued: "ждёт", offered: "предложено", active: "в работе", on_hold: "отложено", scheduled: "назначено", closed: "закрыто" }, closed: "Закрыто",
  visitor: "Посетитель", pick: "Выберите разговор слева.", keysHint: "Клавиша ? покажет все быстрые клавиши.", notMine: "Обращение не ваше. Начните с //, чтобы оставить заметку",
  slip: "Здесь ничего так не называется. Чтобы отправить как есть, нажмите Escape, затем Enter.", find: "Найти ответ", nothingFound: "Ничего не найдено.", insert: "Вставить", internal: "только для операторов",
  menu: "Шаблоны и статьи", found: (n) => `${n} ${many(n, "вариант", "варианта", "вариантов")}`, finds: { article: "статья", answer: "ответ", internal: "для операторов", act: "действие" },
  write: "Сообщение клиенту (/ — поиск, // — заметка)", send: "Отправить", note: "Заметка", bot: "Бот", customer: "Клиент", talk: "Разговор", earlier: "Показать, что было раньше", newBelow: "Новые сообщения ↓",
  attach: "Прикрепить файл", noFile: "Файл не дошёл.", typing: "печатает…", edited: "изменено", deleted: "Удалено", read: "прочитано", stored: "доставлено",
  transferTitle: "Кому передать?", transferNote: "Заметка для коллеги", assignTitle: "Кому назначить?", keep: "Оставить как есть",
  callbackTitle: "Когда позвонить?", unbookTitle: "Отменить звонок? Клиент об этом узнает.", callWhen: "завтра в 10", callLabel: "Время по часам клиента", callHint: "По часам клиента, например: 15:30, завтра в 10, в пятницу в 9:30", book: "Назначить", customerChooses: "Пусть выберет клиент",
  mergeTitle: "Тот же человек в другом разговоре", mergeHint: "Это обращение закроется, а разговор продолжится в том, которое вы выберете.", mergeNumber: "Номер другого обращения",
  bar: "Заблокировать клиента", unbar: "Разблокировать клиента", barTitle: "Заблокировать клиента? Его обращения закроются.", barred: "Заблокирован нами",
  closeTitle: "Закрыть обращение", callTitle: "Чем закончился звонок?", cancel: "Не закрывать",
  reasons: { resolved: "Решено", no_answer: "Клиент не отвечает", cancelled: "Больше не нужно" },
  ends: { abandoned: "Клиент не дождался", expired: "Уже поздно", customer_blocked: "Клиент заблокирован", merged: "Продолжается в другом разговоре" },
  results: { resolved: "Дозвонились, решено", no_answer: "Не отвечает", busy: "Занято", wrong_contact: "Неверный номер", declined: "Не хочет говорить", asked_later: "Просит перезвонить позже" },
  channel: "Канал", channels: { widget: "сайт", telegram: "Telegram" }, language: "Язык", localTime: "Время клиента", page: "Страница", phone: "Телефон", skill: "Отдел", ticket: "Обращение",
  promised: "Обещано на", attempts: "Звонков сделано", asked: "Вопрос", topic: "О чём", why: "Почему здесь", form: "Анкета", log: "Что было", before: "Прежние обращения", noPast: "Не было.", showMore: "Показать ещё", rating: "Оценка", rated: (n) => `${n} из 5`, inChat: "Ответить здесь, в чате",
  whys: { asked: "просит человека", always: "такое решает человек", misses: "бот не понял", repeats: "спрашивает то же снова", feedback: "ответ не помог", attachment: "прислал файл", returned: "вернулся" },
  events: { Asked: "просит человека", Came: "время пришло", WasOffered: "предложено", WasShown: "показано всем, кто может взять", WasAccepted: "принято", WasDeclined: "отклонено", OfferLapsed: "нет реакции на предложение", OfferWithdrawn: "предложение снято", WasTaken: "взято", WasHeld: "отложено", WasResumed: "продолжено", WasRequeued: "снова в очереди", WasScheduled: "назначен звонок", WasMovedTo: "передано в другой отдел", ContactChanged: "контакт изменён", WasClosed: "закрыто", WaitPromised: "сказано, сколько ждать", Rated: "оценено", WasTransferred: "передано", WasAssigned: "назначено", PlaceWasKept: "отошёл, место сохранено", WasAskedIfReady: "спросили, готов ли", WasPutOff: "просит ещё времени", ReadyLapsed: "не ответил, готов ли", WasReady: "готов говорить", WasReached: "вопрос дошёл", WasNotReached: "не на связи, место сохранено", EmailWasLeft: "оставлена почта", WasBrought: "продолжает в другом разговоре" },
  room: "Смена", lines: "Кто ждёт", waiting: "Ждут", longest: "Дольше всех", level: "Вовремя, за последний час", target: (share, s) => `цель ${share} за ${s} с`, percent: (share) => `${Math.round(share * 100)} %`, who: "Кто", atWork: "Занятость", tickets: "Обращения",
  does: { accept: "принять первое предложение", decline: "отклонить первое предложение", take: "взять первое из очереди", next: "следующее обращение", previous: "предыдущее обращение", write: "писать", menu: "шаблоны и статьи", find: "найти ответ", hold: "отложить или продолжить", transfer: "передать", callback: "назначить звонок", merge: "объединить", close: "закрыть обращение", details: "подробности о клиенте", list: "к списку", room: "смена (для старших)", pause: "пауза и обратно", send: "отправить", line: "новая строка", note: "в начале: заметка коллегам", leave: "вернуться к списку", help: "этот список" },
  keysOff: "Быстрые клавиши выключены; включить их можно в настройках.",
  lost: "Нет связи. Пробуем снова…", shut: "Это рабочее место для вас закрыто. Попросите новую ссылку: её печатает frontline operators invite.",
  offerTitle: "Предложение!", wrote: "Новое сообщение", blocked: "Заблокировал нас",
};
