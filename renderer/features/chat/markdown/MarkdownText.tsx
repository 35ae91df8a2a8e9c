import { memo, useState } from 'react';
import remend from 'remend';
import { type Block, createBlockSplitter } from './blocks.ts';
import { CodeBlock } from './CodeBlock.tsx';
import { MarkdownBlock } from './MarkdownBlock.tsx';
import styles from './MarkdownText.module.css';
import { createTailPace } from './tailPace.ts';

interface MarkdownTextProps {
  readonly text: string;
  /** True while more is coming: what is unfinished at the end is then completed for the eye. */
  readonly streaming: boolean;
}

/** Untrusted Markdown as React elements. One path for streaming and for history. */
export const MarkdownText = memo(function MarkdownText({ text, streaming }: MarkdownTextProps) {
  const [split] = useState(createBlockSplitter);
  const { closed, tail } = split(text);
  return (
    <div className={styles['text']}>
      {closed.map((block, index) => (
        // The place is the identity: a closed block never changes and none is put before it.
        <ClosedBlock key={index} block={block} />
      ))}
      {tail !== null && <TailBlock key={closed.length} block={tail} streaming={streaming} />}
    </div>
  );
});

const ClosedBlock = memo(function ClosedBlock({ block }: { readonly block: Block }) {
  return block.kind === 'code' ? (
    <CodeBlock language={block.language} code={block.code} closed={block.closed} />
  ) : (
    <MarkdownBlock text={block.text} />
  );
});

function TailBlock({ block, streaming }: { readonly block: Block; readonly streaming: boolean }) {
  const [pace] = useState(createTailPace);
  if (block.kind === 'code') return <CodeBlock language={block.language} code={block.code} closed={block.closed || !streaming} />;
  if (!streaming) return <MarkdownBlock text={block.text} />;
  const length = pace(block.text.length);
  const rest = block.text.slice(length);
  return (
    <>
      <MarkdownBlock text={remend(block.text.slice(0, length), remendOptions)} />
      {rest !== '' && <p>{rest}</p>}
    </>
  );
}

// Stripping half-written HTML is not needed where HTML is shown as text, and an unfinished link is best shown as its words.
const remendOptions = { linkMode: 'text-only', htmlTags: false, images: true } as const;
