import { bringBack, type Check, works } from './check.ts'

const neededMajor = 24

/** Node 24 runs TypeScript as it is and has what the store needs. */
export const checkNode: Check = () => {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= neededMajor) return works('node', 'Node', `${process.version} on ${process.platform} ${process.arch}`)
  return {
    id: 'node',
    title: 'Node',
    status: 'limited',
    detail: `${process.version}, but the engine is made for Node ${neededMajor}`,
    ...bringBack('The right Node comes with the program', 'npm start'),
  }
}
