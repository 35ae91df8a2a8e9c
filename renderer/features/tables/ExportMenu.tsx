import { Download, FileSpreadsheet, FileText } from 'lucide-react';
import { toErrorData } from '../../../electron/shared/errors.ts';
import type { ExportedTable, ExportFormat } from '../../../electron/shared/tableQuery.ts';
import { Button } from '../../components/Button.tsx';
import { Menu } from '../../components/Menu.tsx';
import { saveBytes } from '../../state/saveFile.ts';
import { sentence } from '../../state/sentence.ts';
import { useFacet } from '../../state/useFacet.ts';

interface ExportMenuProps {
  /** Makes the file. */
  readonly make: (format: ExportFormat) => Promise<ExportedTable>;
  /** What it saves, such as `Save result`. */
  readonly label: string;
  /** The table's name, where several can be saved side by side. */
  readonly of?: string;
}

/** Saves rows as a file, all of them. */
export function ExportMenu({ make, label, of }: ExportMenuProps) {
  const { view } = useFacet();
  const save = async (format: ExportFormat): Promise<void> => {
    try {
      const { fileName, mime, base64 } = await make(format);
      saveBytes(fileName, base64, mime);
    } catch (error) {
      view.notify(sentence(toErrorData(error)));
    }
  };
  return (
    <Menu
      trigger={
        <Button
          variant="quiet"
          size="small"
          icon={<Download size={16} aria-hidden="true" />}
          {...(of === undefined ? {} : { 'aria-label': `${label} ${of}` })}
        >
          {label}
        </Button>
      }
      entries={[
        { kind: 'action', label: 'Excel workbook (XLSX)', icon: <FileSpreadsheet size={16} />, onSelect: () => void save('xlsx') },
        { kind: 'action', label: 'Plain table (CSV)', icon: <FileText size={16} />, onSelect: () => void save('csv') },
      ]}
    />
  );
}
