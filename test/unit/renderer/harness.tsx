import type { ReactNode } from 'react';
import { TooltipProvider } from '../../../renderer/components/Tooltip.tsx';
import { createFacet, type Facet } from '../../../renderer/state/createFacet.ts';
import { FacetProvider } from '../../../renderer/state/useFacet.ts';
import type { OpenPort } from '../../../renderer/client/openPort.ts';

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
