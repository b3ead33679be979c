/** The seconds of the fastest step of those taken in `time` seconds. */
export declare function fastest(step: () => void, time: number): number;
/** Answers every line of standard input, until it ends. */
export declare function serve(answer: (asked: any) => number | null | Promise<number | null>): Promise<void>;
