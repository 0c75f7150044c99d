package org.jkeepalived.linux.packet;

import static org.jkeepalived.linux.packet.BpfInstruction.ALL;
import static org.jkeepalived.linux.packet.BpfInstruction.AND;
import static org.jkeepalived.linux.packet.BpfInstruction.IP_HEADER;
import static org.jkeepalived.linux.packet.BpfInstruction.LOAD_BYTE;
import static org.jkeepalived.linux.packet.BpfInstruction.LOAD_WORD;
import static org.jkeepalived.linux.packet.BpfInstruction.NOTHING;
import static org.jkeepalived.linux.packet.BpfInstruction.RETURN;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.linux.packet.SenderRules.Prefix;
import org.jkeepalived.linux.packet.SenderRules.Rule;

/**
 * {@link SenderRules} as the kernel runs them on the packets of a raw socket. Of packets for
 * groups, and of those without the byte that rules look at, it keeps none.
 *
 * <p>A rule asks for its values, then for its sources; what has one of its values and none of its
 * sources is refused, whatever comes behind.
 */
final class SenderProgram {

  /** The kernel takes no more (linux/bpf_common.h, BPF_MAXINSNS). */
  private static final int MOST_INSTRUCTIONS = 4096;

  private static final int WORD_BITS = 32;

  /** Where packets of a family have what is asked for. */
  enum Layout {
    /** They begin with their IP header. */
    IPV4(12, 16) {
      @Override
      void loadValue(List<BpfInstruction> program, int at) {
        program.add(BpfInstruction.of(BpfInstruction.INDEX_IPV4_HEADER_LENGTH, 0));
        program.add(BpfInstruction.of(BpfInstruction.LOAD_BYTE_FROM_INDEX, at));
      }
    },

    /** They begin behind it. */
    IPV6(8, 24) {
      @Override
      void loadValue(List<BpfInstruction> program, int at) {
        program.add(BpfInstruction.of(LOAD_BYTE, at));
      }
    };

    private final int source;
    private final int destination;

    Layout(int source, int destination) {
      this.source = source;
      this.destination = destination;
    }

    /** Loads a byte of what is behind the IP header. */
    abstract void loadValue(List<BpfInstruction> program, int at);

    /** Keeps nothing of what is for a group. */
    private void leaveGroups(List<BpfInstruction> program) {
      program.add(BpfInstruction.of(LOAD_BYTE, IP_HEADER + destination));
      int groups = this == IPV4 ? 0xe0 : 0xff;
      program.add(BpfInstruction.of(AND, this == IPV4 ? 0xf0 : 0xff));
      program.add(BpfInstruction.unlessEqual(groups, 1));
      program.add(BpfInstruction.of(RETURN, NOTHING));
    }
  }

  private final Layout layout;

  private SenderProgram(Layout layout) {
    this.layout = layout;
  }

  /** Keeps what may be heard; empty when it were too long for the kernel. */
  static Optional<SocketFilter> heard(Layout layout, SenderRules rules) {
    return new SenderProgram(layout).of(rules);
  }

  private Optional<SocketFilter> of(SenderRules rules) {
    List<BpfInstruction> program = new ArrayList<>();
    layout.leaveGroups(program);
    if (rules.isRestricted()) {
      layout.loadValue(program, rules.byteAt());
    }
    for (Rule rule : rules.rules()) {
      List<BpfInstruction> sources = sources(rule.sources());
      // jumps on a condition reach 255 instructions, those without one all
      int values = rule.values().size();
      for (int i = 0; i < values; i++) {
        program.add(BpfInstruction.unlessEqual(rule.values().get(i), 1));
        program.add(BpfInstruction.of(BpfInstruction.JUMP, 2 * (values - 1 - i) + 1));
      }
      program.add(BpfInstruction.of(BpfInstruction.JUMP, sources.size()));
      program.addAll(sources);
    }
    program.add(BpfInstruction.of(RETURN, ALL));
    return program.size() > MOST_INSTRUCTIONS
        ? Optional.empty()
        : Optional.of(new SocketFilter(program));
  }

  private List<BpfInstruction> sources(List<Prefix> sources) {
    List<BpfInstruction> program = new ArrayList<>();
    for (Prefix prefix : sources) {
      compare(program, prefix);
    }
    program.add(BpfInstruction.of(RETURN, NOTHING));
    return program;
  }

  /** Ends when the source begins like that; goes on behind it otherwise. */
  private void compare(List<BpfInstruction> program, Prefix prefix) {
    ByteBuffer address = ByteBuffer.wrap(prefix.address().getAddress());
    List<BpfInstruction> loads = new ArrayList<>();
    for (int bit = 0; bit < prefix.length(); bit += WORD_BITS) {
      int compared = Math.min(WORD_BITS, prefix.length() - bit);
      loads.add(BpfInstruction.of(LOAD_WORD, IP_HEADER + layout.source + bit / Byte.SIZE));
      if (compared < WORD_BITS) {
        loads.add(BpfInstruction.of(AND, -1 << WORD_BITS - compared));
      }
      loads.add(BpfInstruction.unlessEqual(address.getInt(bit / Byte.SIZE), 0));
    }
    int end = loads.size() + 1;
    for (int i = 0; i < loads.size(); i++) {
      BpfInstruction each = loads.get(i);
      program.add(
          each.code() == BpfInstruction.JUMP_IF_EQUAL
              ? BpfInstruction.unlessEqual(each.constant(), end - 1 - i)
              : each);
    }
    program.add(BpfInstruction.of(RETURN, ALL));
  }
}
