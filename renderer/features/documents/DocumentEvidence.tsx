import { useEffect, useState } from 'react';
import type { CitationSource } from '../../../electron/shared/citations.ts';
import type { PageSource, PageSummary } from '../../../electron/shared/attachments.ts';
import { assertNever } from '../../../electron/shared/assertNever.ts';
import { type ErrorData, toErrorData } from '../../../electron/shared/errors.ts';
import { pageName } from '../../../electron/shared/pageName.ts';
import { sentenceCase } from '../../../electron/shared/sentenceCase.ts';
import { useApp, useFacet } from '../../state/useFacet.ts';
import { ErrorNote } from '../chat/ErrorNote.tsx';
import { coverageWords } from '../composer/attachmentFact.ts';
import { DocumentTables } from '../tables/DocumentTables.tsx';
import { DocumentSoFar } from './DocumentSoFar.tsx';
import { MarkedText } from './MarkedText.tsx';
import { PageActions } from './PageActions.tsx';
import { PageView } from './PageView.tsx';
import { PictureText } from './PictureText.tsx';
import { ScanLanguages } from './ScanLanguages.tsx';
import styles from './DocumentEvidence.module.css';

type PageTexts = readonly { readonly page: number; readonly text: string }[];

/** Page numbers in the line of pages to check. */
const mostToCheck = 24;

interface DocumentEvidenceProps {
  readonly attachmentId: string;
  readonly page: number;
  /** A quotation to mark. */
  readonly cited: CitationSource | null;
}

/** A document: how much of it was read, and its text page by page as the model gets it. */
export function DocumentEvidence({ attachmentId, page, cited }: DocumentEvidenceProps) {
  const { client } = useFacet();
  const attachment = useApp(({ app }) => app?.attachments.find(({ id }) => id === attachmentId));
  const [texts, setTexts] = useState<PageTexts | null>(null);
  const [error, setError] = useState<ErrorData | null>(null);
  // Another object when a page was read another way: its text is fetched again.
  const facts = attachment?.state.kind === 'document' ? attachment.state.document : null;

  useEffect(() => {
    if (facts === null) return undefined;
    const controller = new AbortController();
    client.request('attachment.text', { id: attachmentId }, controller.signal).then(setTexts, (reason: unknown) => {
      if (!controller.signal.aborted) setError(toErrorData(reason));
    });
    return () => controller.abort();
  }, [attachmentId, client, facts]);
  useEffect(() => {
    // Where the quotation is marked on the page's picture, that comes first.
    if (texts === null || (cited !== null && cited.rectangles.length > 0)) return;
    const element = document.getElementById(pageId(page));
    const mark = element?.querySelector('[data-cited]');
    if (mark !== null && mark !== undefined) mark.scrollIntoView({ block: 'center' });
    else if (page > 1) element?.scrollIntoView({ block: 'start' });
  }, [cited, page, texts]);

  if (attachment === undefined) return <p className={styles['quiet']}>This document is no longer here.</p>;
  if (attachment.state.kind === 'failed') return <ErrorNote error={attachment.state.error} />;
  if (attachment.state.kind === 'reading' && attachment.state.ready !== undefined)
    return <DocumentSoFar attachment={attachment} ready={attachment.state.ready} total={attachment.state.total} cited={cited} />;
  if (attachment.state.kind === 'image') return <PictureText attachment={attachment} image={attachment.state.image} cited={cited} />;
  if (facts === null) return <p className={styles['quiet']}>{`Reading ${attachment.name}`}</p>;
  const textOf = new Map(texts?.map((entry) => [entry.page, entry.text]));
  return (
    <div className={styles['evidence']}>
      <div>
        <p className={styles['name']}>{attachment.name}</p>
        {facts.title !== '' && facts.title !== attachment.name && <p className={styles['quiet']}>{facts.title}</p>}
        <p
          className={styles['quiet']}
        >{`${coverageWords(facts.coverage)} · ${new Intl.NumberFormat().format(facts.characters)} characters`}</p>
        {facts.warnings.map((warning) => (
          <p key={warning} className={styles['warning']}>
            {sentenceCase(warning)}
          </p>
        ))}
      </div>
      <PagesToCheck pages={facts.pages} />
      <ScanLanguages attachmentId={attachmentId} pages={facts.pages} />
      <DocumentTables attachmentId={attachmentId} />
      {cited !== null && (
        <PageView
          key={`${cited.page} ${cited.start}`}
          attachmentId={attachmentId}
          name={attachment.name}
          first={cited.page}
          pages={facts.pages.length}
          labels={facts.pages}
          cited={cited}
        />
      )}
      {error !== null && <ErrorNote error={error} />}
      {texts !== null && (
        <ol className={styles['pages']}>
          {facts.pages.map((summary) => (
            <li key={summary.page} id={pageId(summary.page)} className={styles['page']}>
              <PageHead summary={summary} />
              <PageActions attachmentId={attachmentId} format={facts.format} summary={summary} />
              <MarkedText text={textOf.get(summary.page) ?? ''} marked={cited?.page === summary.page ? cited : null} />
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function PageHead({ summary }: { readonly summary: PageSummary }) {
  return (
    <header className={styles['pageHead']}>
      <h3 className={styles['pageTitle']}>{`Page ${pageName(summary.page, summary.label)}`}</h3>
      <span className={summary.source === 'failed' ? styles['warning'] : styles['quiet']}>{pageWords(summary)}</span>
      {summary.warnings.map((warning) => (
        <span key={warning} className={styles['warning']}>
          {sentenceCase(warning)}
        </span>
      ))}
    </header>
  );
}

/** Where a page's text came from, and how much of it there is. */
function pageWords({ source, characters, chosen, textLayer }: PageSummary): string {
  if (chosen === true) return `Read by OCR, as you chose · ${new Intl.NumberFormat('en').format(characters)} characters`;
  const count = new Intl.NumberFormat('en').format(characters);
  if (textLayer === true) return `Text of an earlier OCR · ${count} characters`;
  return characters === 0 ? sourceWords(source) : `${sourceWords(source)} · ${characters === 1 ? '1 character' : `${count} characters`}`;
}

/** The pages that hold less than one would think: a click goes there. */
function PagesToCheck({ pages }: { readonly pages: readonly PageSummary[] }) {
  const doubtful = pages.filter(({ source, warnings }) => source === 'failed' || source === 'ocr' || warnings.length > 0);
  if (doubtful.length === 0) return null;
  return (
    <nav className={styles['check']} aria-label="Pages to check">
      <span className={styles['quiet']}>{doubtful.length === 1 ? 'Check page' : 'Check pages'}</span>
      {doubtful.slice(0, mostToCheck).map(({ page, label, source }) => (
        <button
          key={page}
          type="button"
          className={styles['checkPage']}
          aria-label={`Page ${pageName(page, label)}, ${sourceWords(source)}`}
          onClick={() => document.getElementById(pageId(page))?.scrollIntoView({ block: 'start' })}
        >
          {page}
        </button>
      ))}
      {doubtful.length > mostToCheck && <span className={styles['quiet']}>{`and ${doubtful.length - mostToCheck} more`}</span>}
    </nav>
  );
}

function sourceWords(source: PageSource): string {
  switch (source) {
    case 'text':
      return 'Text';
    case 'ocr':
      return 'Read by OCR';
    case 'vision':
      return 'Read as a picture';
    case 'blank':
      return 'Blank';
    case 'failed':
      return 'Not read';
    default:
      return assertNever(source, 'page source');
  }
}

function pageId(page: number): string {
  return `evidence-page-${page}`;
}
