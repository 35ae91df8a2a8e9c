import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../../electron/shared/settings.ts';
import { downloadId, failedOffers } from '../../../../renderer/features/firstRun/firstDownloads.ts';
import { shownModel } from '../../../../renderer/features/firstRun/shownModel.ts';
import { arrivedModels, isAwaited } from '../../../../renderer/features/models/arrivedModels.ts';
import { bySize, withoutTwins } from '../../../../renderer/features/models/modelFacts.ts';
import { needsModel } from '../../../../renderer/features/models/needsModel.ts';
import { otherSource } from '../../../../renderer/features/models/otherSource.ts';
import { allOffers, firstOffers } from '../../../../renderer/features/models/recommendedModels.ts';
import { downloading, failed, installed, testModel } from './testModel.ts';

const starter = testModel('small', { size: '270M', projector: null });
const pretrained = testModel('pretrained', { size: '270M', projector: null, profile: 'transcript' });
const four = testModel('four');
const twelve = testModel('twelve', { size: '12B' });
const tiny = testModel('tiny', { size: 'custom', builtIn: true, state: installed });
const local = testModel('local-0123456789ab', { size: '1B', state: installed });
const models = [tiny, starter, pretrained, four, twelve, local];
const idle = { kind: 'idle' } as const;
const chosen = (modelId: string | null) => ({ ...defaultSettings, modelId });

describe('needsModel', () => {
  it('is true until something could answer', () => {
    expect(needsModel({ engine: idle, models, settings: chosen(null) })).toBe(true);
    expect(needsModel({ engine: idle, models, settings: chosen('four') })).toBe(true);
    expect(needsModel({ engine: idle, models, settings: chosen('gone') })).toBe(true);
    expect(needsModel({ engine: idle, models, settings: chosen('tiny') })).toBe(false);
    expect(needsModel({ engine: { kind: 'loading', modelId: 'four', fraction: 0 }, models, settings: chosen(null) })).toBe(false);
  });
});

describe('offers', () => {
  it('has an imported file of its size on its card, unless one of the catalogue is here', () => {
    const imported = testModel('local-abcdef012345', { size: '4B', state: installed });
    expect(shownModel(four, [...models, imported])).toBe(imported);
    expect(shownModel(twelve, [...models, imported])).toBe(twelve);
    const loaded = testModel('other-four', { state: installed });
    expect(shownModel(four, [...models, imported, loaded])).toBe(loaded);
  });

  it('puts three side by side, the recommended one among them', () => {
    const one = testModel('one', { size: '1B', projector: null });
    const large = testModel('large', { size: '27B' });
    const all = [...models, one, large];
    const shown = (modelId: string | null) =>
      firstOffers(all, modelId === null ? null : { modelId, why: 'Because.' }).map(
        ({ model, recommended }) => `${model.id}${recommended ? '!' : ''}`,
      );
    expect(shown(null)).toEqual(['small', 'four', 'twelve']);
    expect(shown('four')).toEqual(['small', 'four!', 'twelve']);
    expect(shown('one')).toEqual(['small', 'one!', 'four']);
    expect(shown('large')).toEqual(['small', 'four', 'large!']);
  });

  it('never offers the built-in or an imported one', () => {
    const offers = allOffers(models, { modelId: 'four', why: 'It fits.' });
    expect(offers.filter(({ recommended }) => recommended).map(({ why }) => why)).toEqual(['It fits.']);
    expect(offers.some(({ model }) => model.builtIn || model.id.startsWith('local-'))).toBe(false);
  });

  it('lists by size, unknown sizes last', () => {
    expect(bySize(models).map(({ id }) => id)).toEqual(['small', 'pretrained', 'local-0123456789ab', 'four', 'twelve', 'tiny']);
  });
});

describe('withoutTwins', () => {
  it('hides the catalogue entry of a file that was imported, unless that entry is here too', () => {
    const text = { path: null, bytes: 1, sha256: 'aa' };
    const twin = { ...pretrained, text };
    const mine = { ...local, text };
    expect(withoutTwins([starter, twin, mine]).map(({ id }) => id)).toEqual(['small', 'local-0123456789ab']);
    expect(withoutTwins([{ ...twin, state: installed }, mine])).toHaveLength(2);
    expect(withoutTwins(models)).toHaveLength(models.length);
  });
});

describe('sources', () => {
  it('asks for the smallest size from any source, for others by name', () => {
    expect(downloadId(starter)).toBe('starter');
    expect(downloadId(pretrained)).toBe('pretrained');
    expect(downloadId(four)).toBe('four');
  });

  it('lets a second source take the place of the first once it has begun', () => {
    const begun = [
      { ...starter, state: failed },
      { ...pretrained, state: downloading },
    ];
    expect(shownModel(begun[0] ?? starter, begun).id).toBe('pretrained');
    expect(failedOffers(firstOffers(begun, null), begun)).toEqual([]);
  });

  it('shows a failure while no source has taken over, and offers the other one', () => {
    const all = [{ ...starter, state: failed }, pretrained];
    expect(failedOffers(firstOffers(all, null), all).map(({ model }) => model.id)).toEqual(['small']);
    expect(otherSource(starter, all)?.id).toBe('pretrained');
    expect(otherSource(four, models)).toBeNull();
  });
});

describe('arrivals', () => {
  it('are downloads that ended well', () => {
    const before = [{ ...four, state: downloading }, { ...twelve, state: downloading }, tiny];
    const after = [{ ...four, state: installed }, { ...twelve, state: failed }, tiny, local];
    expect(arrivedModels(before, after).map(({ id }) => id)).toEqual(['four']);
  });

  it('are loaded when nothing else could answer, else offered', () => {
    const arrived = { ...pretrained, state: installed };
    const all = [tiny, { ...starter, state: failed }, arrived];
    expect(isAwaited(arrived, { engine: idle, models: all, settings: chosen('small') })).toBe(true);
    expect(isAwaited(arrived, { engine: idle, models: all, settings: chosen(null) })).toBe(true);
    expect(isAwaited(arrived, { engine: idle, models: all, settings: chosen('tiny') })).toBe(false);
    expect(isAwaited(arrived, { engine: { kind: 'loading', modelId: 'tiny', fraction: 0 }, models: all, settings: chosen(null) })).toBe(
      false,
    );
  });
});
