import { consortiumJsonSchema } from '../src/runtime/consortiums/consortium-json-schema.ts';
import {
  defaultText,
  describeRunOption,
  environmentName,
  RUN_OPTION_NAMES,
  RUN_OPTIONS,
} from '../src/runtime/settings/run-options.ts';
import { settingsJsonSchema } from '../src/runtime/settings/schema.ts';
import type { GeneratedFile } from './generate-cli.ts';

/** Makes the schemas of settings files and of consortiums, and the reference page of options. */
export function generateSettingsFiles(): GeneratedFile[] {
  return [
    {
      path: 'docs/reference/settings.schema.json',
      content: `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`,
    },
    {
      path: 'docs/reference/consortium.schema.json',
      content: `${JSON.stringify(consortiumJsonSchema(), null, 2)}\n`,
    },
    { path: 'docs/reference/settings.md', content: referencePage() },
  ];
}

function referencePage(): string {
  const rows = RUN_OPTION_NAMES.map((name) => {
    const option = RUN_OPTIONS[name];
    const places = [`run.${option.setting}`, option.flags, environmentName(name)];
    const cells = [...places.map((place) => `\`${place}\``), describeRunOption(option)];
    return `| ${[...cells, defaultText(option)].join(' | ')} |`;
  });
  return `<!-- Written by \`npm run generate\` from src/runtime/settings/run-options.ts: do not edit. -->
# Options of everything that sends calls

A flag comes before the environment, the environment before the project's \`tutti.yaml\`, that before the home's
\`config.yaml\`, that before the default. A program gives them under the names of \`RunRequest\`.

| in settings files | flag | environment | meaning | default |
|---|---|---|---|---|
${rows.join('\n')}

Everything else a settings file may hold is in [settings.schema.json](settings.schema.json).
`;
}
