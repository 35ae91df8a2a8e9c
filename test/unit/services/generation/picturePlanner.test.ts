import { beforeEach, expect, test } from 'vitest';
import { createConversationStore } from '../../../../electron/services/conversations/conversationStore.ts';
import { createMessageStore } from '../../../../electron/services/conversations/messageStore.ts';
import { openDatabase } from '../../../../electron/services/database/openDatabase.ts';
import { cropWarnings, fitPictures } from '../../../../electron/services/generation/fitPictures.ts';
import type { PlannedImage } from '../../../../electron/services/generation/imageViews.ts';
import type { ActiveModel } from '../../../../electron/services/generation/modelHost.ts';
import { type PicturePlanner, createPicturePlanner } from '../../../../electron/services/generation/picturePlanner.ts';
import type { PlannedContext } from '../../../../electron/services/generation/planContext.ts';
import type { Inputs } from '../../../../electron/services/generation/readInputs.ts';
import { type ViewPlanStore, createViewPlanStore } from '../../../../electron/services/images/viewPlanStore.ts';
import { viewTokens } from '../../../../electron/services/images/viewTokens.ts';
import type { PanScanMode } from '../../../../electron/shared/attachments.ts';
import type { UserMessage } from '../../../../electron/shared/conversations.ts';

const softTokens = 256;
const active = {
  model: { projector: { path: '/p', sha256: 'p', bytes: 1 } },
  loaded: { vision: { side: 896, tokens: softTokens }, backend: 'CPU', contextTokens: 8192, contextLimit: 131_072 },
} as unknown as ActiveModel;

const inputs = new Map(
  ['a', 'b'].map((id) => [id, { kind: 'image', attachment: { id, name: `${id}.png` }, facts: {} }]),
) as unknown as Inputs;

/** Wants nine crops in mode auto, and four from the reference. */
const source = {
  plan: (_id: string, mode: PanScanMode, _regions: unknown, _side: number, mostCrops: number) => ({
    crops: Array.from({ length: mode === 'auto' ? Math.min(9, mostCrops) : 4 }, (_, x) => ({ x, y: 0, width: 1, height: 1 })),
  }),
};

let viewMs: number | null;
let plans: ViewPlanStore;
let question: UserMessage;
let ask: (attachments: readonly (readonly [string, PanScanMode])[]) => UserMessage;

beforeEach(() => {
  viewMs = null;
  const database = openDatabase(':memory:');
  const conversation = createConversationStore(database).create('', 1);
  const messages = createMessageStore(database, 's');
  plans = createViewPlanStore(database);
  ask = (attachments) =>
    messages.addQuestion(
      {
        conversationId: conversation.id,
        parentId: null,
        text: 'x',
        attachments: attachments.map(([attachmentId, panScan]) => ({ attachmentId, panScan, regions: [] })),
      },
      1,
    );
  question = ask([['a', 'auto']]);
});

/** As after a restart: nothing remembered but what is stored. */
const newPlanner = (): PicturePlanner => createPicturePlanner({ source, plans, speeds: { viewMs: () => viewMs } });
const cropCounts = (images: readonly PlannedImage[]): readonly number[] => images.map(({ crops }) => crops.length);

test('what was read once stays as it was, whatever the machine or the version would choose now', () => {
  const first = newPlanner();
  const planned = first.inMessages([question], inputs, active);
  expect(cropCounts(planned)).toEqual([9]);
  first.keep(planned, active);
  viewMs = 20_000;
  const later = newPlanner();
  expect(later.inMessages([question], inputs, active)[0]?.crops).toEqual(planned[0]?.crops);
  expect(cropCounts(later.inMessages([question, ask([['b', 'auto']])], inputs, active))).toEqual([9, 5]);
  // Nor does a later plan replace it.
  later.keep(
    planned.map((image) => ({ ...image, crops: [], isKept: false })),
    active,
  );
  expect(cropCounts(newPlanner().inMessages([question], inputs, active))).toEqual([9]);
});

test('a slow machine gets fewer crops and says so; the plan that was shown is the one that is sent', () => {
  viewMs = 20_000;
  const planner = newPlanner();
  const use = { attachmentId: 'a', panScan: 'auto', regions: [] } as const;
  expect(planner.crops(use, active, 896)).toHaveLength(5);
  viewMs = 60_000;
  const planned = planner.inMessages([question], inputs, active);
  expect(cropCounts(planned)).toEqual([5]);
  expect(cropWarnings(planned)).toEqual([expect.stringContaining('a.png: seen in less detail') as string]);
  expect(cropWarnings(planner.inMessages([ask([['a', 'reference']])], inputs, active))).toEqual([]);
});

test('crops are left out until the prompt fits, but none that were read before or asked for', async () => {
  const planner = newPlanner();
  planner.keep(planner.inMessages([question], inputs, active), active);
  const path = [question, ask([['b', 'auto']]), ask([['b', 'reference']])];
  const counts: number[] = [];
  const fit = (contextTokens: number) =>
    fitPictures(planner.inMessages(path, inputs, active), {
      planner,
      active,
      room: { contextTokens, contextLimit: 131_072, answerRoom: 500 },
      count: (images) => {
        const total = 100 + images.reduce((sum, { crops }) => sum + viewTokens(crops.length, softTokens), 0);
        counts.push(total);
        return Promise.resolve({ usage: { total } } as PlannedContext);
      },
    });
  expect(cropCounts((await fit(8192)).images)).toEqual([9, 9, 4]);
  expect(counts).toHaveLength(1);
  const { images, counted } = await fit(6000);
  expect(cropCounts(images)).toEqual([9, 4, 4]);
  expect(counted.usage.total + 500).toBeLessThanOrEqual(6000);
  expect(cropWarnings(images)).toEqual([expect.stringContaining('the context has no room') as string]);
  // Nothing left to take: the caller refuses with the numbers.
  expect(cropCounts((await fit(1000)).images)).toEqual([9, 0, 4]);
});
