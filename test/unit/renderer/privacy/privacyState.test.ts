import { describe, expect, it } from 'vitest';
import { privacyState } from '../../../../renderer/features/privacy/privacyState.ts';
import { downloading, installed, testModel } from '../models/testModel.ts';

describe('privacyState', () => {
  it.each([
    ['127.0.0.1', 'http:'],
    ['localhost', 'http:'],
    ['[::1]', 'http:'],
    ['facet', 'app:'],
  ])('is offline on %s over %s', (hostname, protocol) => {
    expect(privacyState(hostname, protocol, [testModel('a', { state: installed })]).kind).toBe('offline');
  });

  it('does not claim to be offline during a download, and says from where', () => {
    const state = privacyState('127.0.0.1', 'http:', [testModel('a', { name: 'Gemma 3 4B', state: downloading })]);
    expect(state.kind).toBe('downloading');
    expect(state.sentences[0]).toBe('Facet is fetching Gemma 3 4B from example.org.');
  });

  it('names another machine', () => {
    expect(privacyState('gpu-box.lan', 'http:', [])).toMatchObject({ kind: 'remote', label: 'gpu-box.lan' });
  });

  it('names the server that answers, and not another program of this computer', () => {
    const served = (nearby: boolean) => testModel('s', { server: { address: 'https://gpu.example/v1', host: 'gpu.example', nearby } });
    expect(privacyState('127.0.0.1', 'http:', [], served(false))).toMatchObject({ kind: 'remote', label: 'gpu.example' });
    expect(privacyState('127.0.0.1', 'http:', [], served(true)).kind).toBe('offline');
  });

  it('promises that nothing leaves this computer only where nothing does', () => {
    const served = testModel('s', { server: { address: 'https://gpu.example/v1', host: 'gpu.example', nearby: false } });
    expect(privacyState('127.0.0.1', 'http:', [])).toMatchObject({
      promise: expect.stringContaining('Nothing leaves it') as string,
      dropped: 'It stays on this computer.',
    });
    expect(privacyState('127.0.0.1', 'http:', [], served).promise).toMatch(/sent to gpu\.example once you allow it/);
    expect(privacyState('gpu-box.lan', 'http:', [])).toMatchObject({
      promise: 'Everything is sent to gpu-box.lan and read there.',
      dropped: 'It is sent to gpu-box.lan.',
      computer: 'gpu-box.lan',
    });
  });
});
