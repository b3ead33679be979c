/**
 * Python's exceptions, as far as PyTorch's optimizers raise them: `type` is Python's name, `message` is
 * `str(exception)` (clause ERR-1).
 */

/** The base of every exception that PyTorch's own code would raise. */
export class PythonError extends Error {
  /** Python's name of the exception type. */
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
    this.name = type;
  }
}

/** An operation that cannot be done in the present state. */
export class RuntimeError extends PythonError {
  constructor(message: string) {
    super('RuntimeError', message);
  }
}

/** A violated assumption of PyTorch's code. */
export class AssertionError extends PythonError {
  constructor(message: string) {
    super('AssertionError', message);
  }
}

/** A value outside its domain. */
export class ValueError extends PythonError {
  constructor(message: string) {
    super('ValueError', message);
  }
}

/** A value of the wrong type. Named as in Python; the global of the same name is JavaScript's. */
export class TypeError extends PythonError {
  constructor(message: string) {
    super('TypeError', message);
  }
}

/** An index past the end. */
export class IndexError extends PythonError {
  constructor(message: string) {
    super('IndexError', message);
  }
}

/** A missing dictionary key; the message is the key as Python prints it. */
export class KeyError extends PythonError {
  constructor(message: string) {
    super('KeyError', message);
  }
}
