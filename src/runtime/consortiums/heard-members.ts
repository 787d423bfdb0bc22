import { type Answer, hasUnknownCost } from '../../core/answer.ts';
import type { WorkflowContext } from '../../core/workflow.ts';
import type { Consortium, ConsortiumResult } from '../../panel/index.ts';

/** An answer of a member. */
export interface HeardMember {
  readonly id: string;
  readonly round: number;
  readonly text: string;
}

type Outcome = ConsortiumResult['rounds'][number]['members'][number];

const MEMBER = /^round\/(\d+)\/members\/(\d+)$/;

/** Keeps what members answer, also of a consortium that is stopped, and what all calls cost. */
export class HeardMembers {
  readonly members: HeardMember[] = [];
  costUsd = 0;
  unknownCosts = 0;
  readonly #consortium: Consortium;
  /** By the number of the round, and the id of the member; who was asked and has not answered is cancelled. */
  readonly #rounds = new Map<number, Map<string, Outcome>>();

  constructor(consortium: Consortium) {
    this.#consortium = consortium;
  }

  /** The context of a workflow, in which the listener hears what is told. */
  listening(context: WorkflowContext, onProgress: (line: string) => void): WorkflowContext {
    return {
      signal: context.signal,
      note: context.note,
      progress: onProgress,
      ask: async (name, ...asked) => {
        const member = this.#memberOf(name);
        if (member !== undefined) this.#keep(member, 'cancelled', null);
        const answer = await context.ask(name, ...asked);
        this.costUsd += answer.costUsd ?? 0;
        if (hasUnknownCost(answer)) this.unknownCosts++;
        if (member !== undefined) this.#take(member, answer);
        return answer;
      },
    };
  }

  /** What was heard, in the form of a result: for one that was stopped, or could not be asked. */
  unanswered(why: string, durationMs: number): ConsortiumResult {
    const { name, seed } = this.#consortium;
    const rounds = [...this.#rounds].map(([round, members]) => ({
      ...{ round, members: [...members.values()], arbiter: null, confidence: null },
      ...{ needsIteration: null, refinementAreas: [], dissent: null },
    }));
    const all = rounds.flatMap(({ members }) => members);
    const count = (status: Outcome['status']) => all.filter((one) => one.status === status).length;
    return {
      ...{ name, status: 'failed', degraded: [why], answer: null, basis: 'member' },
      ...{ confidence: null, confidenceSource: null, agreement: null },
      ...{ round: rounds.at(-1)?.round ?? 1, rounds, asked: all.length, answered: count('ok') },
      ...{ failed: count('error'), timedOut: count('timeout'), seed, durationMs },
      costUsd: this.unknownCosts > 0 ? null : this.costUsd,
    };
  }

  #memberOf(name: string): Pick<HeardMember, 'id' | 'round'> | undefined {
    const [, round, number] = MEMBER.exec(name) ?? [];
    const id = this.#consortium.members[Number(number) - 1]?.id;
    return id === undefined ? undefined : { id, round: Number(round) };
  }

  #take(member: Pick<HeardMember, 'id' | 'round'>, { texts, error }: Answer): void {
    const text = texts[0] ?? error?.partialText ?? '';
    if (text !== '') this.members.push({ ...member, text });
    this.#keep(member, statusOf(error), text === '' ? null : text);
  }

  #keep(
    { id, round }: Pick<HeardMember, 'id' | 'round'>,
    status: Outcome['status'],
    response: string | null,
  ): void {
    const members = this.#rounds.get(round) ?? new Map<string, Outcome>();
    this.#rounds.set(round, members.set(id, { id, status, response, extracted: null }));
  }
}

function statusOf(error: Answer['error']): Outcome['status'] {
  if (error === null) return 'ok';
  if (error.code === 'cancelled') return 'cancelled';
  return error.code === 'timeout' || error.code === 'deadline_passed' ? 'timeout' : 'error';
}
