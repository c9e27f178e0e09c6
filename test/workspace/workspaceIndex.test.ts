import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { WorkspaceIndex } from '#engine/workspace/workspaceIndex.ts'
import { temporaryFolder } from '../runfile/runFolder.ts'

const verdict = { id: 'drifting', summary: 's', detail: 'd', weakestLink: null }

function indexIn(folder: string): WorkspaceIndex {
  const index = new WorkspaceIndex(folder, false)
  onTestFinished(() => index.close())
  return index
}

function verdictsIn(folder: string): string[] {
  return [...indexIn(folder).verdicts().keys()].toSorted()
}

const save = (index: WorkspaceIndex, runId: string): void =>
  index.saveDiagnosis(runId, 'key', { content: Uint8Array.of(1), verdict, computedAtMs: 1 }, 3)

async function ask(child: ChildProcess, message: object): Promise<void> {
  const answer = once(child, 'message')
  child.send(message)
  await answer
}

it('keeps what each of several processes puts in, also where all find it missing or damaged at once', async () => {
  const root = temporaryFolder()
  const children = ['a', 'b', 'c', 'd'].map((id) => fork(join(import.meta.dirname, 'workers', 'indexWriter.ts'), [id]))
  onTestFinished(() => children.forEach((child) => void child.kill()))
  await Promise.all(children.map((child) => once(child, 'message')))
  for (let round = 0; round < 30; round += 1) {
    const folder = join(root, String(round))
    mkdirSync(folder)
    if (round > 4) writeFileSync(join(folder, 'index.sqlite'), 'damaged'.repeat(1000))
    const atMs = Date.now() + 10
    await Promise.all(children.map((child) => ask(child, { folder, atMs })))
    expect(verdictsIn(folder)).toEqual(['a', 'b', 'c', 'd'])
    expect(readdirSync(folder)).not.toContain('index.lock')
  }
})

it('that another process has made anew is the one that counts', () => {
  const folder = temporaryFolder()
  const first = indexIn(folder)
  for (const name of readdirSync(folder)) rmSync(join(folder, name))
  save(indexIn(folder), 'other')
  save(first, 'first')
  expect(verdictsIn(folder)).toEqual(['first', 'other'])
})
