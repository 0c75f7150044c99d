package org.jkeepalived.host.notify.mail;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.net.smtp.AuthenticatingSMTPClient.AUTH_METHOD;

/**
 * What a server offers in its answer to EHLO.
 *
 * @param startTls RFC 3207
 * @param mechanisms the ways to log in, RFC 4954, in capitals
 */
record SmtpExtensions(boolean startTls, Set<String> mechanisms) {

  /** Those that keep a password from whoever listens come first where somebody can. */
  private static final List<AUTH_METHOD> UNPROTECTED =
      List.of(AUTH_METHOD.CRAM_MD5, AUTH_METHOD.PLAIN, AUTH_METHOD.LOGIN);

  private static final List<AUTH_METHOD> PROTECTED =
      List.of(AUTH_METHOD.PLAIN, AUTH_METHOD.LOGIN, AUTH_METHOD.CRAM_MD5);

  /** Reads the lines of the reply, each with its code; what is not understood is passed over. */
  static SmtpExtensions parse(String[] lines) {
    boolean startTls = false;
    Set<String> mechanisms = new TreeSet<>();
    for (String line : lines) {
      String offer = line.length() < 4 ? "" : line.substring(4).strip().toUpperCase(Locale.ROOT);
      List<String> words = Arrays.asList(offer.split("[ =]+")); // AUTH= is what it once was
      String keyword = words.isEmpty() ? "" : words.get(0); // of separators alone no word is left
      startTls |= keyword.equals("STARTTLS");
      if (keyword.equals("AUTH")) {
        mechanisms.addAll(words.subList(1, words.size()));
      }
    }
    return new SmtpExtensions(startTls, mechanisms);
  }

  /** The best way to log in that both sides know. */
  Optional<AUTH_METHOD> method(boolean linkIsProtected) {
    return (linkIsProtected ? PROTECTED : UNPROTECTED)
        .stream().filter(each -> mechanisms.contains(AUTH_METHOD.getAuthName(each))).findFirst();
  }
}
