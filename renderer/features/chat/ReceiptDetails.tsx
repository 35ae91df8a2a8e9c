import type { Receipt } from '../../../electron/shared/generation.ts';
import { shortDuration } from '../../../electron/shared/durationInWords.ts';
import { useFacet } from '../../state/useFacet.ts';
import { receiptWords } from '../images/modeWords.ts';
import { usePictureNumbers } from '../images/pictureNumbers.ts';
import styles from './Receipt.module.css';
import { givenWords, writingSpeed } from './receiptWords.ts';

interface ReceiptDetailsProps {
  readonly id: string;
  readonly messageId: string;
  readonly receipt: Receipt;
}

/** The unfolded receipt: sources first, then the machine. */
export function ReceiptDetails({ id, messageId, receipt }: ReceiptDetailsProps) {
  const { view } = useFacet();
  const numbers = usePictureNumbers();
  const speed = writingSpeed(receipt);
  const { timings } = receipt;
  const number = new Intl.NumberFormat();
  const cachedPercent = receipt.promptTokens === 0 ? 0 : Math.round((100 * receipt.cachedTokens) / receipt.promptTokens);
  return (
    <dl id={id} className={styles['details']}>
      {receipt.images.map((image, imageIndex) => (
        <div key={`image ${imageIndex}`}>
          <dt>{numbers.has(image.attachmentId) ? `Picture ${numbers.get(image.attachmentId)}` : 'Picture'}</dt>
          <dd>
            <button
              type="button"
              className={styles['source']}
              onClick={() => view.openEvidence({ kind: 'picture', attachmentId: image.attachmentId, messageId, imageIndex })}
            >
              {image.file}
            </button>
            {`${image.mode === 'region' ? 'looked closer, ' : ''}${receiptWords(image)}`}
          </dd>
        </div>
      ))}
      {receipt.documents.map((document) => (
        <div key={`document ${document.attachmentId}`}>
          <dt>Document</dt>
          <dd>
            <button
              type="button"
              className={styles['source']}
              onClick={() => view.openEvidence({ kind: 'document', attachmentId: document.attachmentId, page: 1 })}
            >
              {document.file}
            </button>
            {`${givenWords(document, receipt.coverage)} · ${number.format(document.tokens)} tokens`}
          </dd>
        </div>
      ))}
      {receipt.coverage?.foundBy !== undefined && (
        <Row name="Parts found" value={receipt.coverage.foundBy === 'words' ? 'by words' : 'by words and meaning'} />
      )}
      <Row name="Read" value={`${number.format(receipt.promptTokens)} tokens, ${cachedPercent} % of it kept from before`} />
      <Row
        name="Wrote"
        value={`${number.format(receipt.generatedTokens)} tokens${speed === null ? '' : `, ${speed.toFixed(1)} a second`}`}
      />
      <Row
        name="Time"
        value={`${shortDuration(timings.firstTokenMs)} to the first word, ${shortDuration(timings.decodeMs)} writing${timings.loadMs > 0 ? `, ${shortDuration(timings.loadMs)} loading the model` : ''}`}
      />
      <Row name="Model" value={`${receipt.model.name} on ${receipt.model.backend}`} />
      <Row name="Seed" value={String(receipt.seed)} />
    </dl>
  );
}

function Row({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
