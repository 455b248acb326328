package dev.diolab.engine.locking;

/** What the tests ask of a semaphore, so that one test runs on {@link RwSem} and on faulty ones. */
interface RwSemaphore {
  void lockShared();

  void unlockShared();

  void lockExclusive();

  void unlockExclusive();

  void downgrade();

  /** {@code sem} as it is. */
  static RwSemaphore of(RwSem sem) {
    return new RwSemaphore() {
      @Override
      public void lockShared() {
        sem.lockShared();
      }

      @Override
      public void unlockShared() {
        sem.unlockShared();
      }

      @Override
      public void lockExclusive() {
        sem.lockExclusive();
      }

      @Override
      public void unlockExclusive() {
        sem.unlockExclusive();
      }

      @Override
      public void downgrade() {
        sem.downgrade();
      }
    };
  }
}
