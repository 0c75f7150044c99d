package org.jkeepalived.linux.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jkeepalived.dice.Trials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InotifyEventsTest {

  private final List<String> told = new ArrayList<>();

  private void tell(byte[] bytes) {
    InotifyEvents.tell(
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN),
        (watch, events, name) -> told.add(watch + " " + Integer.toHexString(events) + " " + name));
  }

  @Test
  void readsSeveralEvents() {
    tell(
        HexFormat.of()
            .parseHex(
                "01000000000100000000000010000000" // create
                    + "6d61696e740000000000000000000000"
                    + "02000000000800000000000000000000" // the directory moved
                    + "ffffffff004000000000000000000000")); // overflow
    assertEquals(List.of("1 100 maint", "2 800 ", "-1 4000 "), told);
  }

  @Test
  void anEventThatIsCutOffEndsTheWalk() {
    tell(HexFormat.of().parseHex("010000000001000000000000100000006d61696e74"));
    assertEquals(List.of(), told);
  }

  @Test
  void noBytesMakeItThrow() {
    Trials.run(1000, dice -> tell(dice.bytes(255)));
  }

  @Test
  void theKernelTellsWhatHappensToNamesAndToTheDirectory(@TempDir Path directory) throws Exception {
    Path watched = Files.createDirectory(directory.resolve("watched"));
    try (Inotify inotify = Inotify.open()) {
      int watch = inotify.watch(watched.toString(), Inotify.SELF);
      assertEquals(watch, inotify.watch(watched.toString(), Inotify.NAMES));
      Path file = watched.resolve("ä");
      Files.write(file, new byte[] {'5'});
      Files.delete(file);
      Files.delete(watched);
      inotify.drain(
          (number, events, name) -> {
            assertEquals(watch, number);
            told.add(Integer.toHexString(events) + " " + name);
          });
    }
    assertEquals(List.of("100 ä", "8 ä", "200 ä", "400 ", "8000 "), told);
  }
}
