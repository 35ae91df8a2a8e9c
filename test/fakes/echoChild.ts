import { connectToParent } from '../../electron/children/childPort.ts';

// A child for supervisor tests: sends back what it gets, and dies or hangs when told, or answers what cannot be sent.
const port = connectToParent();
port.onMessage((message) => {
  if (message === 'die') process.kill(process.pid, 'SIGKILL');
  else if (message === 'assert') {
    process.stderr.write('llama.cpp:1: GGML_ASSERT(n_tokens > 0) failed\n', () => process.kill(process.pid, 'SIGABRT'));
  } else if (message === 'hold') setInterval(() => undefined, 1_000);
  else if (message === 'spin') for (;;);
  else if (message === 'break') {
    // Its own `send` fails from now on, as it does when the system has no memory for a message.
    process.send = (_message: unknown, ...rest: unknown[]) => {
      const done = rest.findLast((item) => typeof item === 'function') as (error: Error) => void;
      process.nextTick(done, new Error('write ENOBUFS'));
      return false;
    };
    port.send('lost');
  } else port.send(message);
});
