import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RequestName, Requests } from '../../../electron/shared/contract.ts';
import { FacetError } from '../../../electron/shared/errors.ts';
import { checkParams } from '../../../electron/shared/validation.ts';

function fault(name: RequestName, params: unknown): { field: string; reason: string } | null {
  try {
    checkParams(name, params);
    return null;
  } catch (error) {
    if (!(error instanceof FacetError) || error.data.code !== 'invalidRequest') throw error;
    return error.data.details;
  }
}

const send: Requests['message.send']['params'] = { conversationId: 'c', parentId: null, text: 'hi', attachments: [] };

test('good params come back as they were', () => {
  expect(checkParams('message.send', send)).toEqual(send);
  const full = { ...send, options: { sampling: { temperature: 0, seed: null }, maxTokens: 1 } };
  expect(checkParams('message.send', full)).toEqual(full);
  expect(checkParams('settings.update', { patch: {} })).toEqual({ patch: {} });
  expect(checkParams('app.snapshot', {})).toEqual({});
});

test('a fault names the field and what it may be', () => {
  expect(fault('message.send', { ...send, options: { sampling: { temperature: 3 } } })).toMatchObject({
    field: 'options.sampling.temperature',
  });
  expect(fault('settings.update', { patch: { contextTokens: 100 } })?.reason).toContain('512');
  expect(fault('message.send', { ...send, extra: 1 })?.reason).toContain('extra');
  expect(fault('model.load', null)).toMatchObject({ field: 'model.load' });
});

test('the ranges of the shared types hold at both ends', () => {
  const sampling = (change: object): unknown =>
    fault('settings.update', { patch: { sampling: { temperature: 1, topK: 64, topP: 0.95, minP: 0, seed: null, ...change } } });
  for (const good of [
    { temperature: 0 },
    { temperature: null },
    { temperature: 2 },
    { topK: 1 },
    { topK: 1000 },
    { topP: 1 },
    { topP: 1e-9 },
    { minP: 0 },
    { minP: 1 },
    { seed: 0 },
    { seed: 2 ** 32 - 1 },
  ]) {
    expect(sampling(good)).toBeNull();
  }
  for (const bad of [
    { temperature: -0.1 },
    { temperature: 2.1 },
    { topK: 0 },
    { topK: 1001 },
    { topK: 1.5 },
    { topP: 0 },
    { topP: 1.1 },
    { minP: -1 },
    { seed: -1 },
    { seed: 2 ** 32 },
  ]) {
    expect(sampling(bad)).not.toBeNull();
  }
});

test('no number that is not one, no text where a number belongs', () => {
  for (const value of [Number.NaN, Infinity, -1, 2 ** 31, 1e308, '64', null, [], {}]) {
    expect(fault('settings.update', { patch: { maxTokens: value } })).not.toBeNull();
    expect(fault('upload.begin', { name: 'a', bytes: value })).toEqual(value === 2 ** 31 ? null : expect.anything());
  }
});

test('whatever a hostile peer sends, the answer is invalidRequest and nothing else', () => {
  const names = fc.constantFrom<RequestName>(
    'message.send',
    'settings.update',
    'model.load',
    'upload.append',
    'context.plan',
    'conversation.search',
  );
  fc.assert(
    fc.property(names, fc.anything({ withNullPrototype: true, withBigInt: true }), (name, params) => {
      fault(name, params);
    }),
    { numRuns: 500 },
  );
});
