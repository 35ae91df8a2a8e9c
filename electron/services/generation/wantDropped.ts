import type { Events } from '../../shared/events.ts';
import type { PanScanMode } from '../../shared/attachments.ts';
import type { NamedEvent } from '../../shared/rpc.ts';
import type { Emit } from '../emit.ts';
import type { ViewPreparer } from './viewPreparer.ts';

/**
 * The `emit` for the attachments of this run: it has pictures prepared as soon as they are read. Not for what other runs on the data folder announce:
 * their pictures are theirs to encode.
 */
export function wantDropped(emit: Emit, preparer: () => ViewPreparer | null, panScan: () => PanScanMode): Emit {
  return (name, payload) => {
    emit(name, payload);
    const event = { name, payload } as NamedEvent<Events>;
    if (event.name === 'attachment.removed') preparer()?.forget(event.payload.id);
    if (event.name !== 'attachment.changed' || event.payload.attachment.state.kind !== 'image') return;
    preparer()?.wantDropped({ attachmentId: event.payload.attachment.id, panScan: panScan(), regions: [] });
  };
}
