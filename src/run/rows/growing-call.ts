import type { Call } from '../../ask/index.ts';
import { type Answer, type CallKey, ONLY_CALL } from '../../core/answer.ts';
import type { GenerateRequest, SimpleModel } from '../../core/model.ts';
import type { CallPlan, MoreCalls } from './row-plan.ts';

/** A row's only call, unless its answer is not enough. */
export class GrowingCall implements Call {
  readonly key: CallKey;
  readonly model: SimpleModel;
  readonly request: GenerateRequest;
  readonly more: MoreCalls;

  constructor(row: number, { model, request }: CallPlan, more: MoreCalls) {
    this.key = { row, name: ONLY_CALL };
    this.model = model;
    this.request = request;
    this.more = more;
  }

  /** The answer as the first one of the row's workflow. */
  firstOf(answer: Answer): Answer {
    return { ...answer, key: { row: this.key.row, name: this.more.name } };
  }
}
