package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.lvs.TlsFiles;

/** {@code SSL}: what checks over TLS show of this machine. */
final class SslKeywords {

  /** The catalogue's name for its block. */
  static final String PATH = "SSL";

  private SslKeywords() {}

  /** What has been read of one block. */
  static final class SslDraft implements Draft {
    private Optional<String> authority = Optional.empty();
    private Optional<String> certificate = Optional.empty();
    private Optional<String> key = Optional.empty();
    private Optional<String> password = Optional.empty();

    @Override
    public String name() {
      return "";
    }

    TlsFiles complete() {
      return new TlsFiles(authority, certificate, key, password);
    }
  }

  /** Made when the first such block is read. */
  private static final class Inside {
    private static final Block<SslDraft> BLOCK =
        new Block<>(
            PATH,
            List.of(
                word("password", "password", d -> d.password, (d, text) -> d.password = text)
                    .doc("the password of the key"),
                word("ca", "cafile", d -> d.authority, (d, text) -> d.authority = text)
                    .doc(
                        "the file with authorities; as with keepalived nothing is verified against it"),
                word(
                        "certificate",
                        "certfile",
                        d -> d.certificate,
                        (d, text) -> d.certificate = text)
                    .doc("the file with our own certificate"),
                word("key", "keyfile", d -> d.key, (d, text) -> d.key = text)
                    .doc("the file with the certificate's key")));
  }

  static final Keyword<GlobalDraft> KEYWORD =
      Keyword.<GlobalDraft>custom(PATH, Arity.BLOCK, Values.NONE, SslKeywords::read)
          .opensWhenAsked(() -> Inside.BLOCK)
          .doc("what checks over TLS show of this machine");

  private static void read(Statement statement, GlobalDraft globals, GrammarReport report) {
    if (globals.director.tls.isPresent()) {
      report.warn(
          statement.keyword(), "duplicate-ssl", "SSL context already specified - replacing");
    }
    SslDraft draft = new SslDraft();
    statement.block().ifPresent(b -> Inside.BLOCK.read(b.statements(), draft, report));
    globals.director.tls = Optional.of(draft);
  }

  /**
   * A keyword with one word behind it.
   *
   * @param called what messages call it
   */
  private static Keyword<SslDraft> word(
      String name,
      String called,
      Function<SslDraft, Optional<String>> get,
      BiConsumer<SslDraft, Optional<String>> set) {
    return Keyword.custom(
        name,
        Arity.OPTIONAL,
        "STRING",
        (statement, draft, report) -> {
          if (statement.arguments().isEmpty()) {
            report.warn(statement.keyword(), "missing-parameter", "SSL " + called + " missing");
            return;
          }
          Token word = statement.arguments().get(0);
          if (get.apply(draft).isPresent()) {
            report.warn(word, "duplicate-ssl", "SSL " + called + " already specified - replacing");
          }
          set.accept(draft, Optional.of(word.text()));
        });
  }
}
