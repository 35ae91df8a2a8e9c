import { FileStack } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { errorText } from '../../../electron/shared/errorText.ts';
import { useApp, useFacet } from '../../state/useFacet.ts';
import { SearchResult } from './SearchResult.tsx';
import { SearchInput } from '../../components/SearchInput.tsx';
import styles from './SearchPanel.module.css';
import { searchChoices } from './searchChoices.ts';
import { useOpenHit } from './useOpenHit.ts';
import { useSearch } from './useSearch.ts';

/** The field and its results. Arrow keys choose, Enter opens; the focus stays in the field. */
export function SearchPanel({ onClose }: { readonly onClose: () => void }) {
  const { view } = useFacet();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const listId = useId();
  const conversations = useApp(({ app }) => app?.conversations ?? null);
  const hasFiles = useApp(({ app }) => (app?.attachments.length ?? 0) > 0);
  const state = useSearch(text);
  const openHit = useOpenHit();
  const choices = searchChoices(state, conversations ?? []);
  const chosen = choices[Math.min(active, choices.length - 1)];

  const open = (choice: (typeof choices)[number]): void => {
    onClose();
    void openHit(choice.conversationId, choice.messageId);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setActive(Math.min(active + 1, choices.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0));
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      if (chosen !== undefined) open(chosen);
    } else return;
    event.preventDefault();
  };
  const failure = state.kind === 'failed' ? errorText(state.error) : null;
  return (
    <>
      <SearchInput
        role="combobox"
        aria-label="Words to find"
        aria-expanded={choices.length > 0}
        aria-controls={listId}
        aria-activedescendant={chosen === undefined ? undefined : `${listId}-${chosen.key}`}
        placeholder="Words, in any order"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      {failure !== null && <ErrorCard what={failure.what} doNext={failure.doNext} />}
      <p className={styles['heading']} role="status">
        {state.kind === 'found' ? countWords(choices.length) : 'Recent'}
      </p>
      <ul id={listId} role="listbox" aria-label="Results" className={styles['results']}>
        {choices.map((choice, index) => (
          <SearchResult
            key={choice.key}
            id={`${listId}-${choice.key}`}
            choice={choice}
            active={choice === chosen}
            onActive={() => setActive(index)}
            onOpen={() => open(choice)}
          />
        ))}
      </ul>
      {state.kind === 'found' && choices.length === 0 && (
        <EmptyState title={`Nothing contains “${state.query}”.`}>Facet looks in questions, answers and titles.</EmptyState>
      )}
      {state.kind === 'found' && hasFiles && (
        <Button
          variant="quiet"
          icon={<FileStack size={16} />}
          className={styles['inFiles']}
          onClick={() => view.searchLibrary(state.query)}
        >
          Look in documents and pictures
        </Button>
      )}
    </>
  );
}

function countWords(count: number): string {
  return count === 1 ? '1 place' : `${count} places`;
}
