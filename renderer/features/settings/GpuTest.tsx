import { FlaskConical, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { type GpuDevice, type GpuTestStep, gpuStepWords, gpuTestSteps } from '../../../electron/shared/gpu.ts';
import { Button } from '../../components/Button.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { useCancellable } from '../../state/useCancellable.ts';
import { useFacet } from '../../state/useFacet.ts';
import styles from './SettingsDialog.module.css';
import { testWords } from './gpuOptions.ts';

/** Tests a card against the processor on request, step by step: drivers compile their programs meanwhile, which takes minutes on some. */
export function GpuTest({ device, onTested }: { readonly device: GpuDevice; readonly onTested: (device: GpuDevice) => void }) {
  const { client } = useFacet();
  /** The step at work; null while nothing is tested. */
  const [step, setStep] = useState<GpuTestStep | null>(null);
  const testing = useCancellable();
  const { name } = device;
  useEffect(
    () =>
      client.onEvent((event) => {
        if (event.name === 'gpu.testProgressed' && event.payload.device === name)
          setStep((before) => (before === null ? null : event.payload.step));
      }),
    [client, name],
  );

  const test = async (): Promise<void> => {
    setStep('reference');
    await testing.run(async (signal) => onTested(await client.request('gpu.test', { device: name }, signal)));
    setStep(null);
  };
  // A cancelled test leaves the card as one that was never tested.
  const cancel = (): void => {
    testing.cancel();
    onTested({ ...device, standing: 'untested', fault: '' });
  };
  return (
    <div className={styles['reload']}>
      {step === null ? (
        <>
          <p className={styles['note']}>{testWords(device)}</p>
          <Button size="small" icon={<FlaskConical size={16} />} onClick={() => void test()}>
            {device.standing === 'untested' ? 'Test it now' : 'Test again'}
          </Button>
        </>
      ) : (
        <>
          <div className={styles['progress']}>
            <ProgressBar fraction={gpuTestSteps.indexOf(step) / gpuTestSteps.length} text={`Testing: ${gpuStepWords(step)}`} />
          </div>
          <Button size="small" icon={<X size={16} />} onClick={cancel}>
            Cancel
          </Button>
        </>
      )}
    </div>
  );
}
