package org.jkeepalived.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody has an address of memory that may be freed meanwhile. */
class NativeMemoryTest {

  private static final NativeFunction STRLEN = NativeFunction.ofLibc("strlen");

  @Test
  void aFunctionReadsWhatItIsLent() {
    assertEquals(5, NativeMemory.ofString("kilos").lend(STRLEN::call));
  }

  @Test
  void aPointerLeadsBackToItsText() {
    NativeMemory text = NativeMemory.ofString("one two");
    NativeMemory pointers = NativeMemory.allocate(8).putAddress(0, text, 4);
    assertEquals("two", text.stringAt(pointers.bytes().getLong(0)));
  }

  /** A structure that points to another one is all that is passed on, and all that is kept. */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void whatIsPointedToIsKeptAsLongAsWhatPoints() {
    NativeMemory pointing = NativeMemory.allocate(8);
    WeakReference<NativeMemory> target = pointTo(pointing, NativeMemory.allocate(8));
    WeakReference<NativeMemory> canary = new WeakReference<>(NativeMemory.allocate(8));
    while (canary.get() != null) {
      System.gc();
    }
    assertNotNull(target.get());
    Reference.reachabilityFence(pointing);
  }

  private static WeakReference<NativeMemory> pointTo(NativeMemory pointing, NativeMemory target) {
    pointing.putAddress(0, target, 0);
    return new WeakReference<>(target);
  }

  /** A number that outlives the object is the fault: only {@code lend} hands it out, to a call. */
  @Test
  void noMethodGivesTheAddressAway() {
    List<String> numbers =
        Arrays.stream(NativeMemory.class.getDeclaredMethods())
            .filter(method -> method.getReturnType() == long.class)
            .filter(method -> !Modifier.isPrivate(method.getModifiers()))
            .filter(method -> !method.isSynthetic())
            .map(Method::getName)
            .toList();
    assertTrue(numbers.isEmpty(), numbers::toString);
  }
}
