import { Cpu, Globe, Info, MessageSquareText, Palette } from 'lucide-react';
import { useState } from 'react';
import { Dialog } from '../../components/Dialog.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { useFacet, useView } from '../../state/useFacet.ts';
import { AboutSettings } from './AboutSettings.tsx';
import { AnswerSettings } from './AnswerSettings.tsx';
import { GeneralSettings } from './GeneralSettings.tsx';
import { ServerSettings } from '../servers/ServerSettings.tsx';
import { ModelSettings } from './ModelSettings.tsx';
import styles from './SettingsDialog.module.css';

/** Settings, on Ctrl comma. Every change is saved at once; there is no Save button to forget. */
export function SettingsDialog() {
  const { view } = useFacet();
  const open = useView(({ overlay }) => overlay === 'settings');
  const [tab, setTab] = useState('general');
  return (
    <Dialog open={open} onOpenChange={(next) => view.show(next ? 'settings' : 'none')} title="Settings" width="wide">
      <div className={styles['room']}>
        <Tabs
          label="Settings"
          value={tab}
          onValueChange={setTab}
          tabs={[
            { id: 'general', label: 'General', icon: <Palette size={16} />, content: <GeneralSettings /> },
            { id: 'answers', label: 'Answers', icon: <MessageSquareText size={16} />, content: <AnswerSettings /> },
            { id: 'model', label: 'Model', icon: <Cpu size={16} />, content: <ModelSettings /> },
            { id: 'servers', label: 'Servers', icon: <Globe size={16} />, content: <ServerSettings /> },
            { id: 'about', label: 'About', icon: <Info size={16} />, content: <AboutSettings /> },
          ]}
        />
      </div>
    </Dialog>
  );
}
