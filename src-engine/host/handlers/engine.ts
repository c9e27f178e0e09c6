import { runDoctor } from '#engine/doctor/runDoctor.ts'
import { ErgoscopeError } from '#shared/errors.ts'
import { protocolVersion } from '#shared/protocol.ts'
import type { HandlersOf } from '../handlers.ts'
import { ergoscopeVersion } from '#engine/installation/version.ts'

export function createEngineHandlers(): HandlersOf<'engine'> {
  return {
    'engine.hello': ({ protocolVersion: clientVersion }) => {
      if (clientVersion !== protocolVersion) {
        throw new ErgoscopeError(
          'bad-request',
          `This engine (${ergoscopeVersion}) speaks protocol ${protocolVersion}, the window speaks ${clientVersion}: install the same version on both sides`,
        )
      }
      return { protocolVersion, version: ergoscopeVersion, node: process.version, pid: process.pid }
    },
    'engine.ping': () => ({}),
    'engine.doctor': async (_request, { signal }) => ({ checks: await runDoctor({ signal }) }),
  }
}
