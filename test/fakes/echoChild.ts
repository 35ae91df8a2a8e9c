import { connectToParent } from '../../electron/children/childPort.ts';

// A child for supervisor tests: sends back what it gets, and dies or hangs when told.
const port = connectToParent();
port.onMessage((message) => {
  if (message === 'die') process.kill(process.pid, 'SIGKILL');
  else if (message === 'assert') {
    process.stderr.write('llama.cpp:1: GGML_ASSERT(n_tokens > 0) failed\n', () => process.kill(process.pid, 'SIGABRT'));
  } else if (message === 'hold') setInterval(() => undefined, 1_000);
  else port.send(message);
});
