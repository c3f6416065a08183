/** What a page asks on its own, while nobody types or points, does not keep a session alive. */
const RECENT = 60_000; // milliseconds

const SIGNS = ['pointerdown', 'pointermove', 'wheel', 'keydown', 'touchstart'];

let last = Date.now();

/** Notes that somebody is there. */
export function watchPresence(page: EventTarget): void {
  for (const sign of SIGNS) page.addEventListener(sign, () => (last = Date.now()), { passive: true, capture: true });
}

/** Whether nobody has typed or pointed for a while. */
export function isAlone(now = Date.now()): boolean {
  return now - last > RECENT;
}
