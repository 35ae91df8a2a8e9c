import { Braces, FileText, ListCollapse, Pencil, Trash2, X } from 'lucide-react';
import type { ConversationSummary } from '../../../electron/shared/conversations.ts';
import { isPrivateId } from '../../../electron/shared/privateIds.ts';
import type { MenuEntry } from '../../components/menuEntry.ts';
import type { ConversationActions } from './useConversationActions.ts';

interface ConversationMenuOptions {
  readonly conversation: ConversationSummary;
  readonly actions: ConversationActions;
  readonly onRename: () => void;
}

/** The entries of a conversation's menu, the same on its button and on a right click. */
export function conversationMenu({ conversation, actions, onRename }: ConversationMenuOptions): readonly MenuEntry[] {
  return [
    { kind: 'action', label: 'Rename', icon: <Pencil size={16} />, shortcut: 'F2', onSelect: onRename },
    {
      kind: 'action',
      label: 'Summarise earlier messages',
      icon: <ListCollapse size={16} />,
      onSelect: () => void actions.compact(conversation.id),
    },
    {
      kind: 'action',
      label: 'Export as Markdown',
      icon: <FileText size={16} />,
      onSelect: () => void actions.exportAs(conversation.id, 'markdown'),
    },
    { kind: 'action', label: 'Export as JSON', icon: <Braces size={16} />, onSelect: () => void actions.exportAs(conversation.id, 'json') },
    { kind: 'separator' },
    isPrivateId(conversation.id)
      ? {
          kind: 'action',
          label: 'Close for good',
          icon: <X size={16} />,
          shortcut: 'Del',
          tone: 'danger',
          onSelect: () => void actions.remove(conversation),
        }
      : {
          kind: 'action',
          label: 'Delete',
          icon: <Trash2 size={16} />,
          shortcut: 'Del',
          tone: 'danger',
          onSelect: () => void actions.remove(conversation),
        },
  ];
}
