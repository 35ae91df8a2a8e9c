import { describe, expect, it, vi } from 'vitest';
import { createToastQueue } from '../../../../renderer/components/toastQueue.ts';

const texts = (queue: ReturnType<typeof createToastQueue>): readonly string[] => queue.shown().map(({ text }) => text);

describe('createToastQueue', () => {
  it('shows toasts in order and keeps the others waiting', () => {
    const queue = createToastQueue(2);
    for (const text of ['first', 'second', 'third']) queue.show({ text });
    expect(texts(queue)).toEqual(['first', 'second']);
    queue.dismiss(queue.shown()[0]?.id ?? -1);
    expect(texts(queue)).toEqual(['second', 'third']);
  });

  it('runs an action once and closes the toast', () => {
    const queue = createToastQueue();
    const run = vi.fn();
    queue.show({ text: 'Deleted.', action: { label: 'Undo', run } });
    const id = queue.shown()[0]?.id ?? -1;
    queue.act(id);
    queue.act(id);
    expect(run).toHaveBeenCalledTimes(1);
    expect(queue.shown()).toEqual([]);
  });

  it('does not run the action of a dismissed toast', () => {
    const queue = createToastQueue();
    const run = vi.fn();
    queue.show({ text: 'Deleted.', action: { label: 'Undo', run } });
    const id = queue.shown()[0]?.id ?? -1;
    queue.dismiss(id);
    queue.act(id);
    expect(run).not.toHaveBeenCalled();
  });

  it('does not repeat the same words, but keeps every Undo', () => {
    const queue = createToastQueue();
    queue.show({ text: 'Copied.' });
    queue.show({ text: 'Copied.' });
    const undo = { label: 'Undo', run: vi.fn() };
    queue.show({ text: 'Deleted.', action: undo });
    queue.show({ text: 'Deleted.', action: undo });
    expect(texts(queue)).toEqual(['Copied.', 'Deleted.', 'Deleted.']);
  });

  it('gives the same list until something changes, and says when it does', () => {
    const queue = createToastQueue();
    const listener = vi.fn();
    const unsubscribe = queue.subscribe(listener);
    const before = queue.shown();
    expect(queue.shown()).toBe(before);
    queue.show({ text: 'one' });
    expect(queue.shown()).not.toBe(before);
    queue.dismiss(99);
    expect(listener).toHaveBeenCalledTimes(1);
    unsubscribe();
    queue.show({ text: 'two' });
    expect(listener).toHaveBeenCalledTimes(1);
  });
});
