import { networkReasons } from '../network/networkReasons.ts';
import { isRecord } from './isRecord.ts';

/** Longest part of a server's own words in an error. */
const longestReason = 300;

/** What helps where a server refused the key; the command line has another place for it. */
export const checkKey = 'check the key in the settings';

/** Why a server refused a request, in a clause; `said` is the body of its answer. */
export function refusal(status: number, said: string): string {
  if (status === 401 || status === 403) return `it refused the key (${String(status)}); ${checkKey}`;
  if (status >= 300 && status < 400)
    return `it sends requests on to another address (${String(status)}), which Facet does not follow; enter that address instead`;
  const words = ownWords(said);
  if (/plain HTTP request was sent to HTTPS|HTTP request to an HTTPS server/i.test(said))
    return 'it wants TLS; begin its address with https://';
  if (status === 404)
    return words === '' || /^not found$/i.test(words)
      ? 'there is nothing at this address (404); most servers want a path that ends with /v1'
      : `it answered with status 404: ${words}`;
  if (status === 429) return 'it has too much to do, or the account has used up what it may (429)';
  if ((status === 400 || status === 413) && isTooLong(words))
    return `the question is longer than it takes (${String(status)}); enter its context in the settings. It says: ${words}`;
  if (words === '' && status >= 500) return `it answered with status ${String(status)}, a fault of its own; its log may say more`;
  return words === '' ? `it answered with status ${String(status)}` : `it answered with status ${String(status)}: ${words}`;
}

/** vLLM's and llama-server's words for a prompt beyond the context. */
function isTooLong(words: string): boolean {
  return /maximum context length|maximum model length|exceeds? the (?:available )?context|longer than the maximum/i.test(words);
}

/**
 * What a server says about its refusal, in one line; empty for a page. Servers tell it as `error.message`, `error`, `message` or, where a field is wrong,
 * in a `detail` with a `msg` for each.
 */
export function ownWords(said: string): string {
  let text = said;
  try {
    text = messageIn(JSON.parse(said)) ?? said;
  } catch {
    if (said.trimStart().startsWith('<')) return '';
  }
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longestReason ? `${line.slice(0, longestReason)}…` : line;
}

function messageIn(parsed: unknown): string | undefined {
  if (!isRecord(parsed)) return undefined;
  const { error, message, detail } = parsed;
  const details = Array.isArray(detail)
    ? (detail as unknown[]).flatMap((one) => (isRecord(one) && typeof one['msg'] === 'string' ? [one['msg']] : []))
    : [];
  const found = [isRecord(error) ? error['message'] : error, message, detail, details.join('; ')];
  return found.find((value): value is string => typeof value === 'string' && value !== '');
}

const reasons: Readonly<Record<string, string>> = {
  ...networkReasons,
  ECONNREFUSED: 'nothing listens there; is the server running?',
  EPIPE: 'the connection was cut',
  CERT_HAS_EXPIRED: 'its certificate has expired; renew it there, or set this computer’s clock right',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet; is this computer’s clock right?',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself, so nobody vouches for it; install it in the system, or use a tunnel',
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority(),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority(),
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority(),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority(),
  HPE_INVALID_CONSTANT: 'it does not speak HTTP; does its address begin with https://?',
};

function unknownAuthority(): string {
  return 'its certificate is signed by an authority that this system does not know; install the authority’s certificate in the system';
}

/** Why a request came to nothing, in a clause. `unanswered`: before the server said anything. */
export function failureReason(error: Error, { protocol, hostname }: URL, unanswered: boolean): string {
  const code = 'code' in error ? String(error.code) : '';
  const secure = protocol === 'https:';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `its certificate is not for ${hostname}${namesOf(error)}`;
  // OpenSSL and BoringSSL name it by different codes.
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_'))
    return /wrong.version.number|http.request|packet.length.too.long/i.test(`${code} ${error.message}`)
      ? 'it does not speak TLS; does its address begin with http://?'
      : 'it and this computer know no common encryption';
  if (code === 'ECONNRESET' && unanswered)
    return secure
      ? 'the connection was cut before it was answered; does its address begin with http://?'
      : 'the connection was cut before it was answered; does its address begin with https://?';
  return reasons[code] ?? error.message;
}

/** The names that a certificate is for: "; it is for a.example, b.example". */
function namesOf(error: Error): string {
  const certificate: unknown = 'cert' in error ? error.cert : null;
  const listed = isRecord(certificate) ? certificate['subjectaltname'] : undefined;
  if (typeof listed !== 'string' || listed === '') return '';
  const names = listed.split(', ').map((name) => name.replace(/^(?:DNS|IP Address):/, ''));
  return `; it is for ${names.slice(0, 3).join(', ')}`;
}
