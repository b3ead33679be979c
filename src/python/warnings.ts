/**
 * Python's warnings: one replaceable function through which every warning of the port goes.
 */

/** The category of a warning, by Python's name. */
export type WarningCategory = 'UserWarning' | 'FutureWarning';

/** Receives a warning. */
export type WarningSink = (category: WarningCategory, message: string) => void;

const toConsole: WarningSink = (category, message) => console.warn(`${category}: ${message}`);

let sink: WarningSink = toConsole;

/** Hands a warning to the present sink: the console, unless `setWarningSink` chose another. */
export function warn(category: WarningCategory, message: string): void {
  sink(category, message);
}

/** Replaces the sink and returns the one before; `undefined` restores the console. */
export function setWarningSink(next: WarningSink | undefined): WarningSink {
  const before = sink;
  sink = next ?? toConsole;
  return before;
}
