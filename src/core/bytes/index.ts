export type { ArchiveEntry } from './entry.ts';
export { gunzip, type ByteReport, type Gunzip } from './gzip.ts';
export { useInflater } from './inflater.ts';
export { BudgetError, InflationBudget, LimitError } from './limits.ts';
export { sniffBytes, SNIFF_BYTES, type ByteKind, type ByteSniff } from './sniff.ts';
export { memorySource, readThrough } from './source.ts';
export { ByteStream } from './stream.ts';
export { readTar } from './tar.ts';
export { readZip } from './zip.ts';
