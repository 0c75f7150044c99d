package org.jkeepalived.dice;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * What a test draws its input from: the same seed draws the same values. The borders of ranges, the
 * extremes of numbers and short and longest lists come more often than chance would have it.
 */
public final class Dice {

  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    Byte.MAX_VALUE,
    Byte.MIN_VALUE,
    255,
    256,
    Short.MAX_VALUE,
    65_535,
    65_536,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xffff_ffffL,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private static final int KINDS = 5;

  private final SplittableRandom random;
  private final Journal journal;

  private Dice(SplittableRandom random, Journal journal) {
    this.random = random;
    this.journal = journal;
  }

  public static Dice of(long seed) {
    return new Dice(new SplittableRandom(seed), Journal.CLOSED);
  }

  /** Dice that write down what they draw. */
  static Dice of(long seed, Journal journal) {
    return new Dice(new SplittableRandom(seed), journal);
  }

  /** Dice of their own: what is drawn from these changes nothing of what is drawn from those. */
  public Dice split() {
    return new Dice(random.split(), journal);
  }

  /** Any of 0 to {@code bound - 1}, each as often as the others. */
  public int below(int bound) {
    return noted(random.nextInt(bound));
  }

  /** Any of 0 to {@code bound - 1}, each as often as the others. */
  public long below(long bound) {
    return noted(random.nextLong(bound));
  }

  /** Any of {@code first} to {@code last}; each of these two comes in one of eight cases. */
  public int between(int first, int last) {
    return (int) between((long) first, last);
  }

  /** Any of {@code first} to {@code last}; each of these two comes in one of eight cases. */
  public long between(long first, long last) {
    return noted(
        switch (random.nextInt(8)) {
          case 0 -> first;
          case 1 -> last;
          default ->
              last == Long.MAX_VALUE
                  ? Math.max(first, random.nextLong())
                  : random.nextLong(first, last + 1);
        });
  }

  /** Any number: an extreme one, one of few digits, or any at all. */
  public int anyInt() {
    return noted((int) number());
  }

  /** Any number: an extreme one, one of few digits, or any at all. */
  public long anyLong() {
    return noted(number());
  }

  private long number() {
    return switch (random.nextInt(4)) {
      case 0 -> EXTREMES[random.nextInt(EXTREMES.length)];
      case 1 -> random.nextLong() >> random.nextInt(64);
      default -> random.nextLong();
    };
  }

  public byte anyByte() {
    return noted((byte) random.nextInt(256));
  }

  public boolean flip() {
    return noted(random.nextBoolean());
  }

  /** One of these. */
  @SafeVarargs
  public final <T> T of(T... choices) {
    return noted(choices[random.nextInt(choices.length)]);
  }

  /** One of these. */
  public <T> T of(List<T> choices) {
    return noted(choices.get(random.nextInt(choices.size())));
  }

  /** As many bytes as there may be, or fewer, or none. */
  public byte[] bytes(int most) {
    return bytes(0, most);
  }

  /** Between {@code fewest} and {@code most} bytes. */
  public byte[] bytes(int fewest, int most) {
    byte[] bytes = new byte[size(fewest, most)];
    random.nextBytes(bytes);
    if (random.nextInt(4) == 0) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) EXTREMES[random.nextInt(EXTREMES.length)];
      }
    }
    journal.note(() -> HexFormat.of().formatHex(bytes));
    return bytes;
  }

  /** As many elements as there may be, or fewer, or none; {@code each} draws one of them. */
  public <T> List<T> list(int most, Supplier<T> each) {
    return list(0, most, each);
  }

  /** Between {@code fewest} and {@code most} elements; {@code each} draws one of them. */
  public <T> List<T> list(int fewest, int most, Supplier<T> each) {
    int size = noted(size(fewest, most));
    List<T> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(each.get());
    }
    return list;
  }

  /** At most {@code most} characters of any kind: half of a surrogate pair is one, too. */
  public String text(int most) {
    int size = size(0, most);
    int kind = random.nextInt(8); // some texts are of one kind only
    StringBuilder text = new StringBuilder();
    while (text.length() < size) {
      text.append((char) character(kind < KINDS ? kind : random.nextInt(KINDS)));
    }
    return text(text.toString());
  }

  /** At most {@code most} characters between two, both of which may be among them. */
  public String text(int most, char first, char last) {
    StringBuilder text = new StringBuilder();
    for (int left = size(0, most); left > 0; left--) {
      text.append((char) random.nextInt(first, last + 1));
    }
    return text(text.toString());
  }

  private int character(int kind) {
    return switch (kind) {
      case 0 -> random.nextInt(' ', 0x7f);
      case 1 -> random.nextInt(0x20);
      case 2 -> random.nextInt(0x7f, 0x180);
      case 3 -> random.nextInt(0xd800, 0xe000);
      default -> random.nextInt(0x1_0000);
    };
  }

  private int size(int fewest, int most) {
    return switch (random.nextInt(8)) {
      case 0 -> fewest;
      case 1 -> most;
      case 2, 3 -> random.nextInt(fewest, Math.min(most, fewest + 5) + 1);
      default -> random.nextInt(fewest, most + 1);
    };
  }

  private String text(String drawn) {
    journal.note(() -> Journal.quoted(drawn));
    return drawn;
  }

  private <T> T noted(T value) {
    journal.note(() -> Journal.visible(value.toString()));
    return value;
  }
}
