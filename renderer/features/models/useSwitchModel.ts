import { useCallback } from 'react';
import { contextOf } from './modelFacts.ts';
import type { Model } from '../../../electron/shared/models.ts';
import type { ModelSpeed } from '../../../electron/shared/speed.ts';
import { createBranchSelector } from '../../state/branches.ts';
import { useFacet } from '../../state/useFacet.ts';
import { usePictureNumbers } from '../images/pictureNumbers.ts';
import { activeModelId } from './modelWords.ts';
import { switchNotes } from './switchNotes.ts';
import { useModelActions } from './useModelActions.ts';
import { speedOf } from './useMachine.ts';

/** Goes on with another model: at once where nothing changes for the chat on the screen, else after saying what does. */
export function useSwitchModel(): (model: Model) => void {
  const { client, stores, view } = useFacet();
  const { switchTo } = useModelActions();
  const numbers = usePictureNumbers();
  return useCallback(
    (model) => {
      const { app } = stores.app.getState();
      const chat = stores.conversation.getState().current;
      if (app === null || chat.kind !== 'open' || chat.conversation.messages.length === 0 || activeModelId(app.engine) === model.id) {
        void switchTo(model.id);
        return;
      }
      const { conversation } = chat;
      const sent = createBranchSelector()(conversation).flatMap(({ message }) => (message.role === 'user' ? message.attachments : []));
      const used = new Set(sent.map(({ attachmentId }) => attachmentId));
      const pictures = app.attachments
        .filter(({ id, state }) => used.has(id) && state.kind === 'image')
        .toSorted((a, b) => (numbers.get(a.id) ?? 0) - (numbers.get(b.id) ?? 0))
        .map(({ id, name }) => (numbers.has(id) ? `Picture ${numbers.get(id) ?? ''}` : `“${name}”`));
      const decide = (speeds: readonly ModelSpeed[]): void => {
        const { usage } = stores.usage.getState();
        const notes = switchNotes(
          { pictures, usage },
          { model, contextTokens: contextOf(model, app.settings), speed: speedOf(speeds, model) },
        );
        if (notes.length === 0) void switchTo(model.id);
        else view.askToSwitch({ modelId: model.id, name: model.name, notes });
      };
      // Without speeds the rest is said all the same.
      client.request('model.speeds', {}).then(decide, () => decide([]));
    },
    [client, numbers, stores, switchTo, view],
  );
}
