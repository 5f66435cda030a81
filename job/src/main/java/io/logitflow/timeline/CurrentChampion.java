package io.logitflow.timeline;

/**
 * What the alias of the champion says now.
 *
 * @param version the champion
 * @param since wall-clock time in ms since the epoch at which it became that
 * @param previous the champion before, if that is known; {@link Reign#NOBODY_KNOWN}
 * @param by who moved the alias
 * @param reason why
 */
public record CurrentChampion(long version, long since, long previous, String by, String reason) {}
