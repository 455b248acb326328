package dev.diolab.engine.journal;

/**
 * What recovery found in the log and did.
 *
 * @param transactions transactions that were whole and are now on the image
 * @param lastTid id of the last of them, 0 when there was none
 * @param copies copies of blocks in these transactions
 * @param blocksWritten blocks written home: the newest copy of each block that is not revoked
 * @param copiesRevoked copies that a revoke record kept from being written
 */
public record RecoverySummary(
    int transactions, long lastTid, int copies, int blocksWritten, int copiesRevoked) {}
