import { gpuTestSteps, gpuTestWords } from '../../../electron/shared/gpu.ts';
import type { EngineState, Model } from '../../../electron/shared/models.ts';
import { assertNever } from '../../../electron/shared/assertNever.ts';
import { Button } from '../../components/Button.tsx';
import { ErrorCard } from '../../components/ErrorCard.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { StackedBar, type StackedPart } from '../../components/StackedBar.tsx';
import styles from './LoadedModel.module.css';
import { ModelError } from './ModelError.tsx';
import { bytesInWords } from '../../../electron/shared/bytesInWords.ts';
import { shortDuration } from '../../../electron/shared/durationInWords.ts';
import { memoryParts, memoryTotal } from './memoryParts.ts';
import { useModelActions } from './useModelActions.ts';

const tones: readonly StackedPart['tone'][] = ['first', 'second', 'third', 'fourth'];

/** What is in memory now, at the top of the model menu. */
export function LoadedModel({ engine, models }: { readonly engine: EngineState; readonly models: readonly Model[] }) {
  const { unload, load } = useModelActions();
  switch (engine.kind) {
    case 'idle':
      return null;
    case 'loading':
      return (
        <div className={styles['header']}>
          <div className={styles['facts']}>
            <LoadProgress engine={engine} name={nameOf(engine.modelId, models)} />
          </div>
          <Button size="small" onClick={() => void unload()}>
            Stop
          </Button>
        </div>
      );
    case 'ready':
      return (
        <section className={styles['loaded']} aria-label="In memory">
          <header className={styles['header']}>
            <div className={styles['facts']}>
              <p className={styles['name']}>{nameOf(engine.modelId, models)}</p>
              <p className={styles['detail']}>
                {bytesInWords(memoryTotal(engine.memory))} of memory on {engine.backend} · loaded in {shortDuration(engine.loadMs)}
              </p>
            </div>
            <Button size="small" onClick={() => void unload()}>
              Unload
            </Button>
          </header>
          <StackedBar
            parts={memoryParts(engine.memory).map(({ name, bytes, share }, index) => ({
              name,
              share,
              amount: bytesInWords(bytes),
              tone: tones[index] ?? 'fourth',
            }))}
          />
        </section>
      );
    case 'failed':
      return (
        <ModelError
          error={engine.error}
          actions={
            <Button size="small" onClick={() => void load(engine.modelId)}>
              Try again
            </Button>
          }
        />
      );
    case 'restarting':
      return (
        <ErrorCard
          tone="warning"
          what={`The engine stopped and is starting again (attempt ${engine.attempt}).`}
          doNext="Nothing was lost. The model is being loaded again."
          details={engine.reason}
        />
      );
    default:
      return assertNever(engine, 'engine state');
  }
}

function LoadProgress({ engine, name }: { readonly engine: Extract<EngineState, { readonly kind: 'loading' }>; readonly name: string }) {
  const { checking, testing, fraction } = engine;
  if (checking === true) return <ProgressBar fraction={null} text={`Checking the file of ${name}`} />;
  if (testing !== undefined) {
    return <ProgressBar fraction={gpuTestSteps.indexOf(testing) / gpuTestSteps.length} text={gpuTestWords(testing)} />;
  }
  return <ProgressBar fraction={fraction} text={`Loading ${name}: ${Math.round(fraction * 100)} %`} />;
}

function nameOf(id: string, models: readonly Model[]): string {
  return models.find((model) => model.id === id)?.name ?? id;
}
