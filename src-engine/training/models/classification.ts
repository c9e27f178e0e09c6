/** Index of the largest of each row's `classCount` logits, compared with its label. NaN logits are never right. */
export function countCorrect(logits: Float32Array, labels: Int32Array, classCount: number): number {
  let correct = 0
  for (let row = 0; row < labels.length; row += 1) {
    let best = -1
    let highest = Number.NEGATIVE_INFINITY
    for (let label = 0; label < classCount; label += 1) {
      const score = logits[row * classCount + label] ?? Number.NaN
      if (score > highest) {
        highest = score
        best = label
      }
    }
    if (best === labels[row]) correct += 1
  }
  return correct
}

/** Sum over rows of −log softmax(logits)[label], nats, in double precision and shifted by the largest logit so that nothing overflows. */
export function sumCrossEntropy(logits: Float32Array, labels: Int32Array, classCount: number): number {
  let total = 0
  for (let row = 0; row < labels.length; row += 1) {
    const scores = logits.subarray(row * classCount, (row + 1) * classCount)
    const highest = scores.reduce((largest, score) => Math.max(largest, score), Number.NEGATIVE_INFINITY)
    let sum = 0
    for (const score of scores) sum += Math.exp(score - highest)
    total += highest + Math.log(sum) - (scores[labels[row] ?? 0] ?? Number.NaN)
  }
  return total
}
