export { CompareAsk, type CompareDraft } from './CompareAsk.tsx'
