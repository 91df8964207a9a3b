/** Where there is more to read. */
import { serviceVersion } from '../store/index.ts'

export function Footer() {
  const version = serviceVersion.value
  return (
    <footer>
      <span>oci-profiles{version === null ? '' : ` ${version}`}</span>
      <a href="docs/">API</a>
      <a href="docs/errors">Error codes</a>
    </footer>
  )
}
