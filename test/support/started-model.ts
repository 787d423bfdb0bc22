import type { GenerateOptions, GenerateRequest, GenerationReceiver } from '../../src/core/model.ts';
import { FakeModel } from './fake-model.ts';

/** A fake model that is started, as those of endpoints are: a stop has ended it before the stop returns. */
export class StartedModel extends FakeModel {
  start(request: GenerateRequest, options: GenerateOptions, receiver: GenerationReceiver): void {
    options.onStop?.((reason) => receiver.failed(reason));
    this.generate(request, options).then(
      (generation) => receiver.answered(generation),
      (error) => receiver.failed(error),
    );
  }
}
