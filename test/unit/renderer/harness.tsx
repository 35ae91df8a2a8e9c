import type { ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { TooltipProvider } from '../../../renderer/components/Tooltip.tsx';
import { createFacet, type Facet } from '../../../renderer/state/createFacet.ts';
import { FacetProvider } from '../../../renderer/state/useFacet.ts';
import type { OpenPort } from '../../../renderer/client/openPort.ts';
import { createFakeHost, type FakeHost, type FakeHostOptions } from '../../fakes/fakeHost.ts';

/** A Storage of its own for each test. */
export function memoryStorage(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    clear: () => items.clear(),
    getItem: (key) => items.get(key) ?? null,
    key: (index) => [...items.keys()][index] ?? null,
    removeItem: (key) => void items.delete(key),
    setItem: (key, value) => void items.set(key, value),
  };
}

/** Facet on a host of the test's; by default on one that never answers. */
export function testFacet(openPort: OpenPort = () => new Promise(() => undefined), storage: Storage = memoryStorage()): Facet {
  return createFacet({ openPort, pathOf: () => '', storage });
}

export function Frame({ facet, children }: { readonly facet: Facet; readonly children: ReactNode }) {
  return (
    <FacetProvider value={facet}>
      <TooltipProvider>{children}</TooltipProvider>
    </FacetProvider>
  );
}

export interface ShownPart {
  readonly facet: Facet;
  readonly host: FakeHost;
  readonly root: Root;
  /** Takes it off the page again. */
  close(): void;
}

/** Shows a part of the window on the page, on a host without chats that is asked nothing. */
export function showPart(part: ReactNode, options: Omit<FakeHostOptions, 'conversations' | 'script'>): ShownPart {
  const host = createFakeHost({
    ...options,
    conversations: [],
    script: () => {
      throw new Error('nothing is asked');
    },
  });
  const facet = testFacet(() => host.openPort());
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  root.render(<Frame facet={facet}>{part}</Frame>);
  return {
    facet,
    host,
    root,
    close: () => {
      root.unmount();
      facet.close();
      document.body.replaceChildren();
    },
  };
}
