import { type AnswerError, isCut } from '../../core/answer.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { isComposite, type Model } from '../../core/model.ts';
import { AnswerFailure, RowPause, type WorkflowContext } from '../../core/workflow.ts';
import { askStep, type StepEnd } from './ask-step.ts';
import { askName, type ChainNode, rootNode } from './chain-node.ts';
import type { ChainPlan } from './chain-plan.ts';

/** Nodes of one row that are asked at once; the others wait as what their parents answered. */
const MOST_AT_ONCE = 1_000;
/** Mistakes of one row that are told, besides the first of each ask: by these it is known what is asked once more. */
const MOST_ERRORS = 100;

/** What a row is asked with. */
export interface ChainAsking {
  readonly chain: ChainPlan;
  /** The model of each step, for this row. */
  readonly models: readonly Model[];
  /** Says which rows of a step go on; null: all rows wait there until that is known of each. */
  readonly goesOn: (step: number) => ((node: ChainNode) => boolean) | null;
}

/**
 * Takes a row through all steps: each child goes on as soon as it is there, the deepest first.
 *
 * @returns what composite models answered, by the names of the asks, since the journal has the calls of their parts only
 * @throws AnswerFailure where something of it failed; RowPause where it can go on only with the others
 */
export function askChain(
  asking: ChainAsking,
  row: JsonObject,
  context: WorkflowContext,
): Promise<JsonValue> {
  return new ChainRow(asking, context).run(rootNode(row));
}

/** An answer of a composite model, as it is kept. */
export interface KeptAnswer {
  readonly texts: readonly string[];
  readonly finishReason: string | null;
  readonly error: AnswerError | null;
}

class ChainRow {
  readonly #asking: ChainAsking;
  readonly #context: WorkflowContext;
  /** Nodes that are not asked yet, those of the deepest step last. */
  readonly #waiting: Iterator<ChainNode>[] = [];
  readonly #kept: Record<string, KeptAnswer> = Object.create(null);
  readonly #errors: JsonObject[] = [];
  #underWay = 0;
  #failures = 0;
  #first: StepEnd | undefined;
  #rootFailed = false;
  #waits = false;
  #done: PromiseWithResolvers<JsonValue> = Promise.withResolvers();

  constructor(asking: ChainAsking, context: WorkflowContext) {
    this.#asking = asking;
    this.#context = context;
  }

  run(root: ChainNode): Promise<JsonValue> {
    this.#waiting.push([root].values());
    this.#goOn();
    return this.#done.promise;
  }

  #goOn(): void {
    while (this.#underWay < MOST_AT_ONCE) {
      const next = this.#waiting.at(-1)?.next();
      if (next === undefined) break;
      if (next.done) this.#waiting.pop();
      else this.#start(next.value);
    }
    if (this.#underWay === 0) this.#end();
  }

  #start(node: ChainNode): void {
    this.#underWay++;
    const { chain, models } = this.#asking;
    const model = models[node.step]!;
    const asking = isComposite(model) ? { ask: this.#keepingAsk } : this.#context;
    askStep(chain, node, model, asking).then(
      (end) => {
        this.#underWay--;
        this.#take(node, end);
        this.#goOn();
      },
      (error: unknown) => this.#done.reject(error),
    );
  }

  readonly #keepingAsk: WorkflowContext['ask'] = async (name, ...asked) => {
    const answer = await this.#context.ask(name, ...asked);
    const { texts, error } = answer;
    this.#kept[name] = {
      ...{ texts, error },
      finishReason: isCut(answer) ? 'length' : answer.finishReason,
    };
    return answer;
  };

  #take(node: ChainNode, end: StepEnd): void {
    const { chain, goesOn } = this.#asking;
    const { came, error, children } = end;
    if (node.step === 0 && came.state === 'skipped') this.#context.note({ skipped: 'too_long' });
    if (error !== null) this.#noteFailure(node, end);
    if (node.step + 1 === chain.steps.length || children.length === 0) return;
    if (chain.steps[node.step]!.distinct === null) {
      this.#waiting.push(children.values());
      return;
    }
    const isDistinct = goesOn(node.step);
    if (isDistinct === null) this.#waits = true;
    else this.#waiting.push(children.filter(isDistinct).values());
  }

  #noteFailure(node: ChainNode, end: StepEnd): void {
    this.#failures++;
    this.#first ??= end;
    if (node.step === 0 && end.came.state !== 'answered') this.#rootFailed = true;
    const at = askName(this.#asking.chain.steps[node.step]!.plan.name, node);
    const { code, message } = end.error!;
    const known = Array.isArray(end.errors) ? end.errors : [];
    const own = known.length > 0 ? known : [{ path: '', message }];
    const told = Math.max(1, MOST_ERRORS - this.#errors.length);
    for (const error of own.slice(0, told)) {
      this.#errors.push({ ask: at, code, ...(error as JsonObject) });
    }
  }

  #end(): void {
    if (this.#waits) {
      this.#done.reject(new RowPause());
      return;
    }
    const kept = Object.keys(this.#kept).length === 0 ? null : { ...this.#kept };
    if (this.#first === undefined) {
      this.#done.resolve(kept as unknown as JsonValue);
      return;
    }
    this.#context.note({ errors: this.#errors });
    const shown = kept ?? this.#first.response;
    this.#done.reject(new AnswerFailure(this.#error(this.#first), shown as unknown as JsonValue));
  }

  /** A row of which something came is answered in part, whatever failed of it later. */
  #error({ error }: StepEnd): AnswerError {
    if (this.#rootFailed) return error!;
    const where = this.#failures === 1 ? '1 ask' : `${this.#failures} asks`;
    return {
      ...{ code: 'partial', message: `${where} of its steps failed: ${error!.message}` },
      ...{ hint: error!.hint, retryable: error!.retryable, httpStatus: null, partialText: null },
    };
  }
}
