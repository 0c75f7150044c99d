package org.jkeepalived.cli;

import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jkeepalived.config.ExitStatus;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.model.lvs.CheckSchedule;
import org.jkeepalived.model.lvs.HttpCheck;
import org.jkeepalived.model.lvs.HttpUrl;
import org.jkeepalived.model.lvs.ServerAddress;
import org.jkeepalived.status.ProgramVersion;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code jkeepalived genhash}, {@code -T} and a link named {@code genhash}: genhash(1). */
final class GenhashCommand {

  /** COMPAT: keepalived's own text, which {@code -h} and {@code -r} print as an error. */
  static final String USAGE =
      """
      Usage: genhash COMMAND [OPTIONS]
      Commands:
         -s server-address -p port -u url
         -S -s server-address -p port -u url
         -h

      Options:
      Either long or short options are allowed.
         --use-ssl         -S       Use SSL connection to remote server.
         --use-sni         -I       Use SNI during SSL handshake (uses virtualhost setting; see -V).
         --server          -s       Use the specified remote server address.
         --port            -p       Use the specified remote server port.
         --url             -u       Use the specified remote server url.
         --use-virtualhost -V       Use the specified virtualhost in GET query.
         --verbose         -v       Use verbose mode output.
         --help            -h       Display this short inlined help screen.
         --fwmark          -m       Use the specified FW mark.
         --protocol        -P       Use the specified HTTP protocol - '1.0', 1.0c', '1.1'.
                                      1.0c means 1.0 with 'Connection: close'
         --timeout         -t       Timeout in seconds
      """;

  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long MOST_MARK = 0xFFFF_FFFFL;
  private static final int MOST_PORT = 0xFFFF;
  private static final long MOST_SECONDS = 86_400;

  /** When it runs is no concern of genhash. */
  private static final CheckSchedule ONCE =
      new CheckSchedule(SECOND_NANOS, 0, 0, SECOND_NANOS, false, false);

  private final PrintStream out;
  private final PrintStream err;
  private final PageAsker asker;

  private final OptionSpec encrypted = flag("asks by TLS", "-S", "--use-ssl");
  private final OptionSpec names = flag("names the host of -V while TLS begins", "-I", "--use-sni");
  private final OptionSpec verbose = flag("prints headers and the page, too", "-v", "--verbose");
  private final OptionSpec help = flag("prints all options", "-h", "--help");
  private final OptionSpec release = flag("prints the version", "-r", "--release");
  private final OptionSpec server =
      value("ADDRESS", "the server, by its IP address", "", "-s", "--server");
  private final OptionSpec port = value("PORT", "its port, 80 if not said", "80", "-p", "--port");
  private final OptionSpec url = value("PATH", "the page, such as /index.html", "", "-u", "--url");
  private final OptionSpec host =
      value("HOST", "the host that is asked for in the query", "", "-V", "--use-virtualhost");
  private final OptionSpec mark =
      value("MARK", "marks the packets for the firewall", "0", "-m", "--fwmark");
  private final OptionSpec protocol =
      value(
          "VERSION",
          "of HTTP: 1.0, 1.0c (with Connection: close) or 1.1",
          "1.0",
          "-P",
          "--protocol");
  private final OptionSpec timeout =
      value("SECONDS", "how long it may take, 5 if not said", "5", "-t", "--timeout");
  private final OptionSpec hash =
      value("ALGORITHM", "of the digest: there is MD5", "MD5", "-H", "--hash");

  GenhashCommand(PrintStream out, PrintStream err, PageAsker asker) {
    this.out = out;
    this.err = err;
    this.asker = asker;
  }

  private static OptionSpec flag(String purpose, String... spellings) {
    return OptionSpec.builder(spellings[0], spellings[1])
        .type(boolean.class)
        .description(purpose)
        .build();
  }

  private static OptionSpec value(
      String label, String purpose, String preset, String... spellings) {
    return OptionSpec.builder(spellings[0], spellings[1])
        .arity("1")
        .type(String.class)
        .paramLabel(label)
        .description(purpose)
        .initialValue(preset)
        .defaultValue(preset)
        .build();
  }

  /** What picocli reads. */
  CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection((Callable<Integer>) this::run);
    List.of(
            encrypted, names, verbose, help, release, server, port, url, host, mark, protocol,
            timeout, hash)
        .forEach(spec::addOption);
    spec.usageMessage().description("Tells the digest of a page, for HTTP_GET and SSL_GET.");
    return spec;
  }

  /** Something is wrong with the command line. */
  private static final class WrongException extends Exception {
    private static final long serialVersionUID = 1;

    WrongException(String complaint) {
      super(complaint);
    }
  }

  /** Complains, and prints the options. */
  int refuse(String complaint) {
    if (!complaint.isEmpty()) {
      err.println(complaint);
    }
    err.print(USAGE);
    return ExitStatus.USAGE.code();
  }

  private int run() {
    if (isSet(help) || text(server).isEmpty() || text(url).isEmpty()) {
      return refuse("");
    }
    if (isSet(release)) {
      return refuse(ProgramVersion.text());
    }
    HttpCheck check;
    try {
      check = check();
    } catch (WrongException e) {
      return refuse(e.getMessage());
    }
    return asker.ask(check, isSet(verbose), out, err);
  }

  private HttpCheck check() throws WrongException {
    if (!text(hash).equalsIgnoreCase("MD5")) {
      throw new WrongException("invalid hash algorithm '" + text(hash) + "': there is MD5");
    }
    CheckConnection connection =
        new CheckConnection(
            new ServerAddress(address(), (int) number("port number", port, 1, MOST_PORT)),
            Optional.empty(),
            0,
            Optional.empty(),
            number("fwmark", mark, 0, MOST_MARK),
            number("timeout", timeout, 1, MOST_SECONDS) * SECOND_NANOS);
    Optional<HttpCheck.Tls> tls =
        isSet(encrypted)
            ? Optional.of(new HttpCheck.Tls(isSet(names), Optional.empty(), false))
            : Optional.empty();
    HttpUrl asked =
        new HttpUrl(
            text(url),
            text(host).isEmpty() ? Optional.empty() : Optional.of(text(host)),
            Optional.empty(),
            List.of(HttpUrl.Statuses.SUCCESS),
            Optional.empty(),
            false);
    return new HttpCheck(ONCE, connection, version(), false, tls, List.of(asked));
  }

  private InetAddress address() throws WrongException {
    String text = text(server);
    // nothing that the name service would be asked for
    if (text.matches("[0-9.]+") || text.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%[^%]+)?")) {
      try {
        return InetAddress.getByName(text);
      } catch (UnknownHostException noAddress) {
        // told below
      }
    }
    throw new WrongException("server should be an IP, not " + text);
  }

  private HttpCheck.Version version() throws WrongException {
    for (HttpCheck.Version version : HttpCheck.Version.values()) {
      if (version.text().equalsIgnoreCase(text(protocol))) {
        return version;
      }
    }
    throw new WrongException("invalid HTTP protocol version '" + text(protocol) + "'");
  }

  private static long number(String what, OptionSpec option, long least, long most)
      throws WrongException {
    String text = text(option);
    if (text.matches("[0-9]{1,10}")) {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new WrongException("invalid " + what + " '" + text + "'");
  }

  private static boolean isSet(OptionSpec flag) {
    return Boolean.TRUE.equals(flag.<Boolean>getValue());
  }

  private static String text(OptionSpec option) {
    return option.getValue();
  }
}
