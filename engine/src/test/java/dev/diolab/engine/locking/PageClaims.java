package dev.diolab.engine.locking;

/**
 * What the tests ask of placeholders, in pages, so that one test runs on {@link Placeholders} and
 * on faulty ones.
 *
 * @param <C> the claim of one request
 */
interface PageClaims<C> {
  C newClaim();

  void acquire(C claim, int firstPage, int pages);

  void release(C claim);

  void drainFrom(int page);

  /** {@code placeholders} as they are. */
  static PageClaims<Placeholders.Claim> of(Placeholders placeholders) {
    return new PageClaims<>() {
      @Override
      public Placeholders.Claim newClaim() {
        return new Placeholders.Claim();
      }

      @Override
      public void acquire(Placeholders.Claim claim, int firstPage, int pages) {
        placeholders.acquire(
            claim,
            (long) firstPage * Placeholders.PAGE_SIZE,
            (long) pages * Placeholders.PAGE_SIZE);
      }

      @Override
      public void release(Placeholders.Claim claim) {
        placeholders.release(claim);
      }

      @Override
      public void drainFrom(int page) {
        placeholders.drainFrom((long) page * Placeholders.PAGE_SIZE);
      }
    };
  }
}
