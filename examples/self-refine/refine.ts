// node examples/self-refine/refine.ts [FOLDER]: three short texts, each written, criticised and revised until
// its critic has nothing to say. The models are simulated: no key is needed, nothing is paid.
import { type Model, openEngine, type Question, textOf, type Workflow } from '../../src/index.ts'; // in a project of your own: from 'tutti'

interface Topic {
  readonly topic: string;
}

const TOPICS: readonly Topic[] = [
  { topic: 'why the sky is dark at night' },
  { topic: 'why bread rises' },
  { topic: 'why ships float' },
];

const ROUNDS = 3;

function say(text: string): Question {
  return { messages: [{ role: 'user', content: text }] };
}

/** Makes the workflow of one row: a draft, then critiques and revisions in turn. */
function refineWith(writer: Model, critic: Model): Workflow<Topic, string> {
  return async ({ topic }, { ask }) => {
    let text = textOf(await ask('draft', writer, say(`Explain in three sentences ${topic}.`)));
    for (let round = 1; round <= ROUNDS; round++) {
      const critique = textOf(await ask(`critique/${round}`, critic, say(`Criticise: ${text}`)));
      if (critique.trim() === 'nothing') break;
      const revise = `Revise this text.\n${text}\nWhat is wrong with it: ${critique}`;
      text = textOf(await ask(`revision/${round}`, writer, say(revise)));
    }
    return text;
  };
}

await using engine = openEngine();
const [writer, critic] = await engine.openModels(['sim/quick', 'sim/careful']);
const run = engine.runWorkflow(TOPICS, refineWith(writer, critic), { folder: process.argv[2] });
for await (const { input, result, error, answer } of run) {
  const said = error === null ? result : `failed: ${error.message}`;
  console.log(`${input.topic}: ${answer.attempts} calls\n  ${said?.replaceAll('\n', '\n  ')}`);
}
const cost = run.costUsd === null ? 'nothing known' : `$${run.costUsd.toFixed(4)}`;
console.log(`${run.failures} failed, ${run.usage.output} tokens written, ${cost} (simulated)`);
