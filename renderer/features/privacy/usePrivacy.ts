import { useApp } from '../../state/useFacet.ts';
import { chosenModel } from '../composer/sendBlock.ts';
import { type PrivacyState, privacyState } from './privacyState.ts';

/** Where this window's words go just now. */
export function usePrivacy(): PrivacyState {
  const models = useApp(({ app }) => app?.models ?? null);
  const answering = useApp(({ app }) => (app === null ? null : (chosenModel(app) ?? null)));
  return privacyState(window.location.hostname, window.location.protocol, models ?? [], answering);
}
