import type { Model, ModelState } from '../../../../electron/shared/models.ts';

/** A catalogue model for tests; what matters is given. */
export function testModel(id: string, changes: Partial<Model> = {}): Model {
  return {
    id,
    name: `Name of ${id}`,
    size: '4B',
    quantisation: 'Q4_0',
    text: { path: null, bytes: 2_526_080_992, sha256: null },
    projector: { path: null, bytes: 851_251_104, sha256: null },
    profile: 'turns',
    contextLimit: 131_072,
    builtIn: false,
    state: { kind: 'available' },
    notes: [],
    licence: 'Gemma Terms of Use',
    ...changes,
  };
}

export const installed: ModelState = { kind: 'installed' };
export const downloading: ModelState = {
  kind: 'downloading',
  receivedBytes: 1e9,
  totalBytes: 4e9,
  bytesPerSecond: 1e7,
  source: 'example.org',
};
export const failed: ModelState = {
  kind: 'failed',
  error: { code: 'networkFailed', details: { host: 'example.org', reason: 'no answer' } },
};
