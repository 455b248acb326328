package dev.diolab.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class TransactionTest {
  @Test
  void aTransactionThatOnlyBringsBlocksHomeIsNotEmpty() throws IOException {
    MetaBlock block = JournalWorld.fresh(64).block(3);
    Transaction transaction = new Transaction(1, new LogArea(1, 64, JournalWorld.BLOCK_SIZE));
    assertThat(transaction.isIdle()).isTrue();
    transaction.join(block);
    block.goesHome = true;

    transaction.bringHome(any -> true);

    assertThat(transaction.broughtHome()).containsExactly(block);
    assertThat(transaction.joined()).isEmpty();
    assertThat(transaction.isIdle()).as("whoever waits for it would not wait").isFalse();
  }
}
