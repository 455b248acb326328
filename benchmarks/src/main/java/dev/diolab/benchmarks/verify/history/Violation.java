package dev.diolab.benchmarks.verify.history;

/**
 * Something that a claim does not allow.
 *
 * @param claim what is broken
 * @param message where, what was found, and why it must not be
 */
public record Violation(Claim claim, String message) {}
