/** What the system's codes for a failed connection mean, in a clause; the ones that mean the same whoever is asked. */
export const networkReasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name could not be found; is this computer online?',
  EAI_AGAIN: 'the name could not be found; is this computer online?',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  ETIMEDOUT: 'the connection timed out',
  ENETUNREACH: 'there is no network',
  EHOSTUNREACH: 'the host cannot be reached',
  HPE_HEADER_OVERFLOW: 'the headers of its answer are too large',
};
