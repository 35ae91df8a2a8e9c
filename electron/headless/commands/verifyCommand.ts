import type { VerifiedModel } from '../../shared/downloads.ts';
import { facetError } from '../../shared/errors.ts';
import type { Model } from '../../shared/models.ts';
import type { AppClient } from '../appClient.ts';
import { flag } from '../arguments/options.ts';
import { parseArguments } from '../arguments/parseArguments.ts';
import { exitCodes } from '../exitCodes.ts';
import { findModel } from './chooseModel.ts';
import { type Command, commonOptions, type CommandContext } from './command.ts';
import { upToOneOperand } from './operands.ts';

const options = { repair: flag('Fetch again what is damaged, only the damaged pieces where they are known'), ...commonOptions } as const;

/** `facet models verify`: whether the files are still what came. */
export const verifyCommand: Command = {
  name: 'models verify',
  operands: '[MODEL]',
  summary: 'Hash the files of installed models again, and repair what is damaged',
  options,
  notes: ['Without MODEL all installed ones are verified. Exit code 4 when one is damaged and was not repaired.'],
  async run(given, context) {
    const { options: values, operands } = parseArguments(options, given);
    const name = upToOneOperand(operands, 'MODEL');
    const app = await context.openApp(values.data);
    const verified: VerifiedModel[] = [];
    for (const model of await chosen(app, name, context)) {
      const result = await verify(app, model, values.repair, context);
      verified.push(result);
      if (!values.json) context.output.line(`${model.id}: ${inWords(result)}`);
    }
    if (values.json) context.output.json({ models: verified });
    return verified.some(({ outcome }) => outcome === 'damaged') ? exitCodes.model : exitCodes.ok;
  },
};

async function chosen(app: AppClient, name: string | null, context: CommandContext): Promise<readonly Model[]> {
  if (name !== null) return [await findModel(app, { model: name, projector: null }, context)];
  const installed = app.state().models.filter(({ state, server }) => state.kind === 'installed' && server === undefined);
  if (installed.length === 0) throw facetError('modelMissing', { model: '' });
  return installed;
}

async function verify(app: AppClient, { id, name }: Model, repair: boolean, { output, signal }: CommandContext): Promise<VerifiedModel> {
  const stop = app.onEvent((event) => {
    if (event.name !== 'model.verified' || event.payload.id !== id) return;
    const { done, total } = event.payload;
    output.progress(`Verifying ${name}: ${Math.floor((100 * done) / Math.max(1, total))} %`);
  });
  try {
    return await app.request('model.verify', { id, repair }, signal);
  } finally {
    stop();
    output.progress(null);
  }
}

function inWords({ outcome, files }: VerifiedModel): string {
  const bad = files.filter(({ expected, actual }) => expected !== actual).map(({ path }) => path);
  if (outcome === 'sound') return 'sound';
  const which = `${bad.join(' and ')} ${bad.length === 1 ? 'is' : 'are'} not what came`;
  return outcome === 'repaired' ? `repaired; ${which.replace(' is ', ' was ').replace(' are ', ' were ')}` : `damaged: ${which}`;
}
