import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { createFacet, type Facet, type FacetOptions } from './state/createFacet.ts';
import { FacetProvider } from './state/useFacet.ts';
import './styles/global.css';

/** Shows Facet in an element. The only place where its client and stores are made. */
export function startFacet(element: HTMLElement, options: FacetOptions): Facet {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
  if (nonce !== undefined) setNonce(nonce);
  const facet = createFacet(options);
  createRoot(element).render(
    <StrictMode>
      <FacetProvider value={facet}>
        <App />
      </FacetProvider>
    </StrictMode>,
  );
  return facet;
}
