import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { connectToParent } from '../../electron/children/childPort.ts';
import { checkGguf } from '../../electron/reader/gguf/checkGguf.ts';
import { serveReader } from '../../electron/reader/readerServer.ts';
import type { Port, WireMessage } from '../../electron/shared/rpc.ts';

// The real reader, which stops telling of a document after some of its pages until a file is there, as a large scan does for minutes:
//   FACET_READER_GATE    the file
//   FACET_READER_PAGES   pages that are told of before it

const gate = process.env['FACET_READER_GATE'] ?? '';
const pagesBefore = Number(process.env['FACET_READER_PAGES'] ?? 1);

const isHeld = (message: WireMessage, reads: ReadonlySet<number>): boolean => {
  if (message.kind === 'event') return (message.payload as { readonly page: number }).page > pagesBefore;
  return message.kind === 'result' && reads.has(message.id);
};

/** Holds back the later pages of documents, and that they were read; everything else goes through. */
function gated(port: Port): Port {
  const reads = new Set<number>();
  const held: unknown[] = [];
  const opened = async (): Promise<void> => {
    while (!existsSync(gate)) await delay(20);
    for (const message of held.splice(0)) port.send(message);
  };
  port.onMessage((raw) => {
    const message = raw as WireMessage;
    if (message.kind === 'request' && message.name === 'document.read') reads.add(message.id);
  });
  return {
    ...port,
    send: (raw) => {
      if (existsSync(gate) || !isHeld(raw as WireMessage, reads)) {
        port.send(raw);
        return;
      }
      if (held.length === 0) void opened();
      held.push(raw);
    },
  };
}

serveReader(gated(connectToParent()), checkGguf);
