import sharp from 'sharp';
import { connectToParent } from '../children/childPort.ts';
import { denyNetwork } from './denyNetwork.ts';
import { checkGguf } from './gguf/checkGguf.ts';
import { guardMemory } from './memoryGuard.ts';
import { serveReader } from './readerServer.ts';

/**
 * The reader child: all decoding of users' files. It holds no state worth keeping, so its parent may kill it at any time.
 * Memory: at most 3 GB resident (readerLimits), JavaScript heap included; the parent's heartbeat and time caps cover hangs.
 */
denyNetwork();
guardMemory();
// One picture at a time is decoded; a cache of decoder results would only hold memory.
sharp.cache(false);
serveReader(connectToParent(), checkGguf);
