import { ERRORS } from './errors.test-support.ts';
import { PARTS } from './parts.test-support.ts';
import type { ServerAnswer } from './server-answer.test-support.ts';
import { STREAMS } from './streams.test-support.ts';
import { TOOL_CALLS } from './tool-calls.test-support.ts';
import { VENDOR_BODIES } from './vendor-bodies.test-support.ts';
import { WHOLE_BODIES } from './whole-bodies.test-support.ts';

/** Everything that servers were seen to send. */
export const SERVER_ANSWERS: readonly ServerAnswer[] = [
  ...[...STREAMS, ...ERRORS, ...TOOL_CALLS, ...PARTS, ...VENDOR_BODIES].map((one) => ({
    contentType: 'text/event-stream',
    ...one,
  })),
  ...WHOLE_BODIES,
];
