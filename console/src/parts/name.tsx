/** Names come from files of others: they may be long, run from right to left, or look like markup. They are text. */

/** Where a long name breaks best. */
const JOINTS = /(?<=[_.@/-])/

export function Name({ children }: { children: string }) {
  return (
    <bdi class="name" title={children.length > 32 ? children : undefined}>
      {children.split(JOINTS).flatMap((part) => [part, <wbr />])}
    </bdi>
  )
}
