// A run's writer that goes on until it is killed; after every commit it prints how many points are acknowledged. Arguments: folder, points per commit.
import { writeSync } from 'node:fs'
import { createRun } from '#engine/runfile/writer.ts'

const [folder = '', pointsPerCommit = '1'] = process.argv.slice(2)
const writer = createRun(folder, {
  id: 'killed',
  name: 'killed',
  group: null,
  tags: [],
  notes: '',
  source: 'logged',
  seed: null,
  createdAtMs: Date.now(),
  host: 'here',
  versions: {},
  plannedSteps: null,
  recipeYaml: null,
})
writer.setStatus('running', '', Date.now())
for (let step = 0; ; step += 1) {
  writer.logScalars(step, { loss: Math.sin(step), step: -step }, step)
  if ((step + 1) % Number(pointsPerCommit) !== 0) continue
  writer.commit()
  writeSync(1, `${step + 1}\n`)
}
