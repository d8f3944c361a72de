// Drawing: what has not changed stays as it is, so that a press, the focus and what is being read aloud are not lost.

/** The children of an element, each known by its key. */
export class Keyed {
  constructor(element) {
    this.element = element;
    this.drawn = new Map();
  }

  /** Show these, in order: [key, what it is made from, () => element]. What is made from the same as before is kept. */
  show(items) {
    const focused = this.element.contains(document.activeElement) ? document.activeElement : null;
    const next = new Map();
    for (const [key, made, build] of items) {
      const signature = JSON.stringify(made);
      const before = this.drawn.get(key);
      next.set(key, before?.signature === signature ? before : { signature, node: build() });
    }
    for (const [key, { node }] of this.drawn) if (next.get(key)?.node !== node) node.remove();
    let at = this.element.firstChild;
    for (const { node } of next.values()) {
      if (node === at) at = at.nextSibling;
      else this.element.insertBefore(node, at);
    }
    this.drawn = next;
    refocus(this.element, focused);
  }
}

/** Draw an element's children anew, with the focus where it was. */
export function redraw(element, ...children) {
  const focused = element.contains(document.activeElement) ? document.activeElement : null;
  element.replaceChildren(...children.filter(Boolean));
  refocus(element, focused);
}

/** To the same thing, drawn anew, if it is there. */
function refocus(element, focused) {
  if (!focused || focused === document.activeElement) return;
  const again = focused.isConnected ? focused : element.querySelector(`[data-key="${CSS.escape(focused.dataset.key ?? "")}"]`);
  again?.focus({ preventScroll: true });
}
