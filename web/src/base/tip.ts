import { place } from './place.js';

/**
 * Shows the text of `data-tip` on hover and on focus; Escape puts it away (WCAG 1.4.13).
 * So does a click, or a popover that opens: it would stand over what was asked for.
 */
export function startTips(): void {
  const tip = document.createElement('div');
  tip.className = 'pop tip';
  tip.popover = 'manual';
  tip.setAttribute('role', 'tooltip');
  let shown: Element | undefined;
  let timer = 0;

  const hide = () => {
    clearTimeout(timer);
    shown = undefined;
    if (tip.isConnected && tip.matches(':popover-open')) tip.hidePopover();
  };
  /** Stays away until the pointer or the focus has been elsewhere. */
  const dismiss = (anchor: Element | undefined) => {
    hide();
    shown = anchor;
  };
  const show = (anchor: Element, delay: number) => {
    if (anchor === shown) return;
    hide();
    shown = anchor;
    timer = window.setTimeout(() => {
      const text = anchor.getAttribute('data-tip');
      if (!text || !anchor.isConnected) return;
      tip.textContent = text;
      (anchor.closest('dialog') ?? document.body).append(tip);
      tip.showPopover();
      place(tip, anchor);
    }, delay);
  };
  const anchorOf = (event: Event) => (event.target instanceof Element ? event.target.closest('[data-tip]') : null);

  document.addEventListener('pointerover', (event) => {
    if (event.target instanceof Node && tip.contains(event.target)) return;
    const anchor = event.pointerType === 'touch' ? null : anchorOf(event);
    if (anchor) show(anchor, 350);
    else hide();
  });
  document.addEventListener('focusin', (event) => {
    const anchor = anchorOf(event);
    if (anchor?.matches(':focus-visible, :has(:focus-visible)')) show(anchor, 150);
    else hide();
  });
  document.addEventListener('focusout', hide);
  document.addEventListener('keydown', (event) => event.key === 'Escape' && hide());
  document.addEventListener('scroll', hide, true);
  document.addEventListener('click', (event) => dismiss(anchorOf(event) ?? undefined), true);
  document.addEventListener('toggle', (event) => event.target !== tip && event.newState === 'open' && dismiss(shown), true);
}
