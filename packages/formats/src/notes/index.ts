export { MAX_NOTES_BYTES, notesBox, placeOfNotes, readNotesBox } from './notes-box.ts'
