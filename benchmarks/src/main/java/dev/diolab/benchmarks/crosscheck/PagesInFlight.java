package dev.diolab.benchmarks.crosscheck;

import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.engine.file.AioContext;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.Volume;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The requests of an audit: as many as may be in flight, each with its buffer, used again and
 * again.
 *
 * <p>Thread safety: one thread, which owns the context; callbacks come from any.
 */
final class PagesInFlight {
  private static final int PAGE_BYTES = Stamp.UNIT_BYTES;

  /** Every so many requests, one is told by a callback. */
  private static final int CALLED_BACK_EVERY = 8;

  private final AioContext context;
  private final DioFile file;
  private final AuditedPages contents;
  private final CompletionLedger ledger;
  private final IdentityHashMap<DioRequest, Slot> slots = new IdentityHashMap<>();
  private final List<Slot> calledBack = new ArrayList<>();
  private final Slot[] free;
  private int freeSlots;

  /** Requests in flight that are to be taken. */
  private int toTake;

  private int reads;
  private int firstWrites;

  PagesInFlight(
      Volume volume,
      AioContext context,
      DioFile file,
      AuditedPages contents,
      int requests,
      int depth) {
    this.context = context;
    this.file = file;
    this.contents = contents;
    this.ledger = new CompletionLedger(requests);
    this.free = new Slot[depth];
    for (int i = 0; i < depth; i++) {
      Slot slot = new Slot(volume.allocateBuffer(PAGE_BYTES));
      slots.put(slot.request, slot);
      free[freeSlots++] = slot;
      if (i % CALLED_BACK_EVERY == CALLED_BACK_EVERY - 1) {
        slot.isCalledBack = true;
        slot.request.onCompletion(done -> slot.arrive(ledger));
        calledBack.add(slot);
      }
    }
  }

  /** One request. */
  private static final class Slot {
    private final DioRequest request;
    private boolean isCalledBack;
    private boolean inFlight;
    private boolean isWrite;
    private int number;
    private int page;

    /** Set by the callback: the request is complete. */
    private volatile boolean arrived;

    Slot(MemorySegment buffer) {
      request = new DioRequest(buffer);
    }

    void arrive(CompletionLedger ledger) {
      ledger.complete(number);
      arrived = true;
    }
  }

  CompletionLedger ledger() {
    return ledger;
  }

  int reads() {
    return reads;
  }

  int firstWrites() {
    return firstWrites;
  }

  void flush() throws IOException {
    context.flush();
  }

  /** Submits request {@code number} to {@code page}, which is not busy; waits for a free place. */
  void submit(int number, int page, boolean isWrite) throws IOException {
    while (freeSlots == 0) {
      awaitOne();
    }
    Slot slot = free[--freeSlots];
    slot.inFlight = true;
    slot.isWrite = isWrite;
    slot.number = number;
    slot.page = page;
    slot.request.prepare(0, (long) page * PAGE_BYTES, PAGE_BYTES, false);
    toTake += slot.isCalledBack ? 0 : 1;
    if (isWrite) {
      firstWrites += contents.isUnwritten(page) ? 1 : 0;
      contents.writing(page, slot.request.buffer());
      context.write(file, slot.request);
    } else {
      reads++;
      contents.reading(page);
      context.read(file, slot.request);
    }
  }

  /** Waits until nothing is in flight. */
  void drain() throws IOException {
    while (freeSlots < free.length) {
      awaitOne();
    }
  }

  /** Waits until a place is free, or looks whether one is. */
  private void awaitOne() throws IOException {
    DioRequest done = toTake > 0 ? context.take() : context.poll();
    if (done != null) {
      take(done);
    } else {
      Thread.onSpinWait();
    }
    for (int i = 0; i < calledBack.size(); i++) {
      Slot slot = calledBack.get(i);
      if (slot.inFlight && slot.arrived) {
        slot.arrived = false;
        land(slot);
      }
    }
  }

  private void take(DioRequest done) throws IOException {
    Slot slot = slots.get(done);
    if (slot == null || slot.isCalledBack || !slot.inFlight) {
      throw new AssertionError("handed out a request that is not to be taken: " + done);
    }
    ledger.complete(slot.number);
    toTake--;
    land(slot);
  }

  private void land(Slot slot) {
    try {
      contents.complete(slot.page, slot.isWrite, slot.request.result(), slot.request.buffer());
    } catch (IOException e) {
      contents.failed(slot.page, e);
    }
    slot.inFlight = false;
    free[freeSlots++] = slot;
  }
}
