import { memo } from 'react';
import Markdown, { type Components, type Options } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import { CitationChip } from '../CitationChip.tsx';
import { citationMarks } from '../citations.ts';
import { CodeBlock } from './CodeBlock.tsx';
import { InertLink } from './InertLink.tsx';
import { MathFormula } from './MathFormula.tsx';
import styles from './MarkdownText.module.css';
import { prepareMath } from './prepareMath.ts';

/** One block, parsed once for each text. */
export const MarkdownBlock = memo(function MarkdownBlock({ text }: { readonly text: string }) {
  return (
    <Markdown
      remarkPlugins={remarkPlugins}
      rehypePlugins={rehypePlugins}
      components={components}
      allowedElements={allowedElements}
      unwrapDisallowed
      urlTransform={keepUrl}
    >
      {prepareMath(text)}
    </Markdown>
  );
});

const remarkPlugins: NonNullable<Options['remarkPlugins']> = [remarkGfm, remarkMath];

const rehypePlugins: NonNullable<Options['rehypePlugins']> = [citationMarks];

/** The whole vocabulary of an answer. Everything else loses its element and keeps its words. */
const allowedElements = [
  ...['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code', 'hr', 'br'],
  ...['em', 'strong', 'del', 'a', 'img', 'input', 'sup', 'section', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  // Ours alone: HTML of an answer stays text.
  'cite',
];

/** InertLink judges the address when it is clicked; no element ever carries it. */
function keepUrl(url: string): string {
  return url;
}

const components: Components = {
  a: ({ href, children }) => <InertLink address={href ?? ''}>{children}</InertLink>,
  img: ({ alt, src }) => (
    <span className={styles['picture']} role="img" aria-label={`Picture not shown: ${alt ?? ''}`}>
      [picture not shown{alt === undefined || alt === '' ? '' : `: ${alt}`}
      {typeof src === 'string' && src !== '' ? ` (${src})` : ''}]
    </span>
  ),
  input: ({ checked }) => (
    <input type="checkbox" checked={checked === true} disabled readOnly aria-label={checked === true ? 'done' : 'not done'} />
  ),
  // Bullets, numbers, bars and columns stand on the side that the words begin on.
  ul: ({ className, children }) => (
    <ul dir="auto" className={className}>
      {children}
    </ul>
  ),
  ol: ({ className, start, children }) => (
    <ol dir="auto" className={className} start={start}>
      {children}
    </ol>
  ),
  blockquote: ({ children }) => <blockquote dir="auto">{children}</blockquote>,
  table: ({ children }) => (
    <div className={styles['tableScroll']} role="region" aria-label="Table" tabIndex={0}>
      <table dir="auto">{children}</table>
    </div>
  ),
  cite: ({ children }) => <CitationChip index={Number(textOf(children))} />,
  pre: ({ children }) => <>{children}</>,
  code: ({ className, children }) => {
    const names = className ?? '';
    const source = textOf(children);
    if (names.includes('math-display')) return <MathFormula tex={source} display />;
    if (names.includes('math-inline')) return <MathFormula tex={source} display={false} />;
    const language = /language-(\S+)/.exec(names)?.[1];
    if (language !== undefined || source.endsWith('\n'))
      return <CodeBlock language={language ?? ''} code={source.replace(/\n$/, '')} closed />;
    return <code>{children}</code>;
  },
  // The page's own heading is the conversation; models begin with one or two marks alike, so both come right under it.
  h1: ({ children }) => <h2 className={styles['heading1']}>{children}</h2>,
  h2: ({ children }) => <h2 className={styles['heading2']}>{children}</h2>,
  h3: ({ children }) => <h3 className={styles['heading3']}>{children}</h3>,
  h4: ({ children }) => <h4 className={styles['heading4']}>{children}</h4>,
  h5: ({ children }) => <h5 className={styles['heading4']}>{children}</h5>,
  h6: ({ children }) => <h6 className={styles['heading4']}>{children}</h6>,
};

function textOf(children: unknown): string {
  if (typeof children === 'string') return children;
  return Array.isArray(children) ? children.map(textOf).join('') : '';
}
