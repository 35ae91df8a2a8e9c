// `npm run build`: installs and builds whatever is missing or out of date, and starts nothing.
import { prepare } from './prepare.mjs';
import { runBootstrap } from './report.mjs';

await runBootstrap(async () => {
  await prepare(['dependencies', 'addon', 'app']);
  return 0;
});
