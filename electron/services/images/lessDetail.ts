/** Why a picture has fewer crops than its type asks for. */
export type CropLimit = 'time' | 'context';

/** What the user should know about crops that were left out. @param instead how a part of the picture is read all the same, one clause */
export function lessDetail(limit: CropLimit, instead: string): string {
  const why = limit === 'time' ? 'looking closer takes too long on this machine' : 'the context has no room for more';
  return `seen in less detail than its small print asks for, because ${why}; ${instead}`;
}
