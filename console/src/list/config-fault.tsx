/** The config file is at fault: what is shown is not what it says now. */
import { plural } from '../format/plural.ts'
import { CodeLink, Icon } from '../parts/index.ts'
import { readiness } from '../store/index.ts'

export function ConfigFault() {
  const file = readiness.value?.config_file
  if (!file || file.code === null) return null
  return (
    <div class="config-fault" role="status">
      <Icon name="warning" />
      <p>
        <CodeLink code={file.code} /> in the config file
        {file.line === null ? '' : `, line ${file.line}`}. {file.fix}
        {file.kept > 0 && ` ${plural(file.kept, 'profile')} kept as before.`}
      </p>
    </div>
  )
}
