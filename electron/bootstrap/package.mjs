// `npm run package -- [electron-builder's options]`: builds the app and packs it.
import { prepare } from './prepare.mjs';
import { inProject, projectNode } from './project.mjs';
import { runBootstrap } from './report.mjs';
import { runProgram } from './runProcess.mjs';

await runBootstrap(async () => {
  await prepare(['dependencies', 'addon', 'app']);
  const builder = inProject('node_modules', 'electron-builder', 'cli.js');
  return runProgram(projectNode, [builder, '--config', 'electron-builder.config.js', ...process.argv.slice(2)]);
});
