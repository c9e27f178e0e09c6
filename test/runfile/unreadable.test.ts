import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { currentVersion } from '#engine/runfile/migrations/migrate.ts'
import { queryRunFile } from '#engine/runfile/queryRunFile.ts'
import { openRunReader } from '#engine/runfile/reader.ts'
import { runFileApplicationId } from '#engine/runfile/runFileFormat.ts'
import { openRunWriter } from '#engine/runfile/writer.ts'
import { acquireWriterLock } from '#engine/runfile/writerLock.ts'
import { exportSeries } from '#engine/workspace/exportSeries.ts'
import { newRun, stepsUpTo, temporaryFolder } from './runFolder.ts'

/** A finished run, changed by SQL behind the program's back. */
function changedRun(sql: string): string {
  const writer = newRun()
  writer.logSeries('loss', stepsUpTo(10_000), stepsUpTo(10_000).map(Math.sqrt))
  writer.setConfig({ learning_rate: 0.1 })
  writer.logVector(3, 'sketch', Float64Array.of(1, 2), 0)
  writer.finish('finished', '', 1)
  const database = new Database(writer.file)
  database.exec(sql)
  database.close()
  return writer.file
}

function fileWith(content: string | Buffer): string {
  const file = join(temporaryFolder(), 'run.sqlite')
  writeFileSync(file, content)
  return file
}

function foreignDatabase(): string {
  const file = join(temporaryFolder(), 'run.sqlite')
  new Database(file).exec('CREATE TABLE run (id TEXT)').close()
  return file
}

describe('a file that is no sound run', () => {
  it.each([
    ['text', () => fileWith('step,loss\n0,1\n'.repeat(200)), 'is not a run file (not a SQLite database)'],
    ['nothing', () => fileWith(''), 'is a SQLite database, but not a run file'],
    ['another SQLite database', foreignDatabase, 'is a SQLite database, but not a run file'],
    [
      'our mark on an empty database',
      () => changedRun('DROP VIEW scalars; DROP VIEW scalars_of_every_attempt; DROP TABLE config'),
      'no table config',
    ],
    [
      'a view in place of a table',
      () => changedRun('DROP TABLE event; CREATE VIEW event AS SELECT 1'),
      'no table event',
    ],
    [
      'a virtual table in place of a table',
      () => changedRun('DROP TABLE event; CREATE VIRTUAL TABLE event USING fts5(message)'),
      'no table event',
    ],
    ['a status that nobody knows', () => changedRun(`UPDATE run SET status = 'levitating'`), 'has status "levitating"'],
    ['no run in it', () => changedRun('DELETE FROM run'), 'has no run'],
    [
      'a trap for a name',
      () => changedRun(`INSERT INTO config VALUES ('__proto__', 'string', 'x')`),
      'uses the name __proto__',
    ],
  ])('%s', (_what, make, message) => {
    const file = make()
    const read = (): unknown => {
      const reader = openRunReader(file)
      try {
        return [reader.state(), reader.config()]
      } finally {
        reader.close()
      }
    }
    expect(read).toThrow(expect.objectContaining({ code: 'unreadable-run', message: expect.stringContaining(message) }))
    expect(read).toThrow(/^[^\n]+$/)
  })

  it('cut off in the middle', () => {
    const file = changedRun('SELECT 1')
    truncateSync(file, readFileSync(file).length / 2)
    expect(() => openRunReader(file).scalars('loss')).toThrow(
      expect.objectContaining({ code: 'unreadable-run', message: expect.stringMatching(/malformed/) }),
    )
  })

  it('is not there', () => {
    const folder = temporaryFolder()
    expect(() => openRunReader(folder)).toThrow(
      expect.objectContaining({ code: 'not-found', message: `${join(folder, 'run.sqlite')} does not exist` }),
    )
  })

  it('went with its folder, for whoever reads, asks, locks or exports', async () => {
    const folder = join(temporaryFolder(), 'gone')
    const file = join(folder, 'run.sqlite')
    const noFile = expect.objectContaining({ code: 'not-found', message: `${file} does not exist` })
    const noFolder = expect.objectContaining({ code: 'not-found', message: `${folder} does not exist` })
    expect(() => openRunReader(file)).toThrow(noFile)
    expect(() => queryRunFile(file, 'SELECT 1')).toThrow(noFile)
    expect(() => acquireWriterLock(folder)).toThrow(noFolder)
    const request = { runIds: ['run'], format: 'csv' as const, path: join(folder, 'points.csv') }
    await expect(exportSeries([], request)).rejects.toEqual(noFolder)
  })

  it('is not written either', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'run.sqlite'), 'step,loss\n0,1\n'.repeat(200))
    expect(() => openRunWriter(folder)).toThrow(expect.objectContaining({ code: 'unreadable-run' }))
  })
})

describe('a file of a newer version', () => {
  it('is read, and never written', () => {
    const file = changedRun(`PRAGMA user_version = ${currentVersion + 1}; CREATE TABLE hologram (x)`)
    const reader = openRunReader(file)
    expect(reader.isNewer).toBe(true)
    expect(reader.scalars('loss').steps).toHaveLength(10_000)
    reader.close()
    expect(() => openRunWriter(join(file, '..'))).toThrow(
      expect.objectContaining({
        code: 'newer-run-file',
        message: expect.stringContaining(`has format ${currentVersion + 1}, this version writes ${currentVersion}`),
      }),
    )
  })
})

describe('a trigger or a view of a stranger', () => {
  it('does not run when a run is read', () => {
    const file = changedRun(`CREATE VIEW trap AS SELECT load_extension('/tmp/none')`)
    const reader = openRunReader(file)
    expect(reader.state().steps).toBe(10_000)
    reader.close()
  })
})

describe('verify', () => {
  it('finds a single changed bit of a value, which SQLite itself does not', () => {
    const file = changedRun('SELECT 1')
    const bytes = readFileSync(file)
    const value = Buffer.alloc(8)
    value.writeDoubleBE(Math.sqrt(4321))
    const position = bytes.indexOf(value)
    expect(position).toBeGreaterThan(0)
    bytes[position + 7] = (bytes[position + 7] ?? 0) ^ 1
    writeFileSync(file, bytes)
    expect(queryRunFile(file, 'PRAGMA integrity_check').rows).toEqual([['ok']])
    const reader = openRunReader(file)
    expect(reader.verify()).toMatchObject({
      isSound: false,
      findings: expect.arrayContaining([
        'scalar series "loss" (attempt 1) does not match its checksum: it was changed after the run ended',
      ]),
    })
    reader.close()
  })

  it.each([
    ['DELETE FROM point WHERE step = 77', 'scalar series "loss" (attempt 1) has 9999 rows instead of 10000'],
    ['INSERT INTO point VALUES (1, 2, 5, 1)', 'scalar series "loss" (attempt 2) was added after the run ended'],
    ['DELETE FROM vector', 'vector series "sketch" (attempt 1) is missing'],
    [
      `UPDATE vector SET components = zeroblob(16)`,
      'vector series "sketch" (attempt 1) does not match its checksum: it was changed after the run ended',
    ],
    ['UPDATE config SET value = 0.2', 'table config does not match its checksum: it was changed after the run ended'],
    ['UPDATE series_summary SET max = 7', 'the summary of scalar series "loss" (attempt 1) does not match its points'],
    [
      'UPDATE pyramid SET nodes = (SELECT nodes FROM pyramid ORDER BY first_step LIMIT 1)',
      'the pyramid of scalar series "loss" (attempt 1) does not match its points',
    ],
    ['PRAGMA foreign_keys = OFF; DELETE FROM metric WHERE id = 2', 'structure: 1 rows refer to rows that do not exist'],
  ])('finds what was changed: %s', (sql, finding) => {
    const reader = openRunReader(changedRun(sql))
    const { isSound, findings } = reader.verify()
    reader.close()
    expect(isSound).toBe(false)
    expect(findings).toContain(finding)
  })

  it('is content with a sound run, and with one that is still written', () => {
    const reader = openRunReader(changedRun('SELECT 1'))
    expect(reader.verify()).toEqual({ isSound: true, findings: [], checkedSeries: 2 })
    reader.close()
    const live = newRun()
    live.logSeries('loss', stepsUpTo(5000), stepsUpTo(5000))
    live.commit()
    expect(openRunReader(live.folder).verify()).toEqual({ isSound: true, findings: [], checkedSeries: 1 })
  })
})

describe('SQL on a run file', () => {
  it('answers a SELECT with columns and cells', () => {
    const file = changedRun('SELECT 1')
    expect(queryRunFile(file, `SELECT step, value FROM scalars WHERE metric = 'loss' AND step = 4`)).toEqual({
      columns: ['step', 'value'],
      rows: [[4, 2]],
    })
    expect(
      queryRunFile(join(file, '..'), `SELECT X'00FF' AS blob, NULL AS missing, 9007199254740993 AS big, 7 AS small`),
    ).toEqual({
      columns: ['blob', 'missing', 'big', 'small'],
      rows: [["X'00FF'", null, '9007199254740993', 7]],
    })
  })

  it.each([
    ['DELETE FROM point', 'only a SELECT is answered'],
    ['DELETE FROM point RETURNING step', 'only a SELECT is answered'],
    ['SELECT value FROM nowhere', 'no such table: nowhere'],
    ['SELECT 1; DELETE FROM point', 'more than one statement'],
  ])('changes nothing: %s', (statement, message) => {
    const file = changedRun('SELECT 1')
    expect(() => queryRunFile(file, statement)).toThrow(
      expect.objectContaining({ code: 'bad-request', message: expect.stringContaining(message) }),
    )
    expect(queryRunFile(file, 'SELECT count(*) FROM point').rows).toEqual([[10_000]])
  })
})

it('marks its files for tools like file(1)', () => {
  const file = changedRun('SELECT 1')
  expect(readFileSync(file).readUInt32BE(68)).toBe(runFileApplicationId)
  expect(readFileSync(file).subarray(68, 72).toString('latin1')).toBe('Ergo')
})
