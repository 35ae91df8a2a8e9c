import type { Model, ModelFile } from '../../../electron/shared/models.ts';
import { formatNumber } from '../../components/numberText.ts';
import styles from './ModelDetails.module.css';
import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';

const profiles = { turns: 'Instruction-tuned (Gemma turns)', transcript: 'Pretrained (plain transcript)' } as const;

/** Everything about a model's files, for those who ask. */
export function ModelDetails({ model }: { readonly model: Model }) {
  const facts: readonly (readonly [string, string])[] = [
    ['Reads at most', `${formatNumber(model.contextLimit)} tokens`],
    ['Kind', profiles[model.profile]],
    ['Text part', fileWords(model.text)],
    ...(model.text.sha256 === null ? [] : [['SHA-256', model.text.sha256] as const]),
    ...(model.projector === null ? [] : [['Vision part', fileWords(model.projector)] as const]),
    ['Licence', model.licence],
  ];
  return (
    <dl className={styles['details']}>
      {facts.map(([name, value]) => (
        <div key={name} className={styles['fact']}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function fileWords({ bytes, path }: ModelFile): string {
  const size = bytes === null ? 'size not known yet' : bytesInWords(bytes);
  return path === null ? size : `${size} · ${path}`;
}
