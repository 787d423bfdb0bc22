import type { Limits } from '../limits/parse-limits.ts';
import type { ProtocolName } from '../protocols/protocol.ts';
import type { Latency } from './latency.ts';
import type { NamedModelSettings } from './sim-options.ts';

/** A model that exists only here, for rehearsals without a key. */
export interface SimModel extends NamedModelSettings {
  readonly protocol: ProtocolName;
  /** Name of the provider that speaks the protocol. */
  readonly provider: string;
  /** US dollars per million tokens. */
  readonly price: { readonly input: number; readonly output: number };
  readonly latency: Latency;
  readonly limits: Limits;
  /** What it is like, in a few words. */
  readonly about: string;
}

/** The simulated models, asked as `sim/quick` and so on. */
export const SIM_MODELS: readonly SimModel[] = [
  {
    name: 'quick',
    protocol: 'openai-chat',
    provider: 'openai',
    price: { input: 0.15, output: 0.6 },
    latency: { kind: 'lognormal', medianMs: 210, sigma: 0.3 },
    limits: {},
    rightShare: 0.8,
    about: 'fast, mostly right',
  },
  {
    name: 'careful',
    protocol: 'anthropic',
    provider: 'anthropic',
    price: { input: 3, output: 15 },
    latency: { kind: 'lognormal', medianMs: 600, sigma: 0.25 },
    // Room for one second's worth, so that who sends at exactly this pace is not refused for jitter.
    limits: { requestsPerMinute: 480, burstMs: 1000 },
    rightShare: 0.95,
    about: 'best answers, 480 requests a minute',
  },
  {
    name: 'moody',
    protocol: 'gemini',
    provider: 'gemini',
    price: { input: 0.3, output: 2.5 },
    latency: { kind: 'lognormal', medianMs: 400, sigma: 0.4 },
    limits: {},
    rightShare: 0.6,
    faults: '503=5%',
    about: 'sometimes unavailable (503), often wrong',
  },
  {
    name: 'slow',
    protocol: 'ollama',
    provider: 'ollama',
    price: { input: 0.05, output: 0.1 },
    latency: { kind: 'uniform', fromMs: 1180, toMs: 1380 },
    limits: { concurrency: 10 },
    rightShare: 0.78,
    about: 'slow, 10 calls at once',
  },
  {
    name: 'scholar',
    protocol: 'openai-responses',
    provider: 'openai-responses',
    price: { input: 2.5, output: 10 },
    latency: { kind: 'lognormal', medianMs: 900, sigma: 0.3 },
    limits: { tokensPerMinute: 90_000, burstMs: 1000 },
    rightShare: 0.9,
    about: 'good answers, 90,000 tokens a minute',
  },
  {
    name: 'member',
    protocol: 'openai-chat',
    provider: 'openai',
    price: { input: 0.15, output: 0.6 },
    latency: { kind: 'fixed', ms: 0 },
    limits: {},
    isPanel: true,
    about: 'member of a panel, with parameters: member?skill=0.7&correlation=0.3',
  },
  {
    name: 'judge',
    protocol: 'openai-chat',
    provider: 'openai',
    price: { input: 0.5, output: 2 },
    latency: { kind: 'fixed', ms: 0 },
    limits: {},
    isPanel: true,
    about: 'judge of a panel, with parameters: judge?bias=0.8&self=0.5&noise=1',
  },
  {
    name: 'test',
    protocol: 'openai-chat',
    provider: 'openai',
    price: { input: 0, output: 0 },
    latency: { kind: 'fixed', ms: 1000 },
    limits: {},
    raisesErrors: true,
    about: "prompto's `api: test`: fails where the row asks it to, else one time in five",
  },
];
