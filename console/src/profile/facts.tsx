/** What is known about the profile besides its fields. */
import { originText } from '../format/words.ts'
import { Card, CopyButton, TokenExpiry } from '../parts/index.ts'
import type { Row } from '../store/index.ts'

export function Facts({ row }: { row: Row }) {
  const { origin, namespace, check } = row.profile.value
  const expiresAt = row.tokenExpiresAt.value
  const requestId = check?.opc_request_id
  return (
    <Card id="facts">
      <dl class="facts">
        <dt>Comes from</dt>
        <dd class="mono">{originText(origin)}</dd>
        <dt>Namespace</dt>
        <dd class={namespace === null ? 'muted' : 'mono'}>{namespace ?? 'not known'}</dd>
        {expiresAt !== null && (
          <>
            <dt>Token expires</dt>
            <dd>
              <TokenExpiry at={expiresAt} />
            </dd>
          </>
        )}
        {requestId && (
          <>
            <dt>opc-request-id</dt>
            <dd>
              <span class="mono">{requestId}</span>
              <CopyButton text={requestId} what="id" />
            </dd>
          </>
        )}
      </dl>
    </Card>
  )
}
