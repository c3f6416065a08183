import { html, type TemplateResult } from 'lit';
import mark from '../favicon.svg';

export const logo = (): TemplateResult => html`<img class="mark" src=${mark} alt="" width="24" height="24" />`;
