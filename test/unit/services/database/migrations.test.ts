import { expect, test } from 'vitest';
import { openDatabase } from '../../../../electron/services/database/openDatabase.ts';
import { migrations } from '../../../../electron/services/database/migrations/migrations.ts';
import { chosenTemperatureMigration } from '../../../../electron/services/database/migrations/008ChosenTemperature.ts';
import { createSettingsService } from '../../../../electron/services/settings/createSettingsService.ts';

test('steps are numbered without a gap', () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
});

test.each([
  { stored: 1, becomes: null },
  { stored: 0.4, becomes: 0.4 },
])('a stored temperature of $stored becomes $becomes, and the rest stays', ({ stored, becomes }) => {
  const database = openDatabase(':memory:');
  const settings = createSettingsService({ database, emit: () => undefined });
  settings.update({ sampling: { temperature: stored, topK: 7, topP: 0.5, minP: 0, seed: 3 }, theme: 'dark' });
  chosenTemperatureMigration.up(database);
  expect(settings.current()).toMatchObject({ sampling: { temperature: becomes, topK: 7, topP: 0.5, minP: 0, seed: 3 }, theme: 'dark' });
  database.close();
});
