import { LitElement } from 'lit';

/** A custom element that renders into the page itself, so that one style sheet, forms and labels just work. */
export class LightElement extends LitElement {
  protected override createRenderRoot(): this {
    return this;
  }
}
