import { connectToParent } from '../../electron/children/childPort.ts';
import { serveExample } from './exampleHost.ts';

// Serves the example over a child's wire.
serveExample(connectToParent());
