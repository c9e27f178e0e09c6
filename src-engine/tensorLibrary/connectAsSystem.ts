import { setGlobalProxyFromEnv } from 'node:http'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'

/**
 * From here on the connections of this process trust the certificates of the system's store beside Node's own, and go through the proxies that the environment names
 * (HTTP_PROXY, HTTPS_PROXY, NO_PROXY), as those of pip do. Throws when such a variable holds no address.
 */
export function connectAsSystem(): void {
  setDefaultCACertificates([...new Set([...getCACertificates('default'), ...getCACertificates('system')])])
  setGlobalProxyFromEnv()
}
