/**
 * `torch.autograd.profiler.record_function`: one replaceable function that hears of the ranges a profiler would show.
 */

/** Hears of the beginning and of the end of a range, by its label. */
export type RecordFunctionSink = (event: 'begin' | 'end', label: string) => void;

const nobody: RecordFunctionSink = () => {};

let sink: RecordFunctionSink = nobody;

/** Runs a body within a range of a label, which ends also where the body throws (clause HKS-21). */
export function record_function<T>(label: string, body: () => T): T {
  sink('begin', label);
  try {
    return body();
  } finally {
    sink('end', label);
  }
}

/** Replaces the sink and returns the one before; `undefined` restores the one that hears nothing. */
export function set_record_function_sink(next: RecordFunctionSink | undefined): RecordFunctionSink {
  const before = sink;
  sink = next ?? nobody;
  return before;
}
