/** When the cluster of an emulator starts and stops: once, when asked for, and never after the emulator. */
import { startCluster, type OkeOptions, type OkeTokenService } from './cluster.ts'
import { openDoor, type Door } from './door.ts'
import { serveWith, type Setting } from './handle-request.ts'

export class ClusterStart {
  readonly #setting: Setting
  readonly #host: string
  #starting: Promise<OkeTokenService> | null = null
  #door: Door | null = null
  service: OkeTokenService | null = null

  constructor(setting: Setting, host: string) {
    this.#setting = setting
    this.#host = host
  }

  /** Rejects with Node's own error when the port is taken, and with an AbortError when the emulator has closed. */
  async start(options: OkeOptions): Promise<OkeTokenService> {
    this.#starting ??= this.#start(options)
    try {
      return await this.#starting
    } catch (error) {
      this.#starting = null
      throw error
    }
  }

  async close(): Promise<void> {
    await this.#starting?.catch(() => {})
    await this.#door?.close()
  }

  async #start({ port = 0, host = this.#host, enhanced = true }: OkeOptions) {
    const { world, now, closing } = this.#setting
    const service = await startCluster({ host, now }, async (tls, accounts) => {
      closing.throwIfAborted()
      const cluster = { accounts, enhanced }
      const setting: Setting = {
        ...this.#setting,
        services: ['oke'],
        world: { ...world, cluster },
      }
      this.#door = await openDoor({ port, host, tls, serve: serveWith(setting) })
      return this.#door
    })
    this.service = service
    return service
  }
}
