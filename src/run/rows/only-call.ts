import type { Call } from '../../ask/index.ts';
import { type CallKey, ONLY_CALL } from '../../core/answer.ts';
import type { GenerateRequest, SimpleModel } from '../../core/model.ts';
import type { MoreCalls, RowPlan } from './row-plan.ts';

/** The one call of a row that is declared to be one call. */
export class OnlyCall implements Call {
  readonly key: CallKey;
  readonly model: SimpleModel;
  readonly request: GenerateRequest;
  /** The row's; undefined without one. */
  readonly id: string | undefined;
  /** What is done where its answer is not enough; undefined: nothing. */
  readonly more: MoreCalls | undefined;
  /** The lane that it was put into; null: it was given out from its entry's. */
  lane: number | null = null;

  constructor(row: number, { model, request, more, id }: RowPlan & { kind: 'call' }) {
    this.key = { row, name: ONLY_CALL };
    this.model = model;
    this.request = request;
    this.id = id;
    this.more = more;
  }

  /** True when its row is counted as open until it ends. */
  get isOpen(): boolean {
    return this.lane !== null || this.more !== undefined;
  }
}
