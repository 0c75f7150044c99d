package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.model.VrrpInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code auth_hmac}: read and checked as keepalived.conf(5) says, and its instance not started. */
final class HmacKeywordsTest {

  private static final String KEY = "hex:" + "0f".repeat(32);
  private static final String WHOLE = "key 1 " + KEY + "\nactive_key 1";

  private static LoadedConfiguration read(String block, String besides) {
    return Reading.of(
        "k",
        """
        vrrp_instance A {
          interface e0
          virtual_router_id 1
          virtual_ipaddress {
            10.0.0.1
          }
          auth_hmac {
        %s
          }
        %s
        }
        vrrp_instance B {
          interface e0
          virtual_router_id 2
          virtual_ipaddress {
            10.0.0.2
          }
        }
        """
            .formatted(block, besides));
  }

  private static List<String> complaints(LoadedConfiguration loaded) {
    return loaded.diagnostics().stream()
        .filter(one -> one.code().equals("bad-auth-hmac"))
        .map(Diagnostic::message)
        .toList();
  }

  @Test
  void instanceIsNotStartedAndSaysWhyOnce() {
    LoadedConfiguration loaded = read(WHOLE, "");

    assertEquals(
        List.of("B"), loaded.configuration().instances().stream().map(VrrpInstance::name).toList());
    assertEquals(1, loaded.diagnostics().size(), loaded.diagnostics().toString());
    String why = loaded.diagnostics().get(0).message();
    assertTrue(why.contains("(A) is not started: 'auth_hmac' cannot be tried"), why);
  }

  @ParameterizedTest
  @CsvSource({
    "anti_replay time",
    "anti_replay monotonic",
    "time_window 1",
    "time_window 300",
    "mode enforce",
    "mode permissive",
    "mode receive-only",
    "key 2 file:/etc/keepalived/keys/vrrp10",
    "key 255 0123456789abcdef0123456789abcdef"
  })
  void acceptsWhatTheManualHas(String line) {
    assertEquals(List.of(), complaints(read(WHOLE + "\n" + line, "")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "anti_replay never | knows no anti_replay 'never'",
        "time_window 301 | has a time_window '301', not 1 to 300",
        "mode lax | knows no mode 'lax'",
        "key 256 x | has a key '256', not 1 to 255",
        "key 2 | has no single value for key 2",
        "key 2 short | has a key of 5 bytes, not 32 to 64",
        "key 2 hex:0g | has a key with something else than pairs of hexadecimal digits",
        "active_key 7 | has no key 7, which is its active_key"
      },
      quoteCharacter = '"')
  void saysWhatIsWrong(String line, String complaint) {
    assertEquals(List.of("(A) auth_hmac " + complaint), complaints(read(WHOLE + "\n" + line, "")));
  }

  @Test
  void saysWhatIsMissing() {
    assertEquals(List.of("(A) auth_hmac has no key"), complaints(read("", "")));
    assertEquals(
        List.of("(A) auth_hmac names no active_key"), complaints(read("key 1 " + KEY, "")));
  }

  @Test
  void saysWhatDoesNotGoTogether() {
    assertEquals(
        List.of("(A) auth_hmac and authentication exclude each other"),
        complaints(read(WHOLE, "authentication {\nauth_type PASS\nauth_pass x\n}")));
    assertEquals(
        List.of("(A) auth_hmac must be of mode enforce in strict mode"),
        complaints(read(WHOLE + "\nmode permissive", "strict_mode on")));
    assertEquals(
        List.of("(A) auth_hmac time_window is of anti_replay time only"),
        complaints(read(WHOLE + "\nanti_replay monotonic\ntime_window 5", "")));
  }

  /** Others read what a daemon logs. */
  @Test
  void noMessageTellsAKey() {
    String secret = "a-secret-that-is-too-short";
    List<Diagnostic> said = read("key 1 " + secret + "\nactive_key 1", "").diagnostics();

    assertTrue(said.size() > 1);
    assertFalse(said.stream().anyMatch(one -> one.message().contains(secret)));
  }
}
