package org.jkeepalived.time;

import java.util.Arrays;
import java.util.Objects;

/**
 * Deadlines in order, on one thread. The daemon's loop and the simulator drive the same class; it
 * reads no clock.
 *
 * <p>A timer that is only pushed back costs one store: its place in the heap stays, and when that
 * place comes up it moves to where it belongs. Equal deadlines fire in the order they were armed.
 * All comparisons are by subtraction, so the clock may wrap.
 */
public final class TimerQueue {

  /** What a timer does when its time has come. */
  @FunctionalInterface
  public interface Task {
    /**
     * @param deadlineNanos when it should have run
     * @param nowNanos the clock's reading now
     */
    void fire(long deadlineNanos, long nowNanos);
  }

  /** One deadline, armed again and again by its owner. */
  public final class Timer {
    private final Task task;
    private boolean armed;
    private long deadlineNanos;
    private long order;
    private int slot = NOT_QUEUED;
    private long placeNanos;
    private long placeOrder;

    private Timer(Task task) {
      this.task = Objects.requireNonNull(task);
    }

    /** Arms the timer, whether or not it was armed before. */
    public void arm(long newDeadlineNanos) {
      armed = true;
      deadlineNanos = newDeadlineNanos;
      order = nextOrder++;
      if (slot == NOT_QUEUED) {
        insert(this);
      } else if (deadlineNanos - placeNanos < 0) {
        place(this);
        siftUp(slot);
      }
    }

    /** Disarms the timer; nothing happens when it was not armed. */
    public void disarm() {
      armed = false;
    }

    /**
     * Disarms the timer and takes it out of the queue at once, for one that will not be armed
     * again: else the queue would keep it, and all that it refers to, up to its deadline.
     */
    public void discard() {
      armed = false;
      if (slot != NOT_QUEUED) {
        remove(this);
      }
    }

    public boolean isArmed() {
      return armed;
    }

    /** When it is due; means nothing while it is not armed. */
    public long deadlineNanos() {
      return deadlineNanos;
    }
  }

  private static final int NOT_QUEUED = -1;

  private Timer[] heap = new Timer[64];
  private int size;
  private long nextOrder;

  /** Makes a timer, not armed. */
  public Timer timer(Task task) {
    return new Timer(task);
  }

  /**
   * How long until the next timer is due.
   *
   * @return nanoseconds, 0 when one is due already, {@code Long.MAX_VALUE} when none is armed
   */
  public long nanosUntilNext(long nowNanos) {
    settle();
    return size == 0 ? Long.MAX_VALUE : Math.max(0, heap[0].placeNanos - nowNanos);
  }

  /**
   * How late the timer that is due first is.
   *
   * @return nanoseconds; negative when none is due
   */
  public long nanosLate(long nowNanos) {
    settle();
    return size == 0 ? -1 : nowNanos - heap[0].placeNanos;
  }

  /**
   * Fires the timer that is due first.
   *
   * @return whether there was one; call again until there is none
   */
  public boolean fireNext(long nowNanos) {
    settle();
    if (size == 0 || heap[0].placeNanos - nowNanos > 0) {
      return false;
    }
    Timer timer = heap[0];
    remove(timer);
    timer.armed = false;
    timer.task.fire(timer.deadlineNanos, nowNanos);
    return true;
  }

  /** Brings to the top a timer that is armed and stands where it belongs. */
  private void settle() {
    while (size > 0) {
      Timer first = heap[0];
      if (!first.armed) {
        remove(first);
      } else if (first.order != first.placeOrder) {
        place(first);
        siftDown(0);
      } else {
        return;
      }
    }
  }

  private static void place(Timer timer) {
    timer.placeNanos = timer.deadlineNanos;
    timer.placeOrder = timer.order;
  }

  private void insert(Timer timer) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    place(timer);
    timer.slot = size;
    heap[size] = timer;
    size++;
    siftUp(timer.slot);
  }

  private void remove(Timer timer) {
    int slot = timer.slot;
    size--;
    Timer last = heap[size];
    heap[size] = null;
    timer.slot = NOT_QUEUED;
    if (last != timer) {
      heap[slot] = last;
      last.slot = slot;
      siftDown(slot);
      siftUp(last.slot);
    }
  }

  private void siftUp(int from) {
    int slot = from;
    Timer timer = heap[slot];
    while (slot > 0) {
      int parent = (slot - 1) >>> 1;
      if (!before(timer, heap[parent])) {
        break;
      }
      set(slot, heap[parent]);
      slot = parent;
    }
    set(slot, timer);
  }

  private void siftDown(int from) {
    int slot = from;
    Timer timer = heap[slot];
    while (true) {
      int child = 2 * slot + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && before(heap[child + 1], heap[child])) {
        child++;
      }
      if (!before(heap[child], timer)) {
        break;
      }
      set(slot, heap[child]);
      slot = child;
    }
    set(slot, timer);
  }

  private void set(int slot, Timer timer) {
    heap[slot] = timer;
    timer.slot = slot;
  }

  private static boolean before(Timer a, Timer b) {
    long difference = a.placeNanos - b.placeNanos;
    return difference < 0 || (difference == 0 && a.placeOrder - b.placeOrder < 0);
  }
}
