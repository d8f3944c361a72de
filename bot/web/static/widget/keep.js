// What the browser keeps: nothing before the first interaction, and nothing at all when it does not want to.

const NAME = "frontline";

function attempt(work) {
  try {
    return work();
  } catch {
    return null; // storage is full, forbidden or broken: the talk lasts as long as the page
  }
}

const load = (storage, name) => attempt(() => JSON.parse(storage().getItem(name)));
const save = (storage, name, value) => attempt(() => storage().setItem(name, JSON.stringify(value)));
const local = () => globalThis.localStorage;
const session = () => globalThis.sessionStorage;

export class Keep {
  constructor(server) {
    this.name = `${NAME}:${server}`;
    this.unsent = `${this.name}:unsent`;
    this.allowed = this.token !== null;
  }

  /** The visitor has done something: from now on we may remember. */
  allow(token) {
    this.allowed = true;
    if (token) this.token = token;
  }

  get token() {
    return load(local, this.name)?.token ?? null;
  }

  set token(token) {
    if (this.allowed) save(local, this.name, { ...load(local, this.name), token });
  }

  /** The last message that the visitor has seen, in any tab. */
  get read() {
    return load(local, this.name)?.read ?? 0;
  }

  set read(seq) {
    if (this.allowed) save(local, this.name, { ...load(local, this.name), read: seq });
  }

  /** What this tab has not yet got through. */
  get pending() {
    return load(session, this.unsent) ?? [];
  }

  set pending(acts) {
    if (this.allowed) save(session, this.unsent, acts);
  }

  forget() {
    attempt(() => local().removeItem(this.name));
  }

  /** Call back when another tab has changed something. */
  watch(changed) {
    addEventListener("storage", (event) => event.key === this.name && changed());
  }
}
