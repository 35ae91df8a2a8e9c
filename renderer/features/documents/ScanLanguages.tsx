import { ScanText } from 'lucide-react';
import { useState } from 'react';
import type { PageSummary } from '../../../electron/shared/attachments.ts';
import { builtInOcrLanguage, ocrLanguageNames } from '../../../electron/shared/ocr.ts';
import { Button } from '../../components/Button.tsx';
import { useApp, useFacet } from '../../state/useFacet.ts';
import styles from './DocumentEvidence.module.css';

interface ScanLanguagesProps {
  readonly attachmentId: string;
  readonly pages: readonly PageSummary[];
}

/** Shown where scanned pages were read in other languages than those chosen now: reads them again. */
export function ScanLanguages({ attachmentId, pages }: ScanLanguagesProps) {
  const { attachments } = useFacet();
  const chosen = useApp(({ app }) => app?.settings.ocrLanguages ?? [builtInOcrLanguage]);
  const [busy, setBusy] = useState(false);
  const scanned = pages.filter(({ source }) => source === 'ocr' || source === 'failed');
  const other = scanned.find(({ languages = [builtInOcrLanguage] }) => languages.join() !== chosen.join());
  if (other === undefined) return null;
  const again = (): void => {
    setBusy(true);
    void attachments.recognizeAgain(attachmentId).finally(() => setBusy(false));
  };
  return (
    <p className={styles['quiet']}>
      {`Scanned pages were read in ${ocrLanguageNames(other.languages ?? [builtInOcrLanguage])}. `}
      <Button size="small" variant="quiet" icon={<ScanText size={16} />} disabled={busy} onClick={again}>
        {`Read them again in ${ocrLanguageNames(chosen)}`}
      </Button>
    </p>
  );
}
