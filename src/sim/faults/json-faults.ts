import type { Random } from '../../core/clock.ts';
import { isJsonObject, type JsonValue } from '../../core/json.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { sendAnswer } from '../exchange/send-answer.ts';
import { hashText } from '../texts/hash-text.ts';
import type { Fault } from './fault.ts';

/** A JSON object that can still be changed. */
type OpenObject = Record<string, JsonValue>;

/** A value of another type than the right one. */
export const wrongType: Fault = jsonFault(
  'wrong-type',
  'JSON in which one value is of another type',
  (value, random) => {
    const [object, key] = someKey(value, random) ?? [];
    if (object === undefined || key === undefined) return undefined;
    object[key] = ofAnotherType(object[key] ?? null);
    return JSON.stringify(value);
  },
);

/** A key that nobody asked for. */
export const extraKey: Fault = jsonFault('extra-key', 'JSON with one key more', (value, random) => {
  const object = someObject(value, random);
  if (object === undefined) return undefined;
  object.note_to_self = 'not asked for';
  return JSON.stringify(value);
});

/** A key that is not there. */
export const missingKey: Fault = jsonFault(
  'missing-key',
  'JSON with one key less',
  (value, random) => {
    const [object, key] = someKey(value, random) ?? [];
    if (object === undefined || key === undefined) return undefined;
    delete object[key];
    return JSON.stringify(value);
  },
);

/** JSON as people write it. */
export const brokenJson: Fault = jsonFault(
  'broken-json',
  'JSON with a mistake that can be mended: a comma, a quotation mark, a bracket',
  (value, random) => {
    const text = JSON.stringify(value);
    const mistakes = [
      () => text.replace(/([}\]])$/, ',$1'),
      () => text.replace(/"([A-Za-z_]\w*)":/, '$1:'),
      () => text.replace(/"([A-Za-z_]\w*)":/g, "'$1':"),
      () => text.slice(0, -1),
      () => text.replace(/:/, ': /* as asked */'),
      () => text.replace(/true/g, 'True').replace(/null/g, 'None').replace(/,/, ',\n,'),
    ];
    const first = Math.floor(random() * mistakes.length);
    const texts = mistakes.map((_, at) => mistakes[(first + at) % mistakes.length]?.() ?? text);
    // A mistake that finds nothing to be made in leaves JSON.
    return texts.find((spoilt) => parsed(spoilt) === undefined);
  },
);

/** JSON in the middle of talk. */
export const prose: Fault = jsonFault('prose', 'JSON inside of prose', (value, random) => {
  const text = JSON.stringify(value, null, 2);
  const isFenced = random() < 0.5;
  const inside = isFenced ? `\`\`\`json\n${text}\n\`\`\`` : text;
  return `Of course! Here is what you asked for:\n\n${inside}\n\nLet me know if you want it otherwise.`;
});

/** Ends the text in the middle, as a limit of tokens does. */
export const cut: Fault = {
  name: 'cut',
  about: 'an answer that ends in the middle, with the finish reason for it',
  respond(exchange) {
    const choices = exchange.reply.choices.map(({ text }) => {
      const share = 0.2 + 0.7 * seededRandom(hashText(`cut ${text}`))();
      return { text: text.slice(0, Math.floor(text.length * share)), finish: 'length' } as const;
    });
    sendAnswer(exchange, { ...exchange.reply, choices });
  },
};

/** A fault of answers that are JSON; others, and those that it cannot change, are as they were. */
function jsonFault(
  name: string,
  about: string,
  spoiled: (value: JsonValue, random: Random) => string | undefined,
): Fault {
  return {
    name,
    about: `${about}; only where the answer is JSON`,
    respond(exchange) {
      const choices = exchange.reply.choices.map((choice) => {
        const value = parsed(choice.text);
        if (value === undefined || choice.finish !== 'stop') return choice;
        const text = spoiled(value, seededRandom(hashText(`${name} ${choice.text}`)));
        return text === undefined ? choice : { ...choice, text };
      });
      sendAnswer(exchange, { ...exchange.reply, choices });
    },
  };
}

function parsed(text: string): JsonValue | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** One of the innermost objects: a row of a list of rows, and not what holds the list. */
function someObject(value: JsonValue, random: Random): OpenObject | undefined {
  const found = [...innermost(value)];
  return found[Math.floor(random() * found.length)];
}

function someKey(value: JsonValue, random: Random): [OpenObject, string] | undefined {
  const object = someObject(value, random);
  if (object === undefined) return undefined;
  const keys = Object.keys(object);
  const key = keys[Math.floor(random() * keys.length)];
  return key === undefined ? undefined : [object, key];
}

function* innermost(value: JsonValue): Generator<OpenObject> {
  const inner = Array.isArray(value)
    ? (value as readonly JsonValue[])
    : isJsonObject(value)
      ? Object.values(value)
      : [];
  const holds = inner.some((one) => isJsonObject(one) || hasObjects(one));
  if (isJsonObject(value) && !holds && Object.keys(value).length > 0) yield value as OpenObject;
  for (const one of inner) yield* innermost(one);
}

function hasObjects(value: JsonValue): boolean {
  return Array.isArray(value) && (value as readonly JsonValue[]).some(isJsonObject);
}

/** Nothing that could be taken for the right type: a number as text is one that some would read. */
function ofAnotherType(value: JsonValue): JsonValue {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return `about ${value}`;
  if (typeof value === 'boolean') return 'perhaps';
  if (Array.isArray(value)) return 'a list of them';
  return value === null ? [] : 'an object';
}
