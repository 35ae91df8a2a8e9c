import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { EngineClient } from '../../../../electron/engine/engineClient.ts';
import { createStateKeeper, type StateKeeper } from '../../../../electron/services/generation/stateKeeper.ts';
import { defaultSettings } from '../../../../electron/shared/settings.ts';

const idleMs = 20;
/** Long after the idle time. */
const later = (): Promise<void> => delay(5 * idleMs);

interface Kept {
  readonly keeper: StateKeeper;
  /** Conversations whose states were written, and how many bytes all may take. */
  readonly saved: { readonly owner: string; readonly mostBytes: number }[];
  readonly stopped: string[];
  readonly forgotten: string[];
}

/** @param saveMs what writing one state takes */
function keep({ saveMs = 0, gigabytes = 2, secret = '', fails = '' } = {}): Kept {
  const saved: Kept['saved'] = [];
  const stopped: string[] = [];
  const forgotten: string[] = [];
  const request = async (name: string, params: Kept['saved'][number], signal: AbortSignal): Promise<object> => {
    expect(name).toBe('state.save');
    if (params.owner === fails) throw new Error('the disk is full');
    try {
      await delay(saveMs, undefined, { signal });
    } catch (error) {
      stopped.push(params.owner);
      throw error;
    }
    saved.push(params);
    return { saved: true };
  };
  const keeper = createStateKeeper({
    engine: { request } as unknown as EngineClient,
    files: {
      forget: (conversationId) => {
        forgotten.push(conversationId);
        return Promise.resolve();
      },
    },
    settings: () => ({ ...defaultSettings, stateGigabytes: gigabytes }),
    mayKeep: (conversationId) => conversationId !== secret,
    idleMs,
  });
  return { keeper, saved, stopped, forgotten };
}

const owners = ({ saved }: Kept): readonly string[] => saved.map(({ owner }) => owner);

test('a state is written when nothing has happened for a while, with the room that the settings give', async () => {
  const kept = keep();
  kept.keeper.answered('a');
  expect(kept.saved).toEqual([]);
  await later();
  expect(kept.saved).toEqual([{ owner: 'a', mostBytes: 2 * 1024 ** 3 }]);
  await kept.keeper.close();
  expect(owners(kept)).toEqual(['a']);
});

test('another answer begins the wait again, and each conversation is written once', async () => {
  const kept = keep();
  for (const owner of ['a', 'b', 'a']) {
    kept.keeper.answered(owner);
    await delay(idleMs / 4);
  }
  await later();
  expect(owners(kept)).toEqual(['a', 'b']);
});

test('an answer that begins stops the writing; what was stopped is written after it', async () => {
  const kept = keep({ saveMs: 60 });
  kept.keeper.answered('a');
  await delay(2 * idleMs);
  kept.keeper.makeWay();
  await later();
  expect(kept).toMatchObject({ saved: [], stopped: ['a'] });
  kept.keeper.answered('b');
  await delay(8 * idleMs + 120);
  expect(owners(kept).toSorted()).toEqual(['a', 'b']);
});

test('closing writes at once what is still to be written', async () => {
  const kept = keep();
  kept.keeper.answered('a');
  await kept.keeper.close();
  expect(owners(kept)).toEqual(['a']);
});

test('nothing is written of what must leave no trace, nor without room for states', async () => {
  const secret = keep({ secret: 'private' });
  secret.keeper.answered('private');
  await secret.keeper.close();
  const none = keep({ gigabytes: 0 });
  none.keeper.answered('a');
  await none.keeper.close();
  expect([...secret.saved, ...none.saved]).toEqual([]);
});

test('what goes wrong reaches nobody, and the next answer tries again', async () => {
  const kept = keep({ fails: 'broken' });
  kept.keeper.answered('broken');
  await later();
  await kept.keeper.forget('broken');
  kept.keeper.answered('a');
  await kept.keeper.close();
  expect(owners(kept)).toEqual(['a']);
});

test('a conversation that is removed takes its files with it, and is not written any more', async () => {
  const kept = keep();
  kept.keeper.answered('a');
  await kept.keeper.forget('a');
  await kept.keeper.close();
  expect(kept).toMatchObject({ saved: [], forgotten: ['a'] });
});
