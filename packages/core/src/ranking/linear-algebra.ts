import { assert } from '../kit/index.ts'

/** Symmetric positive definite matrices, row by row in one array of size². Everything works in place. */

/** Turns a matrix into its Cholesky factor, in the lower triangle. A matrix that has none is our mistake. */
export function factorise(matrix: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    const from = row * size
    for (let column = 0; column <= row; column++) {
      const other = column * size
      let sum = matrix[from + column]!
      for (let at = 0; at < column; at++) sum -= matrix[from + at]! * matrix[other + at]!
      if (column < row) matrix[from + column] = sum / matrix[other + column]!
      else {
        assert(sum > 0, 'a matrix of information is positive definite')
        matrix[from + row] = Math.sqrt(sum)
      }
    }
  }
}

/** Solves for `values` with a factor, in place. */
export function solve(factor: Float64Array, size: number, values: Float64Array): void {
  for (let row = 0; row < size; row++) {
    let sum = values[row]!
    for (let at = 0; at < row; at++) sum -= factor[row * size + at]! * values[at]!
    values[row] = sum / factor[row * size + row]!
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = values[row]!
    for (let at = row + 1; at < size; at++) sum -= factor[at * size + row]! * values[at]!
    values[row] = sum / factor[row * size + row]!
  }
}

/** The whole inverse from a factor, as a new matrix. */
export function inverseOf(factor: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size)
  const column = new Float64Array(size)
  for (let at = 0; at < size; at++) {
    column.fill(0)
    column[at] = 1
    solve(factor, size, column)
    inverse.set(column, at * size)
  }
  return inverse
}
