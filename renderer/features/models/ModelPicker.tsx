import { ArrowDownToLine, Boxes, Gauge } from 'lucide-react';
import { useState } from 'react';
import { Dialog } from '../../components/Dialog.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { useApp, useFacet, useView } from '../../state/useFacet.ts';
import { DownloadsPanel } from './DownloadsPanel.tsx';
import { downloadsOf } from './downloadsOf.ts';
import styles from './ModelPicker.module.css';
import { PickerPanel } from './PickerPanel.tsx';
import { SpeedPanel } from './SpeedPanel.tsx';

/** All models: to choose, to download, and how quick they are here. */
export function ModelPicker() {
  const { view } = useFacet();
  const app = useApp((slice) => slice.app);
  const open = useView(({ overlay }) => overlay === 'picker');
  const [tab, setTab] = useState('models');
  if (app === null) return null;
  const downloads = downloadsOf(app.models).length;
  return (
    <Dialog open={open} onOpenChange={(next) => view.show(next ? 'picker' : 'none')} title="Models" width="broad">
      <div className={styles['room']}>
        <Tabs
          label="Models"
          placement="top"
          value={tab}
          onValueChange={setTab}
          tabs={[
            {
              id: 'models',
              label: 'Choose',
              icon: <Boxes size={16} />,
              content: <PickerPanel app={app} onImport={() => view.importModel()} />,
            },
            {
              id: 'downloads',
              label: downloads === 0 ? 'Downloads' : `Downloads (${downloads})`,
              icon: <ArrowDownToLine size={16} />,
              content: <DownloadsPanel app={app} />,
            },
            { id: 'speed', label: 'Speed', icon: <Gauge size={16} />, content: <SpeedPanel /> },
          ]}
        />
      </div>
    </Dialog>
  );
}
