package org.jkeepalived.vrrp;

import static org.jkeepalived.vrrp.RecordingEffects.seconds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.Refusal;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.address.InstanceObjects;

/**
 * Plays one line of a script after the other. A line begins with a time in seconds, up to which
 * alarms fire as they come due, and then says what happens:
 *
 * <pre>
 * router WORD...          a new virtual router at 192.0.2.10, as {@link TestInstance} describes it
 * T start                 T stop             T stop keeping
 * T hear ADDRESS PRIORITY [SECONDS]          an advertisement, with another interval than ours
 * T fault FAULT REASON    T gone FAULT
 * T taken                 T refused ADDRESS[,ADDRESS] ERROR   the kernel's answer
 * T lost ADDRESS          T around           (links or addresses changed)
 * T tracked NUMBER                           what is tracked adds that to the priority
 * T reload [added=NUMBER] WORD...                 and what is tracked adds that then
 * T wait                  T stall            alarms fire in time, or all late at T
 * # a comment
 * </pre>
 */
final class Script {

  private final List<String> lines = new ArrayList<>();
  private RecordingEffects effects = new RecordingEffects();
  private Optional<VirtualRouter> router = Optional.empty();

  /** What the virtual router wants done, line by line. */
  List<String> play(String line) {
    lines.clear();
    if (line.isBlank() || line.startsWith("#")) {
      return List.of();
    }
    String[] words = line.split(" ");
    if (words[0].equals("router")) {
      effects = new RecordingEffects();
      router = Optional.of(new VirtualRouter(instance(words, 1), effects));
      router.get().setSource(TestInstance.address("192.0.2.10"));
      return List.of();
    }
    long now = TestInstance.nanos(words[0]);
    boolean stalled = words[1].equals("stall");
    for (Optional<RecordingEffects.Armed> due = effects.due(now);
        due.isPresent();
        due = effects.due(now)) {
      long deadline = due.get().deadlineNanos();
      lines.add("(" + due.get().alarm() + " at " + seconds(stalled ? now : deadline) + ")");
      router.orElseThrow().alarm(due.get().alarm(), deadline, stalled ? now : deadline);
      lines.addAll(effects.drain());
    }
    int before = lines.size();
    happen(router.orElseThrow(), words, now);
    List<String> caused = effects.drain();
    if (before > 0 && !caused.isEmpty()) {
      lines.add("(then)");
    }
    lines.addAll(caused);
    return List.copyOf(lines);
  }

  private static VrrpInstance instance(String[] words, int from) {
    return TestInstance.of(Arrays.copyOfRange(words, from, words.length));
  }

  static void happen(VirtualRouter router, String[] words, long now) {
    switch (words[1]) {
      case "start" -> router.start(now);
      case "stop" -> router.stop(words.length == 2, now);
      case "hear" -> router.receive(received(router, words), now);
      case "fault" -> router.setFault(Fault.valueOf(words[2]), rest(words, 3), now);
      case "gone" -> router.clearFault(Fault.valueOf(words[2]), now);
      case "taken" -> router.kernelAnswered(List.of(), now);
      case "refused" -> router.kernelAnswered(refusals(router, words), now);
      case "lost" -> router.objectLost(object(router, words[2]));
      case "around" -> router.machineChanged(now);
      case "tracked" -> router.adjustPriority(Integer.parseInt(words[2]), now);
      case "reload" -> reload(router, words, now);
      case "wait", "stall" -> {
        // time has passed
      }
      default -> throw new IllegalArgumentException(words[1]);
    }
  }

  private static KernelObject object(VirtualRouter router, String address) {
    return InstanceObjects.of(router.instance()).stream()
        .filter(one -> one.name().equals(address))
        .findFirst()
        .orElseThrow();
  }

  private static List<Refusal> refusals(VirtualRouter router, String[] words) {
    return Arrays.stream(words[2].split(","))
        .map(
            address ->
                new Refusal(
                    object(router, address), "cannot add " + address + ": " + rest(words, 3)))
        .toList();
  }

  private static void reload(VirtualRouter router, String[] words, long now) {
    boolean other = words.length > 2 && words[2].startsWith("added=");
    int added =
        other
            ? Integer.parseInt(words[2].substring("added=".length()))
            : router.totalPriority() - router.instance().election().priority();
    router.reconfigure(instance(words, other ? 3 : 2), added, now);
  }

  private static ReceivedAdvertisement received(VirtualRouter router, String[] words) {
    long interval =
        words.length > 4
            ? TestInstance.nanos(words[4])
            : router.instance().protocol().advertIntervalNanos();
    return new ReceivedAdvertisement(
        TestInstance.address(words[2]), Integer.parseInt(words[3]), interval);
  }

  private static String rest(String[] words, int from) {
    return String.join(" ", Arrays.copyOfRange(words, from, words.length));
  }
}
