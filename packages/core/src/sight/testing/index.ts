export type { Colours, Rgb, SheetStyle } from './drawn-sheet.ts'
export { blankSheet, drawnSheet, isScreenStyle, SHEET_STYLES } from './drawn-sheet.ts'
export type { Placing } from './place-sheet.ts'
export { placeSheet } from './place-sheet.ts'
