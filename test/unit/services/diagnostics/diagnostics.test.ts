import { expect, test } from 'vitest';
import type { EngineEvents } from '../../../../electron/engine/engineContract.ts';
import type { ChildDeath } from '../../../../electron/children/supervisor.ts';
import { cleanLogText } from '../../../../electron/services/diagnostics/cleanLogText.ts';
import { createDiagnostics } from '../../../../electron/services/diagnostics/createDiagnostics.ts';
import type { LogLine } from '../../../../electron/shared/diagnostics.ts';
import { logText } from '../../../../electron/shared/diagnostics.ts';

function start() {
  let hear: (line: EngineEvents['engine.logged']) => void = () => undefined;
  let die: (death: ChildDeath) => void = () => undefined;
  const handlers = createDiagnostics({
    engine: {
      on: (name, listener) => {
        expect(name).toBe('engine.logged');
        hear = listener as typeof hear;
        return () => undefined;
      },
    },
    children: [
      {
        name: 'reader',
        onExit: (listener) => {
          die = listener;
          return () => undefined;
        },
      },
    ],
    home: '/home/ann',
    now: () => 0,
  });
  const read = (): readonly LogLine[] => handlers['log.read']({}, new AbortController().signal) as readonly LogLine[];
  return {
    log: (text: string) => hear({ level: 'warning', text }),
    die: (reason: string) => die({ code: 1, signal: null, errorOutput: '', reason }),
    read,
  };
}

test('what the engine reports and why a child died is kept, the oldest first, a repeated line once', () => {
  const { log, die, read } = start();
  log('low on memory');
  log('low on memory');
  die('it ran out of memory');
  expect(read().map(({ source, level, text }) => [source, level, text])).toEqual([
    ['engine', 'warning', 'low on memory'],
    ['reader', 'fatal', 'the reader stopped: it ran out of memory'],
  ]);
  expect(logText(read())).toBe(
    '1970-01-01T00:00:00.000Z engine warning: low on memory\n1970-01-01T00:00:00.000Z reader fatal: the reader stopped: it ran out of memory\n',
  );
});

test('only the newest 200 lines are kept', () => {
  const { log, read } = start();
  for (let line = 1; line <= 250; line++) log(`line ${String(line)}`);
  expect(read()).toHaveLength(200);
  expect(read()[0]?.text).toBe('line 51');
});

test.each([
  ['parse: error near "my secret diagnosis" here', 'parse: error near […] here'],
  ["unknown token 'rent of Ann' in the prompt", 'unknown token […] in the prompt'],
  ['expecting ] at `the lease says', 'expecting ] at […]'],
  ["it doesn't fit: it's too large", "it doesn't fit: it's too large"],
  ['first line\nsecond line with words', 'first line'],
  ['cannot open /home/ann/models/a.gguf', 'cannot open ~/models/a.gguf'],
  ['bell\u0007 and escape\u001b[31m', 'bell and escape [31m'],
])('%j keeps no words of others', (text, cleaned) => {
  expect(cleanLogText(text, '/home/ann')).toBe(cleaned);
});
