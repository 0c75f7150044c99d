package org.jkeepalived.config.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Lines in, statements out. Most cases were tried on keepalived 2.2.7, whose reading is the
 * expected one; {@code |} separates the lines of what comes out.
 */
final class ConfigurationParserTest {
  /**
   * A case.
   *
   * @param sameAsKeepalived false where 2.2.7 reads it in another way on purpose or by mistake
   */
  record Case(String about, String text, String expected, boolean sameAsKeepalived) {}

  static List<Case> cases() {
    return CASES;
  }

  private static Case of(String about, String text, String expected) {
    return new Case(about, text, expected, true);
  }

  /** A case that we read better than 2.2.7, or as later versions do. */
  private static Case better(String about, String text, String expected) {
    return new Case(about, text, expected, false);
  }

  private static final List<Case> CASES =
      List.of(
          of("comment", "a b # c\n! d\n  # e\nf!g", "a b|f"),
          of("comment in double quotes", "a \"b # c ! d\" # e", "a \"b # c ! d\""),
          of("single quotes do not hide a comment", "a 'b # c'", "a 'b"),
          of("escaped comment characters", "a\\#b c\\!d", "a#b c!d"),
          of("escaped backslash before a comment", "a\\\\#b", "a\\\\"),
          of("escape stays in quotes", "a \"b\\#c\"", "a \"b\\#c\""),
          of("escaped quote starts no quoted string for comments", "a \\\"b # c", "a \\\"b"),
          of("CRLF, tabs, form feeds", "a\tb\r\nc\fd\u000be\r\n", "a b|c d e"),
          better("byte order mark", "\uFEFFa b", "a b"),
          better("NUL ends a line", "a b\0 c\nd", "a b|d"),
          of("block", "a {\nb c\n}\nd", "a {|  b c|}|d"),
          of("brace on the next line", "a\n\n# x\n{\n  b\n}", "a {|  b|}"),
          of("block on one line", "a { b c }", "a {|  b c|}"),
          of("blocks without blanks", "a{b}c{d}", "a {|  b|}|c {|  d|}"),
          of("text behind braces", "a { b\nc } d\ne", "a {|  b|  c|}|d|e"),
          of("braces in quotes", "a \"{ b }\"", "a \"{ b }\""),
          of("braces in single quotes are braces", "a '{ b }'", "a ' {|  b|}|'"),
          of("ignored brace and its partner", "{\na {\nb\n}\n}\nc", "a {|  b|}|c"),
          of("two braces", "a {{\nb\n}\n}\nc", "a {|  b|}|c"),
          of("condition", "@main a\n@other b\n@^main c\n@^other d\n  @main\te", "a|d|e"),
          of("condition compares whole words", "@mai a\n@mainx b\n@ main c\n@^ d", "d"),
          of("condition behind a brace", "a { @main b\n@other c\n}", "a {|  b|}"),
          of("condition without a line", "@main\n@other\na", "a"),
          of("parameter", "$A=1\nx$A\nx${A}y $A z", "x1|x1y 1 z"),
          of(
              "parameter needs a blank behind it",
              "$A=1\nx$Ab x$A/ \"$A\" x$A-1",
              "x$Ab x$A/ \"$A\" x$A-1"),
          of("empty parameter", "$A=\nx${A}y $A z", "xy z"),
          of("value with blanks", "$A=  b  c  \nx${A}y", "xb cy"),
          of("definition needs its equals sign", "$A = 5", "$A = 5"),
          of("name cannot start with a digit", "$1A=5", "$1A=5"),
          of("undefined parameter stays", "a $B \"${B}\" c", "a $B \"${B}\" c"),
          better("undefined parameter in braces is no block", "a ${B} c", "a ${B} c"),
          of(
              "late replacement",
              "$A=10.2.${B}\n$B=0\n${A}.100/32\n$B=10\n${A}.100/32",
              "10.2.0.100/32|10.2.10.100/32"),
          of("replacement is textual", "$A=$\n$B=9\n$C={B}\n${A}{B} $${C} $$B", "9 9 $9"),
          of("value joins what follows", "$A=a\n$B=$A\nx$B ${B}x", "xa $Ax"),
          of("redefinition", "$A=1\nx {\n$A=2\n}\nx$A", "x {|}|x2"),
          better("condition in a parameter", "$IF=@other\n$IF a\n$IF=@main\n$IF b", "b"),
          of("conditional definition", "@main $P=240\n@other $P=200\np $P", "p 240"),
          of("definition behind a brace", "a { $A=1\nx${A}\n}", "a {|  x1|}"),
          of("braces in a value", "$A={\na $A b }", "a {|  b|}"),
          of("quotes in a value", "$A=\"b c\"\na $A", "a \"b c\""),
          of("comment behind a value", "$A=5 # c\nx${A}", "x5"),
          of(
              "lines in a value",
              "$A= \\\nb ${N} { \\\n  c \\\n}\n$N=1\n$A\n$N=2\n$A",
              "b 1 {|  c|}|b 2 {|  c|}"),
          of("first line behind the equals sign", "$A=b \\\nc\n$A", "b|c"),
          of(
              "lines join the line they are used on",
              "$A=\\\nb \\\nc\nuse $A\nuse ${A}",
              "use b|c|use b|c"),
          of("lines behind a brace", "$A=\\\nb {\\\n}\na { $A\nc }", "a {|  b {|  }|  c|}"),
          better("several lines only at the end", "$A=\\\nb \\\nc\nuse ${A} d", "use ${A} d"),
          of("a blank line ends a value", "$A=\\\nb \\\n\nc\n$A", "c|b"),
          better(
              "a blank line in a block does not",
              "$A=\\\nb { \\\n  c { \\\n  } \\\n\n  d \\\n\n\n}\ne\n$A",
              "e|b {|  c {|  }|  d|}"),
          of("but a definition does", "$A=\\\nb { \\\n\n$B=c \\\nd\n$A\n$B\n}", "b {|  c|  d|}"),
          of("comments in a value", "$A=\\\n# x\nb # y \\\n# z \\\nc # w\n$A", "b|c"),
          of("blanks behind the backslash", "$A=\\  \nb \\  \nc\n$A", "b|c"),
          of("backslash alone", "$A=\\\nb \\\n \\\nc\n$A", "b|c"),
          of("one line behind the backslash", "$A=\\\nb\nx${A}y", "xby"),
          of("end of file ends a value", "a\n$A=b \\", "a"),
          better("skipped definition takes its lines along", "@other $A=\\\nb \\\nc\nd", "d"),
          of(
              "conditions and definitions in lines",
              "$A=\\\n@main $R=3 \\\n@other $R=4 \\\nz$R\n$A",
              "z3"),
          of("nested lines", "$A=\\\nb\\\nc\n$B=\\\nd\\\n$A\\\ne\n$B", "d|b|c|e"),
          of("stray backslash", "a b \\\nc", "a b|c"),
          of("instance and directory", "a ${_INSTANCE} $_PWD ${_PWD}/x", "a blue /etc /etc/x"),
          of("own parameters win", "$_PWD=3\na ${_PWD}", "a 3"),
          of("hash and bang", "a x${_HASH}y ${_BANG} \"${_HASH}\" # c", "a x#y ! \"#\""),
          better(
              "environment",
              "a ${_ENV ADDRESS} ${_ENV EMPTY}x ${_ENV NESTED}",
              "a 192.0.2.7 x blue"),
          better("random", "a ${_RANDOM 5 5} ${_RANDOM  7  7 }", "a 5 7"),
          of("sequence", "~SEQ(I,1,3) a$I", "a1|a2|a3"),
          of(
              "sequence, end only",
              "~SEQ(I,2) a$I\n~SEQ(J,-2) b$J\n~SEQ(K,0) c$K",
              "a1|a2|b-1|b-2|c1|c0"),
          of("sequence, downwards", "~SEQ(I,3,1) a$I\n~SEQ(J,5,-2,0) b$J", "a3|a2|a1|b5|b3|b1"),
          of("sequence, step", "~SEQ(I,1,2,6) a$I", "a1|a3|a5"),
          of("sequence, blanks and bases", "~SEQ ( I , 010 , 0xA ) a$I", "a8|a9|a10"),
          of("hexadecimal sequence", "~SEQx(S,0x90,0x10,0xc0) :${S}:", ":90:|:a0:|:b0:|:c0:"),
          of("nested sequences", "~SEQ(I,1,2) ~SEQ(J,$I,2) ${I}-$J", "1-1|1-2|2-2"),
          of("parameters in a sequence", "$N=2\n~SEQ(I,1,${N}) a$I\n~SEQ(J,$N) b$J", "a1|a2|b1|b2"),
          of("sequence behind a brace", "a { ~SEQ(I,1,2) b$I\n}", "a {|  b1|  b2|}"),
          of(
              "sequence and condition",
              "~SEQ(I,1,2) @main a$I\n@main ~SEQ(J,1,2) b$J\n@x ~SEQ(K,9) c",
              "a1|a2|b1|b2"),
          of("sequence defines parameters", "~SEQ(I,1,2) $Q${I}=x$I\n$Q1 ${Q2}", "x1 x2"),
          of("sequence variable stays", "~SEQ(I,1,2) a$I\nb$I\n~SEQ(I,5,6) c$I", "a1|a2|b2|c5|c6"),
          of(
              "sequence in a parameter",
              "$A=~SEQ(I,1,2)\n$A a$I\n$B=\\\nx\\\n$A b$I\\\ny\n$B",
              "a1|a2|x|b1|b2|y"),
          of("sequence of several lines", "$A=\\\nb$I {\\\n}\n~SEQ(I,1,2) $A", "b1 {|}|b2 {|}"),
          of("sequence without a line", "~SEQ(I,1,2)\na", "a"),
          of("sequence in the middle is none", "a ~SEQ(I,1,2) b", "a ~SEQ(I,1,2) b"),
          of("list", "~LST(I, b, c) a$I\n~LST(J,,x) d${J}e", "ab|ac|de|dxe"),
          of("list of groups", "~LST({I,J},{1,2}, {3,4}) ${I}-$J", "1-2|3-4"),
          of("missing values are empty", "~LST({I,J},{1},2) ${I}-${J}.", "1-.|2-."),
          of(
              "list and sequence",
              "~LST({A, B}, {10,1},{20,4}) ~SEQ(C,168,2,172) 192.${C}.${A}.${B}",
              "192.168.10.1|192.170.10.1|192.172.10.1|192.168.20.4|192.170.20.4|192.172.20.4"),
          of("included by a list", "~LST(F,a,b) include none-${F}\nx", "x"),
          of("words and quotes", "a b\"c d\"e \"\" f", "a b\"c d\"e \"\" f"));

  @TestFactory
  List<DynamicTest> statements() {
    return CASES.stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.about(),
                    () -> {
                      String expected =
                          each.expected() == null ? "x$Ab x$A/ \"$A\" x$A-1" : each.expected();
                      String printed = TreePrinter.print(Parsing.parse(each.text()));
                      assertEquals(each.expected(), printed.strip().replace("\n", "|"));
                    }))
        .toList();
  }
}
