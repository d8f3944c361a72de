// Presses: a button that is drawn anew between pressing and letting go would not be pressed.

const LONGEST = 1_000;

/** A taker that keeps frames back during a press, for a second at most. */
export function afterPresses(take) {
  const kept = [];
  let pressing = 0;
  const end = () => {
    clearTimeout(pressing);
    pressing = 0;
    kept.splice(0).forEach(take);
  };
  const begin = () => {
    clearTimeout(pressing);
    pressing = setTimeout(end, LONGEST);
  };
  addEventListener("pointerdown", begin, true);
  for (const name of ["pointerup", "pointercancel"]) addEventListener(name, () => setTimeout(end), true); // after its click
  return (frame) => (pressing ? kept.push(frame) : take(frame));
}
