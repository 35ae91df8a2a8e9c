import { useContext } from 'react';
import { labelOf, pageName } from '../../../electron/shared/pageName.ts';
import { Tooltip } from '../../components/Tooltip.tsx';
import { useFacet } from '../../state/useFacet.ts';
import styles from './CitationChip.module.css';
import { CitationsContext } from './citations.ts';

/** After a quotation: its number, which opens the page it stands on, or the plain words that no document has it. */
export function CitationChip({ index }: { readonly index: number }) {
  const { view } = useFacet();
  const receipt = useContext(CitationsContext);
  const citations = receipt?.citations ?? [];
  const citation = citations[index];
  if (citation === undefined) return null;
  const { source, quote } = citation;
  if (source === null) return <span className={styles['missing']}>not found in the document</span>;
  const number = citations.slice(0, index + 1).filter((other) => other.source !== null).length;
  const pages = receipt?.documents.find(({ attachmentId }) => attachmentId === source.attachmentId)?.pages ?? [];
  const place = `${source.document}, page ${pageName(source.page, labelOf(pages, source.page))}${source.given === false ? ', which the model was not given' : ''}`;
  return (
    <Tooltip text={`“${shortened(quote)}” ${place}`} side="top">
      <button
        type="button"
        className={source.given === false ? styles['unread'] : styles['chip']}
        aria-label={`Quote ${number}: ${place}`}
        onClick={() => view.openEvidence({ kind: 'document', attachmentId: source.attachmentId, page: source.page, cited: source })}
      >
        {number}
      </button>
    </Tooltip>
  );
}

function shortened(quote: string): string {
  return quote.length > 240 ? `${quote.slice(0, 240).trimEnd()}…` : quote;
}
