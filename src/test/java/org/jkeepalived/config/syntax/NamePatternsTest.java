package org.jkeepalived.config.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Braces and wildcards in the names of include statements. */
final class NamePatternsTest {
  private static void assertExpands(String pattern, String... names) {
    assertEquals(Optional.of(List.of(names)), Braces.expand(pattern));
  }

  @Test
  void braces() {
    assertExpands("a", "a");
    assertExpands("{foo/{,cat,dog},bar}", "foo/", "foo/cat", "foo/dog", "bar");
    assertExpands("x{a,b}y{c,d}", "xayc", "xayd", "xbyc", "xbyd");
    assertExpands("{a}", "a");
    assertExpands("{}", "{}");
    assertExpands("{a,b", "{a,b");
    assertExpands("a}{b,c}", "a}b", "a}c");
    assertExpands("{,}", "", "");
    assertExpands("", "");
    assertEquals(Optional.empty(), Braces.expand("{a,b}".repeat(11)));
  }

  @Test
  void wildcards() {
    assertTrue(Wildcards.match("*", "abc"));
    assertTrue(Wildcards.match("a*c*", "abcd"));
    assertTrue(Wildcards.match("a?c", "abc"));
    assertTrue(Wildcards.match("[]a]", "]"));
    assertTrue(Wildcards.match("[a-cx]z", "bz"));
    assertTrue(Wildcards.match("[!a-c]", "d"));
    assertTrue(Wildcards.match("[^a-c]", "d"));
    assertTrue(Wildcards.match("a[", "a["));
    assertTrue(Wildcards.match("\\*", "*"));
    assertTrue(Wildcards.match("", ""));
    assertFalse(Wildcards.match("*", ".abc"));
    assertFalse(Wildcards.match("a*c", "abcd"));
    assertFalse(Wildcards.match("?", ""));
    assertFalse(Wildcards.match("[!a-c]", "b"));
    assertFalse(Wildcards.match("\\*", "a"));
    assertFalse(Wildcards.match("*a*a*a*a*a*b", "a".repeat(200)));
  }
}
