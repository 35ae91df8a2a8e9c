import { fileURLToPath } from 'node:url';
import { createForkStarter } from '../../electron/children/forkStarter.ts';

// A host that ends without stopping its child, whose event loop stands still; says the child's process id.
const entry = fileURLToPath(new URL('echoChild.ts', import.meta.url));
const child = createForkStarter({ entries: { engine: entry, reader: entry }, env: {} }).start('engine');
child.port.onMessage(() => {
  child.port.send('spin');
  process.stdout.write(String(child.pid), () => process.exit(3));
});
child.port.send('hello');
