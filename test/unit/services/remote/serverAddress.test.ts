import { expect, test } from 'vitest';
import { isLoopback, parseServerAddress } from '../../../../electron/services/remote/serverAddress.ts';

test.each([
  ['https://gpu.example', 'https://gpu.example/v1'],
  ['gpu.example:8000', 'https://gpu.example:8000/v1'],
  [' https://gpu.example/openai/v1/ ', 'https://gpu.example/openai/v1'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/v1'],
  ['http://localhost:11434/v1', 'http://localhost:11434/v1'],
  ['http://[::1]:1234', 'http://[::1]:1234/v1'],
  ['http://192.168.1.20:8000', 'http://192.168.1.20:8000/v1'],
  ['http://172.31.0.4', 'http://172.31.0.4/v1'],
  ['http://[fd00::1]:8000', 'http://[fd00::1]:8000/v1'],
  ['http://workstation:8000', 'http://workstation:8000/v1'],
  ['http://workstation.local', 'http://workstation.local/v1'],
])('%s is asked at %s', (typed, address) => {
  expect(parseServerAddress(typed).href).toBe(address);
});

test.each([
  ['http://gpu.example:8000', 'https'],
  ['http://172.32.0.1', 'https'],
  ['http://8.8.8.8', 'https'],
  ['http://[2001:db8::1]', 'https'],
  ['ftp://gpu.example', 'begin with'],
  ['file:///etc/passwd', 'begin with'],
  ['https://name:word@gpu.example', 'key'],
  ['https://gpu.example/v1?key=1', 'path'],
  ['https://', 'address'],
  ['', 'address'],
])('%s is refused: %s', (typed, reason) => {
  expect(() => parseServerAddress(typed)).toThrow(reason);
});

test('only this computer is this computer', () => {
  expect(['127.0.0.1', '127.9.9.9', 'localhost', '[::1]'].map(isLoopback)).toEqual([true, true, true, true]);
  expect(['127.0.0.1.example', '192.168.0.1', 'localhost.example', '[::2]'].map(isLoopback)).toEqual([false, false, false, false]);
});
