import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { FakeModel } from '../../../test/support/fake-model.ts';
import type { LearnedForm, SimpleModel } from '../../core/model.ts';
import { formNotes, learnedForms, recallForms } from './learned-forms.ts';

function modelWith(form: LearnedForm | null): SimpleModel & { recalled: LearnedForm | undefined } {
  const model = new FakeModel(new FakeClock());
  return Object.assign(model, {
    recalled: undefined as LearnedForm | undefined,
    learned: () => form,
    recall(this: { recalled: LearnedForm | undefined }, earlier: LearnedForm) {
      this.recalled = earlier;
    },
  });
}

const FORM: LearnedForm = {
  stream: true,
  streamOptions: false,
  because: '400: stream\u001b[2J only',
};

describe('what is learned of servers', () => {
  it('is written into run.json and recalled from there', () => {
    const learned = learnedForms([
      { name: 'a', model: modelWith(FORM) },
      { name: 'b', model: modelWith(null) },
      { name: 'c', model: new FakeModel(new FakeClock()) },
      { name: 'd', model: null },
    ]);
    expect(learned).toEqual({ a: { stream: true, stream_options: false, because: FORM.because } });
    const again = modelWith(null);
    recallForms([{ name: 'a', model: again }], JSON.parse(JSON.stringify(learned)));
    expect(again.recalled).toEqual(FORM);
  });

  it('is the level at which a schema is asked for, too', () => {
    const form: LearnedForm = { structured: 'json_object', because: '400: response_format' };
    const learned = learnedForms([{ name: 'a', model: modelWith(form) }]);
    expect(learned).toEqual({ a: { structured: 'json_object', because: form.because } });
    const again = modelWith(null);
    recallForms([{ name: 'a', model: again }], JSON.parse(JSON.stringify(learned)));
    expect(again.recalled).toEqual(form);
    expect(formNotes([{ name: 'a', model: modelWith(form) }])).toEqual([
      'a is asked for JSON by json_object: 400: response_format',
    ]);
    const odd = modelWith(null);
    recallForms([{ name: 'a', model: odd }], { a: { structured: 'xml', because: 'x' } });
    expect(odd.recalled).toEqual({ because: 'x' });
  });

  it('is nothing where nothing was learned', () => {
    expect(learnedForms([{ name: 'b', model: modelWith(null) }])).toBeUndefined();
  });

  it.each([undefined, null, [], { a: 7 }, { a: { stream: true } }, { __proto__: { a: {} } }])(
    'is not recalled from %j',
    (learned) => {
      const model = modelWith(null);
      recallForms([{ name: 'a', model }], learned as never);
      expect(model.recalled).toBeUndefined();
    },
  );

  it('is told in words, without control characters', () => {
    const [note] = formNotes([{ name: 'a', model: modelWith(FORM) }]);
    expect(note).toBe(
      'a is asked for streams and is asked without stream_options: 400: stream\\x1b[2J only',
    );
  });
});
