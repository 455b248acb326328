package dev.diolab.engine.locking;

/** What the tests ask of a count, so that one test runs on {@link DioCount} and on faulty ones. */
interface InFlight {
  void begin();

  void end();

  void drain();

  /** {@code count} as it is. */
  static InFlight of(DioCount count) {
    return new InFlight() {
      @Override
      public void begin() {
        count.begin();
      }

      @Override
      public void end() {
        count.end();
      }

      @Override
      public void drain() {
        count.drain();
      }
    };
  }
}
