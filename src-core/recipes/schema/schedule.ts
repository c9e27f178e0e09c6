import { z } from 'zod'

export const scheduleSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z
        .literal('constant')
        .meta({ title: 'Constant', description: 'The learning rate never changes: one segment.' }),
    }),
    z.strictObject({
      kind: z.literal('steps').meta({
        title: 'Steps',
        description: 'Multiplied by the factor at each milestone: one segment between two milestones.',
      }),
      milestones: z
        .array(z.number().gt(0))
        .min(1)
        .max(32)
        .meta({
          title: 'Milestones',
          description:
            'Where the learning rate changes, ascending, in the unit of the length: epochs where `epochs` is given, else steps.',
          examples: [[50, 100]],
        }),
      factor: z
        .number()
        .gt(0)
        .max(10)
        .default(0.1)
        .meta({ title: 'Factor', description: 'Multiplies the learning rate at each milestone.' }),
    }),
    z.strictObject({
      kind: z.literal('cosine').meta({
        title: 'Cosine',
        description:
          'Falls along half a cosine from the first to the last step: it changes at every step, so no segment has a constant learning rate.',
      }),
      final_share: z
        .number()
        .min(0)
        .max(1)
        .default(0)
        .meta({ title: 'Final share', description: 'Learning rate after the last step as a share of the first.' }),
    }),
  ])
  .default({ kind: 'constant' })
  .meta({ title: 'Schedule', description: 'How the learning rate changes over the run.' })
