// A short, quiet sound for a new message. There is no file: it is made here.

/** @type {AudioContext | null} */
let context = null;

/** Browsers allow it once the visitor has done something on the page. */
export function ring() {
  context ??= new AudioContext();
  const [tone, loudness] = [context.createOscillator(), context.createGain()];
  const now = context.currentTime;
  tone.frequency.setValueAtTime(660, now);
  tone.frequency.setValueAtTime(880, now + 0.09);
  loudness.gain.setValueAtTime(0.08, now);
  loudness.gain.exponentialRampToValueAtTime(0.001, now + 0.35);
  tone.connect(loudness).connect(context.destination);
  tone.start(now);
  tone.stop(now + 0.35);
}
