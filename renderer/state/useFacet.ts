import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { AppSlice } from './appStore.ts';
import type { BenchSlice } from './benchStore.ts';
import type { ConversationSlice } from './conversationStore.ts';
import type { Facet } from './createFacet.ts';
import type { DraftSlice } from './draftStore.ts';
import type { UsageSlice } from './usageStore.ts';
import type { ViewSlice } from './viewStore.ts';

const FacetContext = createContext<Facet | null>(null);

export const FacetProvider = FacetContext.Provider;

/** The client and the actions. @throws Error outside a FacetProvider */
export function useFacet(): Facet {
  const facet = useContext(FacetContext);
  if (facet === null) throw new Error('useFacet needs a FacetProvider above it.');
  return facet;
}

/** Part of the host's state; the component renders again only when the selected value changes by identity. */
export function useApp<T>(select: (slice: AppSlice) => T): T {
  return useStore(useFacet().stores.app, select);
}

/** Part of the conversation in the middle column. */
export function useConversation<T>(select: (slice: ConversationSlice) => T): T {
  return useStore(useFacet().stores.conversation, ({ current }) => select(current));
}

export function useDrafts<T>(select: (slice: DraftSlice) => T): T {
  return useStore(useFacet().stores.drafts, select);
}

/** What the next send takes, measured as the user types. */
export function useUsage<T>(select: (slice: UsageSlice) => T): T {
  return useStore(useFacet().stores.usage, select);
}

/** The measurement of speed that was asked for last. */
export function useBench<T>(select: (slice: BenchSlice) => T): T {
  return useStore(useFacet().stores.bench, select);
}

export function useView<T>(select: (slice: ViewSlice) => T): T {
  return useStore(useFacet().stores.view, select);
}
