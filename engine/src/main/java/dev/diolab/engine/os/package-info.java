/**
 * The operating system as diolab needs it: files opened with O_DIRECT, positioned transfers, and
 * the errors they end with. The only package that binds native functions; it knows Linux on x86-64
 * and arm64. Methods are named as in the man pages.
 */
@NullMarked
package dev.diolab.engine.os;

import org.jspecify.annotations.NullMarked;
