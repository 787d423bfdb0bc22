import type { JsonObject } from '../../core/json.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { rightAnswer } from '../answers/solve.ts';
import type { Asked } from '../protocols/protocol.ts';
import type { PanelSettings } from '../settings/panel-settings.ts';
import { hashText } from '../texts/hash-text.ts';
import { type JudgedAnswer, judgedAnswer } from '../verdicts/judged-answer.ts';
import { memberAnswer } from './member-answer.ts';
import { ownMark } from './own-mark.ts';

/** Requests of which it is known how often they came. */
const MOST_COUNTED = 200_000;

/** What a panel's model answers to one request. */
export interface PanelAnswer {
  /** One for each choice. */
  readonly texts: readonly string[];
  /** True where no answer ever comes. */
  readonly hangs: boolean;
  /** What was decided, for the log. */
  readonly note: JsonObject;
}

/**
 * A member and judge of simulated panels. What it answers depends on its parameters and the request, and on the `seed`
 * of the request where it has one. Without one, the same request that comes again gets another answer, as from a model
 * with a temperature: the n-th time always the same. Instances of one model that are asked the same thus differ, and
 * together always answer the same; which of them gives which answer depends on who came first.
 */
export class PanelModel {
  readonly #settings: PanelSettings;
  readonly #identity: string;
  readonly #mark: string;
  /** How often a request came, by its hash; the oldest first. */
  readonly #times = new Map<number, number>();

  constructor(settings: PanelSettings) {
    const { latency: _, ...what } = settings;
    this.#settings = settings;
    this.#identity = JSON.stringify(what);
    this.#mark = ownMark(this.#identity);
  }

  /** Answers a request: with a verdict where one is asked for, else as a member does. */
  answer(asked: Asked): PanelAnswer {
    const request = JSON.stringify([this.#identity, asked.messages]);
    const occasion = asked.seed ?? `time ${this.#countedTime(hashText(request))}`;
    const answers = Array.from({ length: asked.choices }, (_, choice) =>
      this.#choice(asked, `${request} ${occasion} ${choice}`),
    );
    return {
      texts: answers.map(({ text }) => text),
      hangs: answers.some(({ hangs }) => hangs),
      note: answers[0]?.note ?? {},
    };
  }

  #choice(asked: Asked, seed: string): { text: string; hangs: boolean; note: JsonObject } {
    const random = seededRandom(hashText(seed), hashText(`${seed.length} ${seed.slice(-400)}`));
    const { hang, unparsed, obey, bias, self, noise, tie } = this.#settings;
    const hangs = random() < hang;
    const judged = judgedAnswer(asked, {
      habits: { bias, self, noise, tie },
      isOwn: (text) => text.includes(this.#mark),
      rightOf: rightAnswer,
      random,
      obeys: random() < obey,
    });
    if (judged !== undefined) {
      const isUnread = random() < unparsed;
      const text = isUnread ? `I looked at them ${this.#mark}, and cannot choose.` : judged.text;
      return { text, hangs, note: judgeNote(judged, isUnread) };
    }
    const { text, ...said } = memberAnswer(asked, this.#settings, this.#mark, random);
    return { text, hangs, note: { role: 'member', ...said } };
  }

  #countedTime(request: number): number {
    const time = (this.#times.get(request) ?? 0) + 1;
    this.#times.delete(request);
    this.#times.set(request, time);
    if (this.#times.size > MOST_COUNTED) {
      const { value: oldest } = this.#times.keys().next();
      if (oldest !== undefined) this.#times.delete(oldest);
    }
    return time;
  }
}

function judgeNote({ asked, findings }: JudgedAnswer, isUnread: boolean): JsonObject {
  return {
    role: 'judge',
    kind: asked.kind,
    shown: asked.answers.map(({ label }) => label),
    ranking: isUnread ? null : findings.ranking,
    right: findings.right,
    own: findings.own,
  };
}
