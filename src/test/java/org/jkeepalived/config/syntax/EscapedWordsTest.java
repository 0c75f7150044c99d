package org.jkeepalived.config.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What follows a keyword that names a script, word by word, as keepalived 2.2.7 took it. */
final class EscapedWordsTest {
  /** The words, the escapes of what cannot be seen written in Java's way, or the error. */
  private record Case(String text, List<String> words) {}

  private static Case of(String text, String... words) {
    return new Case(text, List.of(words));
  }

  private static final List<Case> CASES =
      List.of(
          of("/bin/x root", "/bin/x", "root"),
          of("\"/bin/x a b\" root", "/bin/x a b", "root"),
          of("'/bin/x \"a b\" c' root", "/bin/x \"a b\" c", "root"),
          of("/bin/x\" a b\"\" c\" d", "/bin/x a b c", "d"),
          of("\"/bin/x a\"'b c'", "/bin/x ab c"),
          of("/bin/x\\ a b", "/bin/x a", "b"),
          of("\"a \\\"b\\\" c\"", "a \"b\" c"),
          of("'it\\'s'", "it's"),
          of("\"it's\"", "it's"),
          of("\"\" '' a", "", "", "a"),
          of("a\\\\b \\q", "a\\b", "q"),
          of("\"\\a\\b\\E\\e\\f\\n\\r\\t\\v\"", "\u0007\b\u001be\f\n\r\t\u000b"),
          of("\\101B \\1012 \\08x \\8", "AB", "A2", "", "8"),
          // 2.2 takes as many hexadecimal digits as there are; its successor's manual says two
          of("\\x41 \\x4142 \\x4g \\xg \\x", "A", "A42", "\u0004g", "xg", "x"),
          of("\\cA \\cz \\c[ \\c1 \\c", "\u0001", "\u001a", "\u001b", "\u0011", "c"),
          of("a\\0b \\400", "a", ""),
          of("'\\x41' '\\n'", "A", "\n"));

  @TestFactory
  List<DynamicTest> words() {
    return CASES.stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.text(),
                    () -> {
                      EscapedWords words = only("k " + each.text()).escapedWords();
                      assertEquals(
                          each.words(), words.words().stream().skip(1).map(Token::text).toList());
                    }))
        .toList();
  }

  private static Statement only(String line) {
    return Parsing.parse(line).statements().get(0);
  }

  @Test
  void errors() {
    assertEquals(
        "String 'k 'a b': missing terminating '",
        only("k 'a b").escapedWords().error().orElseThrow());
    assertEquals(
        "String 'k \"a b': missing terminating \"",
        only("k \"a b").escapedWords().error().orElseThrow());
    assertEquals(
        "Missing escape char at end: 'k a\\'", only("k a\\").escapedWords().error().orElseThrow());
  }

  @Test
  void placesOfWordsOnALine() {
    assertEquals(
        List.of("2-3", "4-9", "11-18"),
        only("  k 'a b' \t\"c\\x20\" # d").escapedWords().words().stream()
            .map(word -> word.startColumn() + "-" + word.endColumn())
            .toList()
            .subList(0, 3));
  }

  @Test
  void wordsOfAParameterStandWhereItIsUsed() {
    List<Token> words = only("$A='b c'\nk $A d").escapedWords().words();
    assertEquals(List.of("k", "b c", "d"), words.stream().map(Token::text).toList());
    assertEquals(List.of(2, 2, 2), words.stream().map(word -> word.line().number()).toList());
  }

  @Test
  void aCommandIsSplitASecondTime() {
    // keepalived.conf(5) 2.4, "Quoted strings"; 2.2 undid escapes twice
    String line =
        "notify_master \"/bin/x ' spaces\\\\x20f\\x69le ' '\\\"s p a c e \\\"' ${SG}.$I master\" root";
    SyntaxTree tree = Parsing.parse("$SG=SG1\n$I=low\n" + line);
    EscapedWords words = tree.statements().get(0).escapedWords();
    assertEquals(
        "/bin/x ' spaces\\x20file ' '\"s p a c e \"' SG1.low master", words.words().get(1).text());
    assertEquals(
        List.of("/bin/x", " spaces\\x20file ", "\"s p a c e \"", "SG1.low", "master"),
        texts(words.inside(1)));
  }

  @Test
  void whatWasEscapedNeitherQuotesNorSeparates() {
    assertEquals(List.of("/bin/x", "don't"), command("\"/bin/x don\\'t\""));
    assertEquals(
        List.of("/bin/x", "\"q", "r\"", "tab\tx", "\\101"),
        command("\"/bin/x \\\"q r\\\" tab\\tx \\\\101\""));
    assertEquals(List.of("/bin/x", "q r"), command("'/bin/x \"q r\"'"));
  }

  private static List<String> command(String written) {
    return texts(only("k " + written).escapedWords().inside(1));
  }

  private static List<String> texts(EscapedWords words) {
    return words.words().stream().map(Token::text).toList();
  }
}
