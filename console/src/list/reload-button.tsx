/** Reads the config file again, and tells what came of it. */
import { useSignal } from '@preact/signals'
import { plural } from '../format/plural.ts'
import { Icon } from '../parts/index.ts'
import { reloadFile, type Reloaded } from '../service/index.ts'
import { notify, reasonOf } from '../store/index.ts'

export function ReloadButton() {
  const isBusy = useSignal(false)
  const reload = async () => {
    if (isBusy.value) return
    isBusy.value = true
    try {
      tell(await reloadFile())
    } catch (error) {
      notify(reasonOf(error), 'bad')
    } finally {
      isBusy.value = false
    }
  }
  return (
    <button type="button" aria-disabled={isBusy.value} onClick={() => void reload()}>
      <Icon name="refresh" />
      Reload config file
    </button>
  )
}

/** What changed is told by the event that every page gets. */
function tell({ file, exists, added, changed, removed, diagnostics }: Reloaded): void {
  if (!exists) notify(`There is no config file at ${file}.`, 'bad')
  else if (added.length + changed.length + removed.length === 0) {
    notify(`${file} was read again: nothing has changed.`)
  }
  if (diagnostics.length > 0) notify(`${plural(diagnostics.length, 'fault')} in the file.`, 'bad')
}
