import { conversationsMigration } from './001Conversations.ts';
import { modelsMigration } from './002Models.ts';
import { attachmentsMigration } from './003Attachments.ts';
import { viewsMigration } from './004Views.ts';
import { documentStructureMigration } from './005DocumentStructure.ts';
import { encodedViewsMigration } from './006EncodedViews.ts';
import { retrievalMigration } from './007Retrieval.ts';
import { chosenTemperatureMigration } from './008ChosenTemperature.ts';
import { cacheTestsMigration } from './009CacheTests.ts';
import { compactionsMigration } from './010Compactions.ts';
import { libraryMigration } from './011Library.ts';
import { attachmentOriginsMigration } from './012AttachmentOrigins.ts';
import { modelServersMigration } from './013ModelServers.ts';
import { downloadFactsMigration } from './014DownloadFacts.ts';
import { modelSpeedsMigration } from './015ModelSpeeds.ts';
import { meaningMigration } from './016Meaning.ts';
import type { Migration } from './migration.ts';

/** Every step of the schema, in order. */
export const migrations: readonly Migration[] = [
  conversationsMigration,
  modelsMigration,
  attachmentsMigration,
  viewsMigration,
  documentStructureMigration,
  encodedViewsMigration,
  retrievalMigration,
  chosenTemperatureMigration,
  cacheTestsMigration,
  compactionsMigration,
  libraryMigration,
  attachmentOriginsMigration,
  modelServersMigration,
  downloadFactsMigration,
  modelSpeedsMigration,
  meaningMigration,
];
