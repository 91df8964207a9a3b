/** Starts the emulator for a command: its own faults become errors of this program. */
import { runEmulator, type RunEmulatorOptions, type RunningEmulator } from '../../emulator/index.ts'
import { OciProfilesError } from '../errors.ts'

/** Rejects with PORT_IN_USE, ADDRESS_UNAVAILABLE, or USAGE for a folder that belongs to somebody else. */
export async function startEmulator(options: RunEmulatorOptions): Promise<RunningEmulator> {
  try {
    return await runEmulator(options)
  } catch (error) {
    throw translate(error, options)
  }
}

function translate(error: unknown, { port, dir }: RunEmulatorOptions): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  // What has a path is of the folder, whatever the system has against it.
  if ('path' in error) return folderError(dir, error)
  switch (error.code) {
    case 'EADDRINUSE':
      return new OciProfilesError('PORT_IN_USE', `Port ${port} is taken`, { cause: error })
    case 'EACCES':
    case 'EPERM':
      return addressError(port, error)
    default:
      return error
  }
}

function addressError(port: number | undefined, cause: Error): OciProfilesError {
  const fix = 'Choose a port above 1023.'
  return new OciProfilesError('ADDRESS_UNAVAILABLE', `This user may not listen on port ${port}`, {
    fix,
    cause,
  })
}

function folderError(dir: string, cause: Error): OciProfilesError {
  return new OciProfilesError('USAGE', `${dir} cannot be used: ${cause.message}`, {
    fix: 'Name another folder with --dir, or none for a temporary one.',
    cause,
  })
}
