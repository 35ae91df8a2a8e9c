import type { Readable } from 'node:stream';
import type { OptionTable } from '../arguments/parseArguments.ts';
import { text, flag } from '../arguments/options.ts';
import type { AppClient } from '../appClient.ts';
import type { EngineClient } from '../../engine/engineClient.ts';
import type { ReaderClient } from '../../reader/readerClient.ts';
import type { Port } from '../../shared/rpc.ts';
import type { ExitCode } from '../exitCodes.ts';
import type { Output } from '../output.ts';

/** What a command may use of the world. */
export interface CommandContext {
  readonly output: Output;
  readonly stdin: Readable;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folder that relative file names start from. */
  readonly workingFolder: string;
  /** Folder that holds `native/out` and `assets`. */
  readonly resourcesFolder: string;
  /** Folder of the built page that `serve` serves. */
  readonly pageFolder: string;
  readonly version: string;
  /** Starts Facet's services on a data folder; null for the usual one. Closed by whoever runs the command. */
  openApp(dataFolder: string | null): Promise<AppClient>;
  /** The reader child alone, for commands that keep nothing. */
  openReader(): ReaderClient;
  /** An engine child of this command's own, beside the app's. */
  openEngine(): EngineClient;
  /** The same as `openApp` for connections from outside this process: serves the contract on each port given, files by path excluded. */
  openWire(dataFolder: string | null): Promise<(port: Port) => void>;
}

/** One command or sub-command. */
export interface Command {
  /** As typed, such as `models get`. */
  readonly name: string;
  /** Operands as shown in the help, such as `QUESTION`. */
  readonly operands: string;
  /** One sentence for the list of commands. */
  readonly summary: string;
  readonly options: OptionTable;
  /** Lines below the options in the help, such as the shape of the JSON. */
  readonly notes?: readonly string[];
  /** One sentence: what is left when it is stopped half way. Absent: nothing that matters. */
  readonly whenCancelled?: string;
  run(given: readonly string[], context: CommandContext): Promise<ExitCode>;
}

/** Options that every command has. */
export const commonOptions = {
  data: text('DIR', 'Data folder (default: FACET_DATA, else the one the app uses)'),
  json: flag('Print one JSON document instead of text'),
  help: flag('Show this help'),
} as const;
