import { Check, Copy } from 'lucide-react';
import { memo, useMemo } from 'react';
import { IconButton } from '../../../components/IconButton.tsx';
import { useCopy } from '../useCopy.ts';
import styles from './CodeBlock.module.css';
import { codeGroups } from './codeGroups.ts';
import type { HighlightedLine } from './highlightMessages.ts';
import { useHighlight } from './useHighlight.ts';

interface CodeBlockProps {
  /** As the fence names it; empty for none. */
  readonly language: string;
  readonly code: string;
  /** False while it is being written: then it is shown without colours. */
  readonly closed: boolean;
}

/** Code in groups of lines, so that a long one grows at its end only. */
export function CodeBlock({ language, code, closed }: CodeBlockProps) {
  const { copied, copy } = useCopy();
  const groups = useMemo(() => codeGroups(code), [code]);
  const highlighted = useHighlight(closed ? code : null, language);
  return (
    <figure className={styles['code']}>
      <figcaption className={styles['caption']}>
        <span>{language === '' ? 'text' : language}</span>
        <IconButton label={copied ? 'Copied' : 'Copy code'} size="small" onClick={() => copy(code)}>
          {copied ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
        </IconButton>
      </figcaption>
      <pre className={styles['pre']} tabIndex={0} aria-label={language === '' ? 'Code' : `Code, ${language}`}>
        <code>
          {groups.map((text, index) => (
            <CodeGroup key={index} text={text} lines={highlighted[index]} />
          ))}
        </code>
      </pre>
    </figure>
  );
}

const CodeGroup = memo(function CodeGroup({
  text,
  lines,
}: {
  readonly text: string;
  readonly lines: readonly HighlightedLine[] | undefined;
}) {
  if (lines === undefined) return <>{text}</>;
  return (
    <>
      {lines.map((line, index) => (
        <span key={index}>
          {line.map((token, place) => (
            <span key={place} style={token.style}>
              {token.text}
            </span>
          ))}
          {'\n'}
        </span>
      ))}
    </>
  );
});
