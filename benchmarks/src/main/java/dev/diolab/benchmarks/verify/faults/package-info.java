/**
 * Fault injection: an error of the device or of the allocator in each phase of a request, for every
 * strategy and policy, judged by what the request reports and what the files hold afterwards.
 */
@NullMarked
package dev.diolab.benchmarks.verify.faults;

import org.jspecify.annotations.NullMarked;
