import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Words of the model, each with what it adds to the logits of its two labels. */
const WORDS: Readonly<Record<string, readonly [negative: number, positive: number]>> = {
  '[PAD]': [0, 0],
  '[UNK]': [0, 0],
  good: [0, 2],
  bad: [2, 0],
};

/** Writes a text classifier of four words: its logits are the sums of those of the words. */
export function writeTinyClassifier(folder: string): void {
  const json = (name: string, value: object) =>
    writeFileSync(join(folder, name), JSON.stringify(value));
  const vocab = Object.fromEntries(Object.keys(WORDS).map((word, id) => [word, id]));
  json('config.json', {
    model_type: 'bert',
    architectures: ['BertForSequenceClassification'],
    id2label: { 0: 'negative', 1: 'positive' },
    label2id: { negative: 0, positive: 1 },
  });
  json('tokenizer_config.json', {
    tokenizer_class: 'PreTrainedTokenizerFast',
    pad_token: '[PAD]',
    unk_token: '[UNK]',
    model_max_length: 512,
  });
  json('tokenizer.json', {
    version: '1.0',
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: null,
    decoder: null,
    model: { type: 'WordLevel', vocab, unk_token: '[UNK]' },
  });
  mkdirSync(join(folder, 'onnx'));
  writeFileSync(join(folder, 'onnx', 'model.onnx'), onnxModel());
}

/** The graph as ONNX: look up what each word adds, then sum over the words. */
function onnxModel(): Buffer {
  const lookUp = message(
    [1, 'table'],
    [1, 'input_ids'],
    [2, 'added'],
    [4, 'Gather'],
    [5, message([1, 'axis'], [3, 0], [20, 2])],
  );
  const sum = message(
    [1, 'added'],
    [1, 'axes'],
    [2, 'logits'],
    [4, 'ReduceSum'],
    [5, message([1, 'keepdims'], [3, 0], [20, 2])],
  );
  const table = Buffer.from(Float32Array.from(Object.values(WORDS).flat()).buffer);
  const words = Object.keys(WORDS).length;
  const graph = message(
    [1, lookUp],
    [1, sum],
    [2, 'tiny'],
    [5, message([1, words], [1, 2], [2, FLOAT], [8, 'table'], [9, table])],
    [5, message([1, 1], [2, INT64], [8, 'axes'], [9, Buffer.from(BigInt64Array.of(1n).buffer)])],
    [11, tensor('input_ids', INT64, ['batch', 'length'])],
    [12, tensor('logits', FLOAT, ['batch', 2])],
  );
  return message([1, 8], [7, graph], [8, message([1, ''], [2, 13])]);
}

const FLOAT = 1;
const INT64 = 7;

function tensor(name: string, type: number, shape: readonly (string | number)[]): Buffer {
  const dimensions = shape.map(
    (one): Field => [1, message(typeof one === 'string' ? [2, one] : [1, one])],
  );
  return message([1, name], [2, message([1, message([1, type], [2, message(...dimensions)])])]);
}

type Field = readonly [number: number, value: number | string | Buffer];

/** A message of protocol buffers: numbers below 2^28, texts and messages. */
function message(...fields: readonly Field[]): Buffer {
  const parts = fields.flatMap(([number, value]) => {
    if (typeof value === 'number') return [variable(number << 3), variable(value)];
    const bytes = typeof value === 'string' ? Buffer.from(value) : value;
    return [variable((number << 3) | 2), variable(bytes.length), bytes];
  });
  return Buffer.concat(parts);
}

function variable(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  for (; left > 127; left >>>= 7) bytes.push((left & 127) | 128);
  return Buffer.from([...bytes, left]);
}
