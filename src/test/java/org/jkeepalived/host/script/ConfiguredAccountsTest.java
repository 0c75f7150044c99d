package org.jkeepalived.host.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.jkeepalived.config.Reading;
import org.jkeepalived.model.Account;
import org.junit.jupiter.api.Test;

/** Whoever runs something is known before it has to run. */
class ConfiguredAccountsTest {

  private static List<String> names(String text) {
    return ConfiguredAccounts.of(Reading.of("k.conf", text).configuration()).stream()
        .map(Account::user)
        .toList();
  }

  @Test
  void virtualServersHaveScriptsInFivePlaces() {
    String text =
        """
        virtual_server 10.0.0.1 80 {
          quorum_up "/bin/a" games
          quorum_down "/bin/a" news
          real_server 10.0.0.2 80 {
            notify_up "/bin/a" mail
            notify_down "/bin/a" lp
            MISC_CHECK {
              misc_path "/bin/a"
              user nobody
            }
          }
        }
        """;
    assertEquals(List.of("games", "news", "mail", "lp", "nobody"), names(text));
  }

  @Test
  void withoutScriptsThereIsNobody() {
    assertEquals(
        List.of(), names("virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 80 {\n}\n}\n"));
  }
}
