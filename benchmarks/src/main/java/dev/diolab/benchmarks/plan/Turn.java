package dev.diolab.benchmarks.plan;

/**
 * One cell in one round: what one forked JVM measures.
 *
 * @param cell the cell
 * @param round counts from 1
 */
public record Turn(CellPlan cell, int round) {}
