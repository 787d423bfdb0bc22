import { AnswerRate, InFlightWindow, type WindowStart } from '../scheduler/index.ts';

/** What is known of an endpoint's model beyond one run: whether it was reached, and how much it bears. */
export class EndpointKnowledge {
  readonly window: InFlightWindow;
  readonly rate = new AnswerRate();
  reached = false;
  hasAnswered = false;

  /** @param start how many calls may be in flight at first; default: as many as its limiters allow */
  constructor(start?: WindowStart) {
    this.window = new InFlightWindow(start);
  }
}
