// `npm run -s facet -- …`: the command line from a checkout. Prepares what is missing (on stderr), then hands over.
import { prepare } from './prepare.mjs';
import { inProject, projectNode, userFolder } from './project.mjs';
import { runBootstrap } from './report.mjs';
import { runProgram } from './runProcess.mjs';

await runBootstrap(async () => {
  await prepare(['dependencies', 'addon', 'app']);
  return runProgram(projectNode, [inProject('dist', 'facet.js'), ...process.argv.slice(2)], { passOutput: true, folder: userFolder() });
});
