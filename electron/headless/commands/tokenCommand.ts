import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { DownloadSetup } from '../../shared/downloads.ts';
import { facetError } from '../../shared/errors.ts';
import { refuse } from '../arguments/options.ts';
import { parseArguments } from '../arguments/parseArguments.ts';
import { exitCodes } from '../exitCodes.ts';
import { type Command, commonOptions, type CommandContext } from './command.ts';

/** `facet models token`: the access token for models behind a licence. It is never shown, and never an argument, which other programs could read. */
export const tokenCommand: Command = {
  name: 'models token',
  operands: '[set|remove]',
  summary: 'Say whether an access token for the models’ hub is kept, keep one, or forget it',
  options: commonOptions,
  notes: [
    'With set, the token is read from standard input: typed, without being shown, or piped, as in facet models token set < token.txt',
    'FACET_HUB_TOKEN wins over a kept one. Only the hub gets it.',
  ],
  async run(given, context) {
    const { options, operands } = parseArguments(commonOptions, given);
    const [wish = null] = operands;
    // Said without the words given: one of them may be the token.
    if (operands.length > 1 || (wish !== null && wish !== 'set' && wish !== 'remove'))
      refuse('models token', 'takes set, remove or nothing after it; the token itself is read from standard input');
    const token = wish === 'set' ? await askToken(context) : null;
    const app = await context.openApp(options.data);
    const setup =
      wish === null
        ? await app.request('download.describe', {}, context.signal)
        : await app.request('download.setToken', { token }, context.signal);
    if (options.json) context.output.json({ token: setup.token, keychain: setup.keychain });
    else context.output.line(inWords(setup));
    return exitCodes.ok;
  },
};

function inWords({ token, keychain }: DownloadSetup): string {
  if (token === 'none') return 'No access token is kept.';
  if (token === 'variable') return 'The access token is the one in FACET_HUB_TOKEN.';
  return `An access token is kept ${keychain ? 'in the system’s keychain' : 'in a file that only you can read'}.`;
}

/** The first line of standard input. @throws FacetError invalidRequest when there is none; cancelled */
async function askToken({ stdin, output, signal }: CommandContext): Promise<string> {
  const terminal = 'isTTY' in stdin && stdin.isTTY === true;
  if (terminal) output.note('Access token (it is not shown):');
  // Readline turns the terminal's own echo off; what it would echo instead goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: nowhere, terminal });
  const stop = (): void => lines.close();
  signal.addEventListener('abort', stop, { once: true });
  // In its own mode a terminal sends Ctrl-C as a key.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    for await (const line of lines) {
      if (line.trim() !== '') return line.trim();
    }
  } finally {
    signal.removeEventListener('abort', stop);
    lines.close();
  }
  if (signal.aborted) throw facetError('cancelled', {});
  return refuse('The token', 'is missing: type it, or give it on standard input');
}
