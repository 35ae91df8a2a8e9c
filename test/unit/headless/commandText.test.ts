import { Writable } from 'node:stream';
import type { FitChoice } from '../../../electron/shared/fitChoices.ts';
import { describe, expect, test } from 'vitest';
import { allCommands } from '../../../electron/headless/commands/allCommands.ts';
import { commandErrorText } from '../../../electron/headless/commandErrorText.ts';
import { stopReasonWord } from '../../../electron/headless/commands/askReport.ts';
import { createTrimmedStream } from '../../../electron/headless/commands/trimmedStream.ts';
import { wrongPlaces } from '../../../electron/headless/commands/writeNewFile.ts';
import { exitCodeOf } from '../../../electron/headless/exitCodes.ts';
import { createOutput, printable } from '../../../electron/headless/output.ts';
import { readInvocation } from '../../../electron/headless/readInvocation.ts';
import { refusal } from '../../../electron/services/remote/serverReasons.ts';
import { exampleErrors } from '../../contract/exampleValues.ts';

describe('errors', () => {
  test.each(exampleErrors.map((error) => ({ error, code: error.code })))('$code has an exit code and one line', ({ error }) => {
    expect([1, 2, 3, 4, 5, 6, 130]).toContain(exitCodeOf(error));
    expect(commandErrorText(error)).toMatch(/^\S[^\n]{5,}\S$/);
  });

  test.each([
    ['modelMissing', 4],
    ['modelCannotSee', 4],
    ['doesNotFit', 5],
    ['networkFailed', 6],
    ['diskFull', 6],
    ['documentEmpty', 3],
    ['invalidRequest', 2],
    ['cancelled', 130],
    ['engineStopped', 1],
  ] as const)('%s exits with %i', (code, exit) => {
    const error = exampleErrors.find((example) => example.code === code);
    expect(error === undefined ? null : exitCodeOf(error)).toBe(exit);
  });

  test('what does not fit names the option that helps, where one does', () => {
    const parts = [{ part: 'documents', tokens: 9000 }];
    const fits = commandErrorText({ code: 'doesNotFit', details: { needed: 9000, available: 8192, largestContext: 32_768, parts } });
    const never = commandErrorText({ code: 'doesNotFit', details: { needed: 90_000, available: 8192, largestContext: 32_768, parts } });
    expect(fits).toContain('--context 16384');
    expect(never).not.toContain('--context');
  });

  test('a place that cannot be written to asks for another one, and does not suspect the disk', () => {
    const said = (reason: string) => commandErrorText({ code: 'diskFailed', details: { path: '/d/out.csv', reason } });
    expect(said(wrongPlaces.taken)).toBe('/d/out.csv was not written: there is such a file already. Name another place.');
    expect(said(wrongPlaces.noFolder)).toBe('/d/out.csv was not written: there is no such folder. Name another place.');
    expect(said('input/output error')).toContain('Check the disk');
  });

  test('fields of the contract are named as options, and a sentence ends once', () => {
    const refused = (field: string, reason: string) => commandErrorText({ code: 'invalidRequest', details: { field, reason } });
    expect(refused('mode', 'there is no table in these documents')).toBe('--mode: there is no table in these documents.');
    expect(refused('regions', 'must lie inside the picture of 2 x 2 pixels')).toBe('--region must lie inside the picture of 2 x 2 pixels.');
    expect(commandErrorText({ code: 'networkFailed', details: { host: 'a:1', reason: 'is the server running?' } })).toBe(
      'a:1: is the server running?',
    );
  });

  test('a key that a server refuses is given where the command line has it', () => {
    const reason = refusal(401, '');
    expect(reason).toContain('settings');
    expect(commandErrorText({ code: 'networkFailed', details: { host: 'a:1', reason } })).toBe(
      'a:1: it refused the key (401); give the right one in FACET_SERVER_KEY.',
    );
  });

  test('every choice is named by the option or the command that takes it', () => {
    const choices: readonly FitChoice[] = [
      { kind: 'largerContext', contextTokens: 16_384, totalBytes: 3.1e9, moreBytes: 4e8 },
      { kind: 'compactHistory', conversationId: 'c1', tokens: 700 },
      { kind: 'readRelevant' },
      { kind: 'dropAttachment', attachmentId: 'a1', file: 'lease.pdf', tokens: 5000 },
    ];
    const said = commandErrorText({
      code: 'doesNotFit',
      details: { needed: 9000, available: 8192, largestContext: 32_768, parts: [], choices },
    });
    expect(said).toContain('--context 16384 (takes 3.1 GB of memory, 400 MB more than now)');
    expect(said).toContain('facet chats compact c1');
    expect(said).toContain('--mode relevant');
    expect(said).toContain('asking without lease.pdf (5000 tokens)');
  });
});

describe('what is asked for', () => {
  const read = (...given: readonly string[]) => readInvocation(given, allCommands);

  test('options may stand before the command', () => {
    expect(read('--data', 'ask', 'ask', '--json', 'q')).toMatchObject({
      kind: 'run',
      command: { name: 'ask' },
      given: ['--data', 'ask', '--json', 'q'],
    });
  });

  test.each([
    [['--help'], 'overview'],
    [['-h'], 'overview'],
    [['help'], 'overview'],
    [['--version'], 'version'],
    [['ask', '--help'], 'help'],
    [['models', '--help'], 'help'],
    [['help', 'models', 'get'], 'help'],
    [['ask', '--', '--help'], 'run'],
    [['models', 'list'], 'run'],
  ])('%j: %s', (given, kind) => {
    expect(read(...given).kind).toBe(kind);
  });

  test.each([[[]], [['nonsense']], [['models']], [['models', 'nonsense']], [['help', 'nonsense']], [['--json']]])(
    '%j is refused',
    (given) => {
      expect(() => read(...given)).toThrow(/invalidRequest/);
    },
  );
});

describe('output', () => {
  class Terminal extends Writable {
    text = '';
    readonly isTTY: boolean;
    constructor(isTTY: boolean) {
      super();
      this.isTTY = isTTY;
    }
    override _write(chunk: Buffer, _encoding: string, done: () => void): void {
      this.text += chunk.toString();
      done();
    }
  }

  test('a terminal never gets control sequences of a model; a file gets every byte', () => {
    const hostile = 'a\u001b]0;title\u0007\u009b31mb\n\tc';
    expect(printable(hostile)).toBe('a\ufffd]0;title\ufffd\ufffd31mb\n\tc');
    const [terminal, file] = [new Terminal(true), new Terminal(false)];
    createOutput({ stdout: terminal, stderr: file }).write(hostile);
    createOutput({ stdout: file, stderr: terminal }).write(hostile);
    expect(terminal.text).not.toContain('\u001b');
    expect(file.text).toBe(hostile);
  });

  test('progress shows on a terminal only, and is gone before anything else', () => {
    const [stdout, quiet, terminal] = [new Terminal(false), new Terminal(false), new Terminal(true)];
    createOutput({ stdout, stderr: quiet }).progress('Loading');
    expect(quiet.text).toBe('');
    const output = createOutput({ stdout, stderr: terminal });
    output.progress('Loading');
    output.write('answer');
    expect(terminal.text).toBe('Loading\r\u001b[K');
  });

  test('a note is one line', () => {
    const [stdout, stderr] = [new Terminal(false), new Terminal(false)];
    createOutput({ stdout, stderr }).note('one\n  two');
    expect(stderr.text).toBe('one two\n');
  });
});

describe('an answer as it comes', () => {
  test('reads the same as the stored, trimmed one, however it is cut', () => {
    const whole = '\n The answer.\n\nMore  words \n ';
    for (let size = 1; size <= whole.length; size += 1) {
      let written = '';
      const stream = createTrimmedStream((text) => (written += text));
      for (let start = 0; start < whole.length; start += size) stream.push(whole.slice(start, start + size));
      stream.finish(whole.trim());
      expect(written).toBe(whole.trim());
    }
  });

  test('what came only with the end is written at the end', () => {
    let written = '';
    const stream = createTrimmedStream((text) => (written += text));
    stream.push(' The');
    stream.finish('The answer');
    expect(written).toBe('The answer');
  });

  test('why it ended is a word in snake case', () => {
    expect((['endOfTurn', 'stopText', 'maxTokens', 'contextFull', 'cancelled'] as const).map(stopReasonWord)).toEqual([
      'end_of_turn',
      'stop_text',
      'max_tokens',
      'context_full',
      'cancelled',
    ]);
  });
});
