import { isStalled } from '../shared/models.ts';
import type { CommandContext } from './commands/command.ts';

const words = 'nothing has happened in the engine for a minute. It may go on; Ctrl-C ends it, and what was written is kept.';

/** Says on standard error when nothing happens in the engine any more: there is nobody else who could tell, and waiting may be right. */
export function noteStalls(context: CommandContext): CommandContext {
  return {
    ...context,
    openApp: async (folder) => {
      const app = await context.openApp(folder);
      app.onEvent((event) => {
        if (event.name === 'engine.changed' && isStalled(event.payload.engine)) context.output.note(`facet: note: ${words}`);
      });
      return app;
    },
  };
}
