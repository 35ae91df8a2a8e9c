import type { ChildExit } from './childStarter.ts';

const longestReason = 300;

/** One plain clause about how a child ended, with the assert text or the last error line when there was one. */
export function describeExit({ code, signal, errorOutput }: ChildExit): string {
  const how =
    signal !== null ? `it was ended by ${signal}` : code === null ? 'it could not be started' : `it ended with code ${String(code)}`;
  const lines = (errorOutput ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const said = lines.findLast((line) => line.includes('GGML_ASSERT')) ?? lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1);
  return said === undefined ? how : `${how}: ${said}`.slice(0, longestReason);
}
