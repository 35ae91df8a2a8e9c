import { describe, expect, it } from 'vitest';
import type { EngineState } from '../../../../electron/shared/models.ts';
import { memoryParts, memoryTotal } from '../../../../renderer/features/models/memoryParts.ts';
import { downloadProgress, engineWords } from '../../../../renderer/features/models/modelWords.ts';
import { downloading, failed, installed, testModel } from './testModel.ts';

const idle: EngineState = { kind: 'idle' };
const memory = { weights: 600, kv: 300, compute: 100, vision: 0 };
const ready: EngineState = { kind: 'ready', modelId: 'a', contextTokens: 8192, backend: 'CPU', sees: true, memory, loadMs: 1 };

describe('engineWords', () => {
  it('asks for a choice while there is none that is here', () => {
    expect(engineWords(idle, [], null, false).name).toBe('Choose a model');
    expect(engineWords(idle, [], testModel('a'), false).name).toBe('Choose a model');
    expect(engineWords(idle, [], testModel('a', { state: failed }), false).name).toBe('Choose a model');
  });

  it('shows the download of the chosen model as a ring', () => {
    expect(engineWords(idle, [], testModel('a', { state: downloading }), false)).toMatchObject({ state: 'downloading', ring: 0.25 });
  });

  it('names what is in memory, not what is chosen', () => {
    const models = [testModel('a', { name: 'In memory', state: installed })];
    expect(engineWords(ready, models, testModel('b'), false)).toEqual({ tone: 'ready', name: 'In memory', state: 'ready', ring: null });
    expect(engineWords(ready, models, null, true)).toMatchObject({ tone: 'working', state: 'answering' });
  });

  it('tells loading, failing and restarting apart', () => {
    const models = [testModel('a')];
    expect(engineWords({ kind: 'loading', modelId: 'a', fraction: 0.4 }, models, null, false)).toMatchObject({
      tone: 'working',
      ring: 0.4,
    });
    const error = { code: 'modelLoadFailed', details: { model: 'a', reason: 'x' } } as const;
    expect(engineWords({ kind: 'failed', modelId: 'a', error }, models, null, false).tone).toBe('failed');
    expect(engineWords({ kind: 'restarting', modelId: 'a', attempt: 1, reason: 'x' }, models, null, false).tone).toBe('warning');
  });
});

describe('downloadProgress', () => {
  it('says how much, from where and how long', () => {
    expect(downloadProgress(downloading)).toEqual({
      fraction: 0.25,
      words: '1.0 GB of 4.0 GB from example.org at 10 MB a second, about 5 minutes left',
    });
  });

  it('promises no time before there is a speed', () => {
    expect(downloadProgress({ ...downloading, bytesPerSecond: 0 } as typeof downloading)?.words).toBe('1.0 GB of 4.0 GB from example.org');
  });

  it('survives an unknown total', () => {
    expect(downloadProgress({ kind: 'paused', receivedBytes: 5, totalBytes: 0 })?.fraction).toBe(0);
  });

  it('is nothing for a model that is here', () => {
    expect(downloadProgress(installed)).toBeNull();
  });
});

describe('memoryParts', () => {
  it('gives shares of the whole and leaves out empty parts', () => {
    expect(memoryTotal(memory)).toBe(1000);
    expect(memoryParts(memory).map(({ name, share }) => [name, share])).toEqual([
      ['Model', 0.6],
      ['Conversation', 0.3],
      ['Working space', 0.1],
    ]);
  });
});
