/** The part of OpenCV we call. Its own types lack the ChArUco classes, and would load three megabytes of declarations. */
export type Mat = {
  rows: number
  data: Uint8Array
  data32S: Int32Array
  data32F: Float32Array
  data64F: Float64Array
  delete: () => void
}
type MatVector = { push_back: (mat: Mat) => void; delete: () => void }
type Held = { delete: () => void }
type Detector = Held & { detectBoard: (picture: Mat, corners: Mat, ids: Mat) => void }

export type CV = {
  Mat: new (rows?: number, columns?: number, type?: number) => Mat
  MatVector: new () => MatVector
  Size: new (width: number, height: number) => unknown
  matFromArray: (rows: number, columns: number, type: number, values: readonly number[]) => Mat
  getPredefinedDictionary: (id: number) => Held
  aruco_CharucoBoard: new (
    size: unknown,
    square: number,
    marker: number,
    dictionary: unknown,
    ids: Mat,
  ) => Held
  aruco_CharucoParameters: new () => unknown
  aruco_DetectorParameters: new () => unknown
  aruco_RefineParameters: new (minRepDistance: number, errorRate: number, checkAllOrders: boolean) => unknown
  aruco_CharucoDetector: new (
    board: unknown,
    charuco: unknown,
    detector: unknown,
    refine: unknown,
  ) => Detector
  calibrateCameraExtended: (
    objects: MatVector,
    pictures: MatVector,
    size: unknown,
    matrix: Mat,
    distortion: Mat,
    turns: MatVector,
    moves: MatVector,
    inner: Mat,
    outer: Mat,
    perView: Mat,
  ) => number
  DICT_4X4_50: number
  CV_8UC1: number
  CV_32FC2: number
  CV_32FC3: number
}

export type LoadingCv = CV & { onRuntimeInitialized?: () => void }

/**
 * Waits until it can be called. It comes in a box: the library has a `then` that gives itself, so a promise of the bare
 * thing would never settle. For the same reason it is never the fruit of an `import()`.
 */
export function readyCv(loading: LoadingCv): Promise<{ cv: CV }> {
  return new Promise((resolve) => {
    if (typeof loading.Mat === 'function') resolve({ cv: loading })
    else loading.onRuntimeInitialized = () => resolve({ cv: loading })
  })
}
