import path from 'node:path';
import { bytesInWords } from '../../shared/bytesInWords.ts';
import type { ModelsFolder } from '../../shared/downloads.ts';
import { text } from '../arguments/options.ts';
import { parseArguments } from '../arguments/parseArguments.ts';
import { exitCodes } from '../exitCodes.ts';
import { type Command, commonOptions } from './command.ts';
import { noOperands } from './operands.ts';

const options = { move: text('DIR', 'Move all downloaded models there'), ...commonOptions } as const;

/** `facet models folder`: where downloaded models lie, and another place for them. */
export const folderCommand: Command = {
  name: 'models folder',
  operands: '',
  summary: 'Say where downloaded models lie, or move them to another disk',
  options,
  whenCancelled: 'No model is lost, and the same command goes on.',
  notes: ['The old files stay until all are verified at the new place. A move that was cut off goes on when it is asked for again.'],
  async run(given, context) {
    const { options: values, operands } = parseArguments(options, given);
    noOperands(operands);
    const { output, signal } = context;
    const app = await context.openApp(values.data);
    const stop = app.onEvent((event) => {
      if (event.name !== 'modelsFolder.moved') return;
      const { done, total } = event.payload;
      output.progress(`Moving the models: ${Math.floor((100 * done) / Math.max(1, total))} %`);
    });
    try {
      const folder =
        values.move === null
          ? await app.request('modelsFolder.describe', {}, signal)
          : await app.request('modelsFolder.move', { path: path.resolve(context.workingFolder, values.move) }, signal);
      output.progress(null);
      if (values.json) output.json(report(folder));
      else {
        output.line(`${folder.path}: ${bytesInWords(folder.bytes)}, ${bytesInWords(folder.freeBytes)} free`);
        if (folder.unfinishedMove !== null) output.note(`facet: a move to ${folder.unfinishedMove} was cut off; give it again to go on`);
      }
      return exitCodes.ok;
    } finally {
      stop();
      output.progress(null);
    }
  },
};

function report({ path: folder, bytes, freeBytes, unfinishedMove }: ModelsFolder): object {
  return { path: folder, bytes, free: freeBytes, unfinished_move: unfinishedMove };
}
