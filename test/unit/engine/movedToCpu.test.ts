import { expect, test } from 'vitest';
import type { EngineEvents, EngineRequests } from '../../../electron/engine/engineContract.ts';
import { createEngineServer } from '../../../electron/engine/engineServer.ts';
import type { NativeBinding, NativeEngine } from '../../../electron/engine/nativeBinding.ts';
import { createPortPair, createRpcClient } from '../../../electron/shared/rpc.ts';
import { fakeLoads, fakeParams } from '../../fakes/fakeDevice.ts';

test('an encoder that left its device is told before its view is answered, and the view says nothing of it', async () => {
  const { engine: loads } = fakeLoads(() => true);
  let moves = true;
  class Engine {
    load = loads.load;
    plan = loads.plan;
    known = (): readonly boolean[] => [false];
    encode: NativeEngine['encode'] = async () => {
      const movedToCpu = moves;
      moves = false;
      return { tokens: 256, encodeMs: 5, setupMs: 1, cached: false, movedToCpu };
    };
  }
  class CancelFlag {
    set(): void {
      expect.unreachable();
    }
  }
  const binding = { initialize: () => ({ llamaVersion: '1' }), devices: () => [], Engine, CancelFlag } as unknown as NativeBinding;
  const [host, child] = createPortPair();
  createEngineServer(child, () => ({ binding, libraryFolder: '/lib', testModel: { textPath: '', projectorPath: '' } }));
  const client = createRpcClient<EngineRequests, EngineEvents>(host);
  const told: string[] = [];
  client.on('encoder.movedToCpu', () => told.push('moved'));
  await client.request('model.load', { ...fakeParams, gpu: 'off' });
  for (const key of ['a', 'b']) {
    const view = await client.request('image.encode', { key, side: 2, rgb: new Uint8Array(12) });
    told.push('answered');
    expect(view).toEqual({ tokens: 256, encodeMs: 5, setupMs: 1, cached: false });
  }
  expect(told).toEqual(['moved', 'answered', 'answered']);
  client.close();
});
