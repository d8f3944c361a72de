// What the browser keeps: nothing before the first interaction, and nothing at all when it does not want to.

function attempt(work) {
  try {
    return work();
  } catch {
    return null; // storage is full, forbidden or broken: the talk lasts as long as the page
  }
}

/** Something kept in a storage under a name; told apart by its fields. */
const kept = (storage, name) => ({
  load: () => attempt(() => JSON.parse(storage()[name])) ?? {},
  save(news) {
    attempt(() => (storage()[name] = JSON.stringify({ ...this.load(), ...news })));
  },
});

export class Keep {
  constructor(name) {
    this.name = name;
    this.all = kept(() => localStorage, name); // token, read, sounded, sound: of all tabs
    this.tab = kept(() => sessionStorage, name); // pending, draft, way: of this one
    this.allowed = this.token !== null;
  }

  /** The visitor has done something: from now on we may remember. */
  allow(token) {
    this.allowed = true;
    if (token) this.save({ token });
  }

  /** Keep it for all tabs, if we may. */
  save(news) {
    if (this.allowed) this.all.save(news);
  }

  get token() {
    return this.all.load().token ?? null;
  }

  /** The last message that the visitor has seen, in any tab. */
  get read() {
    return this.all.load().read ?? 0;
  }

  /** Whether the visitor wants a sound. */
  get sound() {
    return this.all.load().sound ?? false;
  }

  forget() {
    this.all.save({ token: undefined, read: undefined });
  }

  /** Call back when another tab has changed something. */
  watch(changed) {
    addEventListener("storage", (event) => event.key === this.name && changed());
  }
}
