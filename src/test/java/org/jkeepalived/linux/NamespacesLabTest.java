package org.jkeepalived.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.NetworkInterface;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lab")
class NamespacesLabTest {

  @Test
  void theWholeProcessBeginsAnewInTheNamespace() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("onlyhere0", "onlyhere1");
      assertFalse(Namespaces.isInside(space.name()));
      String output =
          LabNamespace.run(
              System.getProperty("java.home") + "/bin/java",
              "-cp",
              System.getProperty("java.class.path"),
              Mover.class.getName(),
              space.name(),
              "with a space",
              "");
      assertEquals(
          List.of("outside", "inside", "[with a space] [] onlyhere0"), output.lines().toList());
    }
  }

  @Test
  void aNamespaceThatIsNotThereIsAnError() {
    assertFalse(Namespaces.isInside("there-is-no-such"));
    SystemCallException e =
        assertThrows(SystemCallException.class, () -> Namespaces.enter("there-is-no-such"));
    assertEquals(
        "enter network namespace there-is-no-such: No such file or directory", e.getMessage());
  }

  /** The child process. */
  static final class Mover {
    private Mover() {}

    public static void main(String[] arguments) throws Exception {
      System.out.println(Namespaces.isInside(arguments[0]) ? "inside" : "outside");
      Namespaces.enter(arguments[0]);
      System.out.println(
          "["
              + arguments[1]
              + "] ["
              + arguments[2]
              + "] "
              + NetworkInterface.getByName("onlyhere0").getName());
    }
  }
}
