import type { Readable } from 'node:stream';
import { wholeNumber } from '../arguments/options.ts';
import { parseArguments } from '../arguments/parseArguments.ts';
import { exitCodes } from '../exitCodes.ts';
import { type HeadlessServer, startServer } from '../server/startServer.ts';
import { readStaticFiles } from '../server/staticFiles.ts';
import { type Command, commonOptions } from './command.ts';
import { noOperands } from './operands.ts';

const options = {
  port: wholeNumber('N', 'Port on 127.0.0.1 (default: any free one)', 0, 65_535),
  ...commonOptions,
} as const;

/** `facet serve`: the user interface in a browser on this machine, until Ctrl-C. */
export const serveCommand: Command = {
  name: 'serve',
  operands: '',
  summary: 'Serve the user interface to a browser on this machine',
  options,
  async run(given, context) {
    const { options: values, operands } = parseArguments(options, given);
    noOperands(operands);
    const files = await readStaticFiles(context.pageFolder);
    const connect = await context.openWire(values.data);
    const server = await startServer({ port: values.port ?? 0, files, connect });
    const tell = (): void => {
      const url = server.createLink();
      if (values.json) context.output.json({ url, port: server.port });
      else context.output.line(`Facet is ready at ${url}`);
    };
    tell();
    if (!values.json) context.output.note('The link works once. Press Ctrl-C to stop.');
    await untilStopped(server, context.stdin, context.signal, tell);
    // Stopping a server is how it is meant to end.
    return exitCodes.ok;
  },
};

async function untilStopped(
  server: HeadlessServer,
  stdin: Readable & { readonly isTTY?: boolean },
  signal: AbortSignal,
  anotherLink: () => void,
): Promise<void> {
  // On a terminal, Enter asks for another link: for a second browser, or when the first link was spent by something else.
  if (stdin.isTTY === true) stdin.on('data', anotherLink);
  if (!signal.aborted) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  stdin.off('data', anotherLink);
  stdin.pause();
  await server.close();
}
