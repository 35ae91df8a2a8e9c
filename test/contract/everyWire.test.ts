import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Requests } from '../../electron/shared/contract.ts';
import type { Events } from '../../electron/shared/events.ts';
import { toErrorData } from '../../electron/shared/errors.ts';
import { createRpcClient, type RpcClient } from '../../electron/shared/rpc.ts';
import { endlessModel, eventCount, failingId, plainRequests } from './exampleHost.ts';
import { exampleCalls, exampleErrors } from './exampleValues.ts';
import { type Wire, wires } from './wires.ts';

vi.mock('electron', () => import('../fakes/electron.ts'));

describe.each(wires)('$name', ({ open }) => {
  let wire: Wire;
  let client: RpcClient<Requests, Events>;
  beforeAll(async () => {
    wire = await open();
    client = createRpcClient<Requests, Events>(wire.port);
  });
  afterAll(() => wire.close());

  const describeHost = (): Promise<unknown> => client.request('app.describe', {});

  test.each(plainRequests)('%s: params are checked, and the answer arrives as it was given', async (name) => {
    const { params, result } = exampleCalls[name];
    expect(await client.request(name, params)).toEqual(result);
    const refused = client.request(name, { ...params, surprise: 1 } as never);
    expect(toErrorData(await refused.catch((error: unknown) => error)).code).toBe('invalidRequest');
  });

  test.each(exampleErrors.map((error, index) => ({ ...error, index })))(
    'the error $code crosses as it is',
    async ({ code, details, index }) => {
      const failed = await client.request('conversation.open', { id: `${failingId}${index}` }).catch((error: unknown) => error);
      expect(toErrorData(failed)).toEqual({ code, details });
    },
  );

  test('a bug becomes an internal error', async () => {
    const failed = await client.request('conversation.restore', { id: 'c1' }).catch((error: unknown) => error);
    expect(toErrorData(failed)).toEqual({ code: 'internal', details: { message: 'x is not a function' } });
  });

  test('a name that is no request, an inherited one too, is refused', async () => {
    for (const name of ['constructor', '__proto__', 'hasOwnProperty', 'message', '']) {
      const failed = await client.request(name as 'app.describe', {}).catch((error: unknown) => error);
      expect(toErrorData(failed).code, name).toBe('invalidRequest');
    }
  });

  test('cancelling reaches the handler and ends the request as cancelled', async () => {
    const controller = new AbortController();
    const loading = client.request('model.load', { id: endlessModel }, controller.signal);
    await describeHost();
    controller.abort();
    expect(toErrorData(await loading.catch((error: unknown) => error)).code).toBe('cancelled');
  });

  test('events arrive whole, in order, numbered without a gap, and before the answer that follows them', async () => {
    const seen: number[] = [];
    let text = '';
    const fresh = await open();
    const listening = createRpcClient<Requests, Events>(fresh.port);
    listening.on('message.appended', (payload, sequence) => {
      seen.push(sequence);
      text += payload.text;
    });
    await listening.request('model.unload', {});
    await fresh.close();
    expect(seen).toEqual(Array.from({ length: eventCount }, (_, index) => index + 1));
    expect(text).toBe(Array.from({ length: eventCount }, (_, index) => `${index} `).join(''));
  });

  test('answers to many requests at once find their way', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => client.request('conversation.export', { id: `c${index}`, format: 'json' })),
    );
    expect(answers).toHaveLength(200);
  });

  test('a megabyte of text crosses as it is', async () => {
    const text = 'Größe 🦊\n'.repeat(100_000);
    expect(await client.request('message.edit', { messageId: 'm1', text })).toEqual(exampleCalls['message.edit'].result);
  });

  test('hostile messages break nothing', async () => {
    const field = fc.oneof(fc.jsonValue(), fc.constantFrom('request', 'cancel', 'event', 'result', 1, -1, 2 ** 53));
    const message = fc.oneof(
      fc.jsonValue(),
      fc.record({ kind: field, id: field, name: field, params: field }, { requiredKeys: [] }),
      fc.record({ kind: fc.constant('request'), id: fc.nat(), name: fc.constantFrom(...plainRequests), params: fc.jsonValue() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 20 }), async (messages) => {
        for (const hostile of messages) wire.port.send(hostile);
        expect(await describeHost()).toEqual(exampleCalls['app.describe'].result);
      }),
      { numRuns: 40 },
    );
  });

  test('the end of the wire ends what is open on it', async () => {
    const fresh = await open();
    const lost = createRpcClient<Requests, Events>(fresh.port);
    const loading = lost.request('model.load', { id: endlessModel }).catch((error: unknown) => error);
    await lost.request('app.describe', {});
    await fresh.close();
    expect(toErrorData(await loading).code).toBe('internal');
    expect(toErrorData(await lost.request('app.describe', {}).catch((error: unknown) => error)).code).toBe('internal');
  });
});
