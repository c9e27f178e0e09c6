import { copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { currentVersion, migrate, migrations } from '#engine/runfile/migrations/migrate.ts'
import { openRunReader } from '#engine/runfile/reader.ts'
import { openRunWriter } from '#engine/runfile/writer.ts'
import { temporaryFolder } from './runFolder.ts'

const fixtures = join(import.meta.dirname, '../fixtures/run-file')

describe('migrations', () => {
  it('are numbered without gaps from 1', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_migration, index) => index + 1))
    expect(currentVersion).toBe(migrations.length)
  })

  it('run once each, in order, and one that fails leaves the version before it', () => {
    const database = new Database(':memory:')
    const create = { version: 1, sql: 'CREATE TABLE a (x)' }
    const broken = { version: 2, sql: 'CREATE TABLE b (x); INSERT INTO nowhere VALUES (1)' }
    expect(() => migrate(database, [create, broken])).toThrow('no such table: nowhere')
    expect(database.pragma('user_version', { simple: true })).toBe(1)
    expect(database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()).toBe(1)
    expect(migrate(database, [create, { version: 2, sql: 'CREATE TABLE b (x)' }])).toBe(2)
    expect(migrate(database, [create])).toBe(2)
  })
})

describe('a file of every released version', () => {
  const versions = readdirSync(fixtures).filter((name) => name.endsWith('.sqlite'))

  it('is kept here', () => {
    expect(versions.sort()).toEqual(migrations.map(({ version }) => `v${version}.sqlite`).sort())
  })

  it.each(versions)('%s is read, verified, continued and ended', (name) => {
    const folder = join(temporaryFolder(), 'run')
    mkdirSync(folder)
    copyFileSync(join(fixtures, name), join(folder, 'run.sqlite'))
    const reader = openRunReader(folder)
    expect(reader.state()).toMatchObject({
      id: 'fixture',
      name: 'a run of an older version',
      status: 'stopped',
      steps: 6000,
      attempts: 2,
      pointCount: 7001,
    })
    expect(reader.config()).toEqual({ learning_rate: 0.1, 'optimizer.nesterov': true })
    expect(reader.scalars('loss', { from: 4998, to: 5001 })).toEqual({
      steps: Float64Array.of(4998, 4999, 5000, 5001),
      values: Float64Array.of(4998, 4999, -5000, -5001),
    })
    expect([...reader.scalars('rare').values]).toEqual([-0])
    expect(reader.vectors('sketch')).toEqual({ steps: Float64Array.of(5), dimension: 2, values: Float64Array.of(1, 2) })
    expect(reader.verify()).toMatchObject({ isSound: true, findings: [] })

    const writer = openRunWriter(folder)
    writer.logScalars(6000, { loss: 1 }, 0)
    writer.finish('finished', '', 1)
    expect(reader.state()).toMatchObject({ status: 'finished', steps: 6001 })
    expect(reader.verify()).toMatchObject({ isSound: true, findings: [] })
    reader.close()
  })
})
