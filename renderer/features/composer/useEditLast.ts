import { useCallback } from 'react';
import { createBranchSelector } from '../../state/branches.ts';
import { useFacet } from '../../state/useFacet.ts';

/** Opens the last question of the branch shown for editing; false when there is none. */
export function useEditLast(): () => boolean {
  const { stores, view } = useFacet();
  return useCallback(() => {
    const { current } = stores.conversation.getState();
    if (current.kind !== 'open') return false;
    const last = createBranchSelector()(current.conversation).findLast(({ message }) => message.role === 'user');
    if (last === undefined) return false;
    view.edit(last.message.id);
    return true;
  }, [stores, view]);
}
