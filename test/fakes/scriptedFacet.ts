import { join } from 'node:path';
import { runProcess } from '../../electron/headless/runProcess.ts';
import { projectFolder, scriptedChildren } from './scriptedChildren.ts';

// `facet` as a process of its own, with the scripted engine in the real one's place. FACET_TEST_GRACE_MS: its patience after a signal; FACET_TEST_RESOURCES: where its
// assets are, for another catalogue. FACET_TEST_BEAT_MS: the time between two looks at whether the engine works.
const grace = process.env['FACET_TEST_GRACE_MS'];
const beat = process.env['FACET_TEST_BEAT_MS'];
process.exitCode = await runProcess(process.argv.slice(2), {
  resourcesFolder: process.env['FACET_TEST_RESOURCES'] ?? projectFolder,
  pageFolder: join(projectFolder, 'dist', 'renderer'),
  version: '0.0.0-test',
  starter: scriptedChildren(),
  ...(grace === undefined ? {} : { graceMs: Number(grace) }),
  ...(beat === undefined ? {} : { beatMs: Number(beat) }),
});
process.stdin.destroy();
