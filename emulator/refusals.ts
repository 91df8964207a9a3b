/** The failures that OCI answers, with its own words where they are known. */

export interface Refusal {
  status: number
  code: string
  message: string
}

/** The signature does not belong to the request, the key or the body. */
export const BAD_SIGNATURE = refusal(
  401,
  'NotAuthenticated',
  'Failed to verify the HTTP(S) Signature',
)

/** Unknown user, key or tenancy, an expired token, something unsigned that has to be signed. */
export const NOT_IDENTIFIED = refusal(
  401,
  'NotAuthenticated',
  'The required information to complete authentication was not provided or was incorrect.',
)

/** Not permitted or not there: the caller shall not learn which. */
export const NOT_FOUND = refusal(
  404,
  'NotAuthorizedOrNotFound',
  'Authorization failed or requested resource not found.',
)

export const NOT_ALLOWED = refusal(403, 'NotAllowed', 'The operation is not allowed.')

export const BODY_TOO_LARGE = refusal(
  413,
  'RequestEntityTooLarge',
  'The request body is larger than this emulator takes.',
)

export const INTERNAL_ERROR = refusal(500, 'InternalServerError', 'Internal error occurred')

const BY_STATUS = new Map<number, Refusal>(
  [
    refusal(400, 'InvalidParameter', 'A parameter of the request is not valid.'),
    NOT_IDENTIFIED,
    NOT_ALLOWED,
    NOT_FOUND,
    refusal(409, 'IncorrectState', 'The resource is in a state that conflicts with the request.'),
    refusal(412, 'NoEtagMatch', 'The If-Match header does not match the resource.'),
    refusal(429, 'TooManyRequests', 'Too many requests for the user'),
    INTERNAL_ERROR,
    refusal(501, 'MethodNotImplemented', 'The method is not implemented.'),
    refusal(502, 'BadGateway', 'Bad gateway'),
    refusal(503, 'ServiceUnavailable', 'The service is currently unavailable.'),
    refusal(504, 'GatewayTimeout', 'Gateway timeout'),
  ].map((entry) => [entry.status, entry]),
)

/** What the service would say with this status. */
export function refusalForStatus(status: number): Refusal {
  const known = BY_STATUS.get(status)
  if (known !== undefined) return known
  return { ...(status < 500 ? BY_STATUS.get(400)! : INTERNAL_ERROR), status }
}

export function invalidParameter(message: string): Refusal {
  return refusal(400, 'InvalidParameter', message)
}

export function refusal(status: number, code: string, message: string): Refusal {
  return Object.freeze({ status, code, message })
}
