/** Puts a shown popover under (or, without room, over) its anchor, inside the window, and keeps it there while it is open. */
export function place(pop: HTMLElement, anchor: Element, align: 'start' | 'end' = 'start'): void {
  const again = () => put(pop, anchor, align);
  again();
  addEventListener('resize', again);
  const gone = (event: Event) => {
    if ((event as ToggleEvent).newState !== 'closed') return;
    removeEventListener('resize', again);
    pop.removeEventListener('beforetoggle', gone);
  };
  pop.addEventListener('beforetoggle', gone);
}

function put(pop: HTMLElement, anchor: Element, align: 'start' | 'end'): void {
  const margin = 8;
  const at = anchor.getBoundingClientRect();
  const { width, height } = pop.getBoundingClientRect();
  const startward = (align === 'start') === (getComputedStyle(pop).direction === 'ltr');
  const left = startward ? at.left : at.right - width;
  const below = at.bottom + 4;
  const top = below + height + margin <= innerHeight || at.top < height + margin ? below : at.top - height - 4;
  pop.style.setProperty('left', `${Math.max(margin, Math.min(left, innerWidth - width - margin))}px`);
  pop.style.setProperty('top', `${Math.max(margin, Math.min(top, innerHeight - height - margin))}px`);
}
