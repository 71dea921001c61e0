/** A place in a call, for error messages: `addJob(options.retry.count)`. */
export class Place {
  private readonly call: string;
  private readonly path: string;

  /**
   * @param call the function that the user called.
   * @param path the argument, such as `options`.
   */
  constructor(call: string, path: string) {
    this.call = call;
    this.path = path;
  }

  /** A field of the value at this place. */
  field(name: string): Place {
    return new Place(this.call, `${this.path}.${name}`);
  }

  toString(): string {
    return `${this.call}(${this.path})`;
  }
}
