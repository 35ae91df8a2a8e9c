import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { failAbandoned } from '../../../../electron/services/conversations/failAbandoned.ts';
import { createMessageStore } from '../../../../electron/services/conversations/messageStore.ts';
import { openOrRecover } from '../../../../electron/services/database/openOrRecover.ts';
import { openSession } from '../../../../electron/services/sessions/openSession.ts';
import { newDataFolder, projectFolder, removeDataFolder } from '../../../fakes/scriptedServices.ts';

const rounds = 30;

interface Told {
  readonly question?: string;
  readonly answer?: string;
  readonly text?: string;
}

/** Runs the writer, kills it after a while, and says what it had committed. */
async function writeAndKill(dataFolder: string, ms: number): Promise<readonly Told[]> {
  const told: Told[] = [];
  const child = fork(join(projectFolder, 'test', 'fakes', 'writeUntilKilled.ts'), [dataFolder], { execArgv: [] });
  child.on('message', (message) => told.push(message as Told));
  await once(child, 'message');
  await delay(ms);
  child.kill('SIGKILL');
  await once(child, 'close');
  return told;
}

test(`${String(rounds)} kills lose nothing that was committed`, { timeout: 120_000 }, async () => {
  const dataFolder = newDataFolder();
  const told: Told[] = [];
  for (let round = 0; round < rounds; round++) {
    told.push(...(await writeAndKill(dataFolder, (round * 7) % 40)));
    const session = openSession(dataFolder);
    expect(session.abandoned).toHaveLength(1);
    const { database, notices } = openOrRecover(join(dataFolder, 'facet.db'), { check: true, shared: false });
    expect(notices).toEqual([]);
    const messages = createMessageStore(database, session.id);
    failAbandoned(messages, [session.id]);
    session.forgetAbandoned();
    for (const { question, answer, text } of told) {
      if (question !== undefined) expect(messages.get(question)).not.toBeNull();
      if (answer !== undefined)
        expect(messages.get(answer)).toMatchObject({ text: text?.trim(), state: { kind: 'failed', error: { code: 'engineStopped' } } });
    }
    database.exec(`INSERT INTO message_search (message_search, rank) VALUES ('integrity-check', 1)`);
    database.close();
    session.close();
  }
  expect(told.length).toBeGreaterThan(rounds);
  removeDataFolder(dataFolder);
});
