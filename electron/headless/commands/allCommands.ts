import { askCommand } from './askCommand.ts';
import { chatsCommands } from './chatsCommands.ts';
import type { Command } from './command.ts';
import { evalReadingCommand } from './evalReadingCommand.ts';
import { gpuCommands } from './gpuCommands.ts';
import { modelsCommands } from './modelsCommands.ts';
import { ocrCommands } from './ocrCommands.ts';
import { planCommand } from './planCommand.ts';
import { readCommand } from './readCommand.ts';
import { serveCommand } from './serveCommand.ts';

/** Every command, in the order of the help. */
export const allCommands: readonly Command[] = [
  askCommand,
  readCommand,
  planCommand,
  ...modelsCommands,
  ...gpuCommands,
  ...ocrCommands,
  ...chatsCommands,
  serveCommand,
  evalReadingCommand,
];
