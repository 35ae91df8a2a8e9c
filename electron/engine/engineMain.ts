import { connectToParent } from '../children/childPort.ts';
import { createEngineServer } from './engineServer.ts';
import { loadNativeBinding } from './nativeBinding.ts';

// The engine child. FACET_RESOURCES is the folder that holds native/out and assets.
const resources = process.env['FACET_RESOURCES'];
if (resources === undefined) throw new Error('FACET_RESOURCES is not set');

createEngineServer(connectToParent(), () => loadNativeBinding(resources));
