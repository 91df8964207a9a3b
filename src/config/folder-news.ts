/**
 * The system's news of the folders that files lie in. A file is never watched itself: what is renamed over it would not
 * be heard of. There are so many folders at most, and where the system gives no more news, none.
 */
import { watch as watchFolder, type FSWatcher } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { Logger } from '../schemas/index.ts'

export interface FolderNewsOptions {
  /** The file that the news is of; `null` for any other name in a folder. */
  onNews: (file: string | null) => void
  logger: Logger
  watch?: typeof watchFolder
}

interface Folder {
  watcher: FSWatcher | null
  /** Device and inode of what is watched: the path may come to mean another folder. */
  id: string | null
  /** The files in it, by their names there. */
  files: Map<string, string>
}

const MOST_FOLDERS = 64

export class FolderNews {
  readonly #options: FolderNewsOptions
  #folders = new Map<string, Folder>()
  #mayWatch = true
  #isClosed = false

  constructor(options: FolderNewsOptions) {
    this.#options = options
  }

  /** From the next visit on, the news is of the folders of these files. */
  adopt(files: Iterable<string>): void {
    const before = this.#folders
    this.#folders = new Map()
    for (const file of files) {
      const path = dirname(file)
      let folder = this.#folders.get(path)
      if (folder === undefined) {
        if (this.#folders.size === MOST_FOLDERS) continue
        const { watcher = null, id = null } = before.get(path) ?? {}
        this.#folders.set(path, (folder = { watcher, id, files: new Map() }))
        before.delete(path)
      }
      folder.files.set(basename(file), file)
    }
    for (const { watcher } of before.values()) watcher?.close()
  }

  /** Sees whether the paths still mean the same folders, and watches those that they mean now. */
  async visit(): Promise<void> {
    for (const [path, folder] of this.#folders) {
      // Looked at first, because asking for news of a disk that does not answer would hold up everything.
      const id = await folderId(path)
      if (this.#isClosed) return
      if (id === folder.id) continue
      folder.watcher?.close()
      folder.watcher = id === null ? null : this.#watch(path)
      folder.id = id
    }
  }

  close(): void {
    this.#isClosed = true
    for (const { watcher } of this.#folders.values()) watcher?.close()
    this.#folders.clear()
  }

  #watch(path: string): FSWatcher | null {
    if (!this.#mayWatch) return null
    const { watch = watchFolder } = this.#options
    try {
      const watcher = watch(path, { persistent: false }, (_event, name) => this.#hear(path, name))
      watcher.on('error', () => this.#lose(path, watcher))
      return watcher
    } catch (error) {
      this.#goWithout(error as NodeJS.ErrnoException)
      return null
    }
  }

  #hear(path: string, name: string | null): void {
    const file = name === null ? undefined : this.#folders.get(path)?.files.get(name)
    this.#options.onNews(file ?? null)
  }

  /** It is watched again with the next visit, if it can be. */
  #lose(path: string, watcher: FSWatcher): void {
    watcher.close()
    const folder = this.#folders.get(path)
    if (folder?.watcher === watcher) Object.assign(folder, { watcher: null, id: null })
  }

  #goWithout({ code }: NodeJS.ErrnoException): void {
    if (code !== 'ENOSPC' && code !== 'EMFILE') return
    this.#mayWatch = false
    const fix = 'Raise fs.inotify.max_user_watches and fs.inotify.max_user_instances.'
    this.#options.logger.warn(
      { code, fix },
      'the system gives no more news of files: they are looked at in turn',
    )
  }
}

/** `null` where there is no such folder. */
async function folderId(path: string): Promise<string | null> {
  try {
    const { dev, ino } = await stat(path, { bigint: true })
    return `${dev}:${ino}`
  } catch {
    return null
  }
}
