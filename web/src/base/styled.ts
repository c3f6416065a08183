import { Directive, directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js';

class Styled extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('styled() stands on an element');
  }

  render(_properties: Record<string, string>): unknown {
    return undefined;
  }

  override update(part: ElementPart, [properties]: [Record<string, string>]): void {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(properties)) style.setProperty(name, value);
  }
}

/** Sets style properties by script; a `style` attribute would violate `style-src 'self'` (lit #4719). */
export const styled = directive(Styled);
