import type { IncomingMessage } from 'node:http';
import { createParser } from 'eventsource-parser';
import { facetError } from '../../shared/errors.ts';
import { isRecord } from './isRecord.ts';
import { readPieces } from './requestServer.ts';
import { ownWords } from './serverReasons.ts';

/** One step of a streamed answer. */
export interface ChatStep {
  /** Empty for none. */
  readonly text: string;
  /** Why the answer ended, in the protocol's words; null while it goes on. */
  readonly finish: string | null;
  /** Told once, by servers that tell it. */
  readonly usage: { readonly prompt: number; readonly cached: number; readonly written: number } | null;
}

/** Ends that are none of the model's own: vLLM shutting down or failing, a service's filter. */
const brokenOff: readonly string[] = ['abort', 'error', 'content_filter'];
/** Longest single event, in characters. */
const longestEvent = 1_000_000;

/**
 * The steps of an answer as they come. Ends with the server's own end mark.
 * @throws FacetError networkFailed when the stream breaks off, holds something else, or tells an error; cancelled
 */
export async function* chatStream(response: IncomingMessage, address: URL, signal: AbortSignal): AsyncGenerator<ChatStep, void, undefined> {
  const fail = (reason: string): never => {
    throw facetError('networkFailed', { host: address.host, reason });
  };
  const received = { events: [] as string[], tooLong: false };
  const parser = createParser({
    onEvent: ({ data }) => received.events.push(data),
    onError: (error) => {
      received.tooLong ||= error.type === 'max-buffer-size-exceeded';
    },
    maxBufferSize: longestEvent,
  });
  const decoder = new TextDecoder();
  let finished = false;
  let begun = false;
  for await (const piece of readPieces(response, address, signal)) {
    parser.feed(decoder.decode(piece, { stream: true }));
    if (received.tooLong) fail('it sent an event larger than any sensible one');
    for (const data of received.events.splice(0)) {
      if (data === '[DONE]') return;
      const step = readStep(data, fail);
      begun = true;
      finished ||= step.finish !== null;
      yield step;
    }
  }
  if (finished) return;
  if (begun) fail('the answer broke off');
  fail(isEventStream(response) ? 'it ended without an answer' : 'it sent no stream of an answer; is this the right address?');
}

function isEventStream({ headers }: IncomingMessage): boolean {
  return /^text\/event-stream\b/i.test(headers['content-type'] ?? '');
}

function readStep(data: string, fail: (reason: string) => never): ChatStep {
  let parsed: unknown;
  try {
    parsed = JSON.parse(data);
  } catch {
    return fail('it sent something that is not JSON in the middle of the answer');
  }
  if (!isRecord(parsed)) return fail('it sent something else than an answer');
  // vLLM has told errors in both forms.
  if (isRecord(parsed['error']) || typeof parsed['error'] === 'string' || parsed['object'] === 'error')
    return fail(`it stopped the answer: ${ownWords(data)}`);
  const choice = Array.isArray(parsed['choices']) ? (parsed['choices'] as unknown[])[0] : undefined;
  const delta = isRecord(choice) ? (choice['delta'] ?? choice['message']) : undefined;
  const text = isRecord(delta) ? delta['content'] : undefined;
  const finish = isRecord(choice) ? choice['finish_reason'] : undefined;
  if (typeof finish === 'string' && brokenOff.includes(finish)) return fail(`it gave up the answer before its end (${finish})`);
  return {
    text: typeof text === 'string' ? text : '',
    finish: typeof finish === 'string' ? finish : null,
    usage: readUsage(parsed['usage']),
  };
}

function readUsage(usage: unknown): ChatStep['usage'] {
  if (!isRecord(usage)) return null;
  const details = usage['prompt_tokens_details'];
  const number = (value: unknown): number => (typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : 0);
  return {
    prompt: number(usage['prompt_tokens']),
    cached: isRecord(details) ? number(details['cached_tokens']) : 0,
    written: number(usage['completion_tokens']),
  };
}
