import type { Axis } from './axis.ts';
import { type Html, html } from './html.ts';

/** An estimate with its interval; null where it is not known. */
export interface Interval {
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** Draws an interval as a bar with a point; the numbers themselves stand beside it. */
export function renderInterval({ estimate, low, high }: Interval, axis: Axis): Html {
  const [from, to] = [low ?? estimate, high ?? estimate].map((value) => axis.position(value));
  return html`<svg class="interval" width="100%" height="18" aria-hidden="true"><line class="ground" x1="0" x2="100%" y1="9" y2="9"></line><line class="span" x1="${from}%" x2="${to}%" y1="9" y2="9"></line><circle cx="${axis.position(estimate)}%" cy="9" r="4.5"></circle></svg>`;
}
