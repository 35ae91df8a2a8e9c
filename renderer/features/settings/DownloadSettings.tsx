import { useState } from 'react';
import type { DownloadSetup } from '../../../electron/shared/downloads.ts';
import { toErrorData } from '../../../electron/shared/errors.ts';
import { isProxyAddress, proxyRule } from '../../../electron/shared/proxyAddress.ts';
import { Button } from '../../components/Button.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { sentence } from '../../state/sentence.ts';
import { useFacet } from '../../state/useFacet.ts';
import { useFetched } from '../../state/useFetched.ts';
import { settingRanges } from './settingRanges.ts';
import styles from './SettingsDialog.module.css';
import { useSettings } from './useSettings.ts';

/** How models come: how quickly, through which proxy, and with what token for those behind a licence. */
export function DownloadSettings() {
  const { client, view } = useFacet();
  const { settings, update } = useSettings();
  const [setup, setSetup] = useFetched('download.describe', settings.proxy);
  const [token, setToken] = useState('');
  const [proxy, setProxy] = useState<string | null>(null);
  const keepToken = (value: string | null): void => {
    client.request('download.setToken', { token: value }).then(
      (next) => {
        setSetup(next);
        setToken('');
      },
      (error: unknown) => view.notify(sentence(toErrorData(error))),
    );
  };
  const commitProxy = (): void => {
    if (proxy === null || !isProxyAddress(proxy.trim())) return;
    if (proxy.trim() !== settings.proxy) update({ proxy: proxy.trim() });
    setProxy(null);
  };
  return (
    <section className={styles['group']} aria-label="Downloads">
      <NumberField
        label="Limit for downloads"
        hint="What all downloads together may take of the line. 0 is all of it; up to 10,000."
        value={settings.downloadMegabytes}
        range={settingRanges.downloadMegabytes}
        step={1}
        unit="MB/s"
        onCommit={(downloadMegabytes) => update({ downloadMegabytes })}
      />
      <TextField
        label="Proxy"
        hint={proxyHint(setup)}
        placeholder="http://proxy.example:3128"
        value={proxy ?? settings.proxy}
        onValueChange={setProxy}
        onBlur={commitProxy}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commitProxy();
        }}
        {...(proxy !== null && !isProxyAddress(proxy.trim()) ? { error: `It ${proxyRule}.` } : {})}
      />
      <TextField
        label="Access token of Hugging Face"
        hint={tokenHint(setup)}
        type="password"
        placeholder={setup?.token === 'kept' ? 'A token is kept' : 'hf_…'}
        value={token}
        onValueChange={setToken}
      />
      <div className={styles['reload']}>
        {setup?.token === 'kept' && (
          <Button size="small" onClick={() => keepToken(null)}>
            Forget the token
          </Button>
        )}
        {token.trim() !== '' && (
          <Button size="small" onClick={() => keepToken(token.trim())}>
            Keep this token
          </Button>
        )}
      </div>
    </section>
  );
}

function proxyHint(setup: DownloadSetup | null): string {
  const rule = 'Only for downloads. One that asks for a password belongs into the variable HTTPS_PROXY.';
  if (setup?.proxy?.from !== 'variable') return `Empty takes the one of the system’s variables; none is set there now. ${rule}`;
  return `Empty takes the one of the system’s variables, ${setup.proxy.address}. ${rule}`;
}

function tokenHint(setup: DownloadSetup | null): string {
  if (setup?.token === 'variable') return 'The one in the variable FACET_HUB_TOKEN is used.';
  const place = setup?.keychain === true ? 'in the system’s keychain' : 'in a file that only you can read';
  return `For models whose licence has to be accepted on huggingface.co first. Kept ${place}, and sent to that site alone.`;
}
