import { DEFAULT_CONCURRENCY } from '../core/call-defaults.ts';
import { isDue } from './is-due.ts';

/** Part of what was in flight that stays allowed: after a first word, and once the window had opened again. */
const FIRST_CUT = 0.5;
const LATER_CUT = 0.8;
/** What a whole window of answers adds to the window after a refusal. */
const GROWTH = 0.5;
/** In the slow start the window doubles after this long without a word against it. */
const DOUBLING_MS = 1_000;
/** Past what a server has borne, the window opens by a twentieth in this time; longer, each time that was too much. */
const STEP_MS = 10_000;
const MAX_STEP_MS = 120_000;
const STEP_PART = 0.05;
/** An overload that comes before so many whole windows of answers is a repeated one: its ceiling is believed. */
const REPEATED_WITHIN = 50;

/** How a window begins. */
export interface WindowStart {
  /** Calls in flight at first. */
  readonly first: number;
  /** Calls in flight at which it ends to hold anything back. */
  readonly most: number;
}

/** The start of a window whose size nobody set. */
export const SLOW_START: WindowStart = { first: 8, most: DEFAULT_CONCURRENCY };

/**
 * How many calls a lane may have in flight, as felt: by what its endpoint has answered, refused and failed.
 *
 * A window whose size nobody set starts small; each answer opens it by one and each second without a bad word
 * doubles it. A refusal cuts it and answers open it slowly again (additive increase, multiplicative decrease; Chiu
 * and Jain 1989). An overload leaves what was served all the same, or half if nothing was; answers and time open it
 * quickly up to what it was before, or after a repeated overload up to what was served, and past that in steps.
 */
export class InFlightWindow {
  #size: number;
  #growth: 'free' | 'start' | 'slow' | 'known';
  readonly #most: number;
  #sizeAtCut = 0;
  /** After an overload answers open the window by one each up to here. */
  #borne = 0;
  #stepMs = STEP_MS;
  /** When the window opens by itself; undefined until it holds something back. */
  #opensAtMs: number | undefined;
  #answersSinceOverload = Number.POSITIVE_INFINITY;

  /** @param start default: as large as anybody wishes */
  constructor(start?: WindowStart) {
    this.#size = start?.first ?? Number.POSITIVE_INFINITY;
    this.#most = start?.most ?? Number.POSITIVE_INFINITY;
    this.#growth = start === undefined ? 'free' : 'start';
  }

  /** True when one more call may start. One is always allowed. */
  allows(inFlight: number): boolean {
    return inFlight < Math.max(1, Math.floor(this.#size));
  }

  /** Opens the window if its time has come; else says when it will open by itself, `Infinity` for never. */
  opensAtMs(nowMs: number): number {
    if (this.#growth === 'free' || this.#growth === 'slow') return Number.POSITIVE_INFINITY;
    const returns = this.#growth === 'known' && this.#size < this.#borne;
    this.#opensAtMs ??= nowMs + (returns || this.#growth === 'start' ? DOUBLING_MS : this.#stepMs);
    if (!isDue(this.#opensAtMs, nowMs)) return this.#opensAtMs;
    this.#opensAtMs = undefined;
    if (this.#growth === 'start') this.#open(this.#size * 2);
    else if (returns) this.#size = Math.min(this.#borne, this.#size * 2);
    else this.#size = Math.floor(this.#size) + Math.max(1, this.#size * STEP_PART);
    return nowMs;
  }

  /** Notes an answer, and how many calls were in flight: only a window that was used may grow. */
  noteAnswered(inFlight: number): void {
    if (this.#growth === 'free') return;
    this.#answersSinceOverload++;
    if (inFlight + 1 < Math.floor(this.#size)) return;
    if (this.#growth === 'start') this.#open(this.#size + 1);
    else if (this.#growth === 'slow') this.#size += GROWTH / this.#size;
    else if (this.#size < this.#borne) this.#size = Math.min(this.#borne, this.#size + 1);
  }

  /** Notes that the endpoint asks to be asked more slowly, once for each episode. */
  noteTooFast(inFlight: number): void {
    const opened = this.#growth === 'slow' && this.#size > this.#sizeAtCut + GROWTH;
    this.#size = Math.max(1, Math.min(this.#size, inFlight) * (opened ? LATER_CUT : FIRST_CUT));
    this.#sizeAtCut = this.#size;
    this.#growth = 'slow';
  }

  /** Notes a failure of the server that may be no more than one: the window does not double then. */
  noteFailure(): void {
    if (this.#growth === 'start' || this.#size < this.#borne) this.#opensAtMs = undefined;
  }

  /**
   * Notes the end of an overload.
   *
   * @param inFlight calls in flight when it began
   * @param served those of them that the server has answered all the same, or still works on
   */
  noteOverload(inFlight: number, served: number): void {
    const repeated = this.#answersSinceOverload < REPEATED_WITHIN * inFlight;
    this.#stepMs = repeated ? Math.min(MAX_STEP_MS, this.#stepMs * 2) : STEP_MS;
    this.#size = Math.max(1, served > 0 ? served : inFlight * FIRST_CUT);
    this.#borne = repeated ? this.#size : Math.max(this.#size, inFlight);
    this.#growth = 'known';
    this.#opensAtMs = undefined;
    this.#answersSinceOverload = 0;
  }

  #open(size: number): void {
    this.#size = size;
    if (size < this.#most) return;
    this.#size = Number.POSITIVE_INFINITY;
    this.#growth = 'free';
  }
}
