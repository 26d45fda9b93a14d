import type { AwardKind, Classification, Counts, Day, FormCertainty, Id, RecordBatchInput } from '../contract.js';
import type { Path } from '../common/form-errors.js';
import { choiceOf, type BodyDraft } from './BodyChooser.js';
import { statedOf } from './CountFields.js';
import { inputOf, type LineDraft } from './lines.js';
import type { PositionBand } from '../words/labels.js';
import { whenOf, type WhenDraft } from './WhenField.js';

/** The form of a decision that exists on paper; field names are the API's, so that its refusals find their field. */
export interface RecordForm {
  kind: AwardKind;
  form: string | null;
  formCertainty: FormCertainty;
  type: string | null;
  campaign: string;
  reason: string;
  contests: string[];
  tier: string;
  conferring: BodyDraft[];
  conferringVerified: boolean;
  unit: string | null;
  proposing: string | null;
  presenting: BodyDraft | null;
  when: WhenDraft;
  decision: { number: string; symbol: string; date: Day | null };
  fileId: Id | null;
  source: string;
  stated: Partial<Counts>;
  positionBand: PositionBand | null;
  partOf: Id | null;
  classification: Classification;
  enteredFor: boolean;
  /** Not sent: asks for the next golden-book number of every line without one. */
  autoNumber: boolean;
}

export const RECORD_FIELDS: Path[] = [
  ...[
    'kind',
    'form',
    'formCertainty',
    'type',
    'campaign',
    'reason',
    'contests',
    'tier',
    'conferring',
    'unit',
    'proposing',
    'presenting',
    'when',
  ].map((name) => [name]),
  ...['fileId', 'source', 'positionBand', 'partOf', 'classification', 'enteredFor', 'conferringVerified'].map(
    (name) => [name],
  ),
  ...['number', 'symbol', 'date'].map((name) => ['decision', name]),
  ...['collectives', 'individuals', 'households', 'unsplit', 'women'].map((name) => ['stated', name]),
];

const textOrNull = (text: string | null | undefined): string | null => text?.trim() || null;

/** Recognitions and prizes carry no statutory form (glossary: tuyên dương, giải). */
export function hasForm(kind: AwardKind): boolean {
  return kind === 'AWARD' || kind === 'TITLE';
}

function decisionOf({ number, symbol, date }: RecordForm['decision']): RecordBatchInput['decision'] {
  const decision = { number: textOrNull(number), symbol: textOrNull(symbol), date: date ?? null };
  return decision.number || decision.symbol || decision.date ? decision : null;
}

/** What is sent; null while the form lacks something the API cannot do without. */
export function batchInputOf(
  values: RecordForm,
  lines: readonly LineDraft[],
  clientKey: string,
): RecordBatchInput | null {
  const when = whenOf(values.when);
  const conferring = values.conferring.map(choiceOf).filter((choice) => choice !== null);
  if (!when || !values.unit || conferring.length !== values.conferring.length) return null;
  const isPrize = values.kind === 'PRIZE';
  return {
    clientKey,
    kind: values.kind,
    form: hasForm(values.kind) ? values.form : null,
    formCertainty: hasForm(values.kind) ? values.formCertainty : 'STATED',
    type: values.type ?? null,
    campaign: textOrNull(values.campaign),
    reason: textOrNull(values.reason),
    ...(isPrize ? { contests: values.contests ?? [], tier: textOrNull(values.tier) } : {}),
    conferring,
    conferringVerified: values.conferringVerified,
    unit: values.unit,
    proposing: values.proposing ?? null,
    presenting: choiceOf(values.presenting),
    when,
    decision: decisionOf(values.decision),
    fileId: values.fileId ?? null,
    source: textOrNull(values.source),
    stated: statedOf(values.stated),
    ...(values.positionBand ? { positionBand: values.positionBand } : {}),
    lines: lines.map((line) => inputOf(line, values.autoNumber)),
    partOf: values.partOf ?? null,
    classification: values.classification,
    enteredFor: values.enteredFor,
  };
}

/** A key that makes a repeated sending harmless. `crypto.randomUUID` is missing on plain HTTP inside an office network. */
export function newClientKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
