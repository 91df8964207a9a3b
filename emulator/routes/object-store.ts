/** Objects in memory: namespace → bucket → name → object. */

export interface StoredObject {
  content: Buffer
  contentType: string
  etag: string
  md5: string
  /** Milliseconds since 1970. */
  modified: number
}

interface Bucket {
  created: number
  objects: Map<string, StoredObject>
}

export class ObjectStore {
  readonly #namespaces = new Map<string, Map<string, Bucket>>()
  readonly #maxBytes: number
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** A bucket comes into being with its first object. False: there is no room, nothing changed. */
  put(namespace: string, bucketName: string, name: string, object: StoredObject): boolean {
    const old = this.get(namespace, bucketName, name)?.content.length ?? 0
    const bytes = this.#bytes - old + object.content.length
    if (bytes > this.#maxBytes) return false
    this.#bytes = bytes
    this.#bucket(namespace, bucketName, object.modified).objects.set(name, object)
    return true
  }

  get(namespace: string, bucketName: string, name: string): StoredObject | null {
    return this.#namespaces.get(namespace)?.get(bucketName)?.objects.get(name) ?? null
  }

  /** Names with the time of their making, in the order of their making. */
  buckets(namespace: string): { name: string; created: number }[] {
    const buckets = this.#namespaces.get(namespace) ?? new Map<string, Bucket>()
    return [...buckets].map(([name, { created }]) => ({ name, created }))
  }

  #bucket(namespace: string, name: string, now: number): Bucket {
    let buckets = this.#namespaces.get(namespace)
    if (buckets === undefined) this.#namespaces.set(namespace, (buckets = new Map()))
    let bucket = buckets.get(name)
    if (bucket === undefined) buckets.set(name, (bucket = { created: now, objects: new Map() }))
    return bucket
  }
}
