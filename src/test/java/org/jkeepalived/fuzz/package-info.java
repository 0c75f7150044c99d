/**
 * Fuzzing: a search for inputs that a parser cannot stand, led by the code that they reach.
 *
 * <p>Whatever is read from outside has a target, a class {@code …Fuzz} beside its parser. A target
 * asserts more than that nothing is thrown: what comes out is bounded by what went in, and what the
 * rest of the daemon counts on holds. Small real samples, and later what was found, lie under
 * {@code src/test/resources} in a directory that is named after class and method.
 *
 * <pre>
 * packaging/fuzz 20              every target, for 20 minutes altogether
 * packaging/fuzz 5 packet        one of them
 * mvn test -Dtest=ReplayTest     the seeds and findings of all, as in every run of the tests
 * </pre>
 *
 * <p>The fuzzer is Jazzer. {@link org.jkeepalived.fuzz.ReplayTest} does without it: in a run of the
 * tests its agent would change the classes of all other tests, and let none run beside its own.
 */
package org.jkeepalived.fuzz;
