/**
 * The event loop, and the one way to own a thread.
 *
 * <p>Each piece of state has one owner, a thread ({@link org.jkeepalived.loop.OwnerThread}) that
 * nobody shares it with: others ask it to do something ({@code execute}) and are answered on their
 * own loop. An owner takes turns ({@link org.jkeepalived.loop.EventLoop#turn}):
 *
 * <pre>
 *   wait      until a descriptor is ready, somebody asks for something, or a timer is due
 *   read      what has arrived, a few milliseconds of it
 *   commands  what others have asked for, in their order, up to 10 ms
 *   timers    those that are due, in the order of their deadlines, up to 10 ms;
 *             late ones after what arrived meanwhile has been read
 *   end       steps that gather what the turn has brought: addresses to the kernel, announcements
 * </pre>
 *
 * <p>What a turn has no time for comes in the next one. A turn that nothing is left for waits
 * without end: no thread wakes without a reason.
 *
 * <p>What it waits with, and the clock, is a {@link org.jkeepalived.loop.Wait}: epoll here, virtual
 * time in the simulator, which drives this very loop.
 *
 * <p>What follows when something throws is written down where an owner is made ({@link
 * org.jkeepalived.loop.FailureRule}):
 *
 * <table>
 *   <caption>Owners</caption>
 *   <tr><td>vrrp, kernel, scripts<td>the first failure ends the process
 *   <tr><td>links, files, processes, linkbeat, mail, control, script-files, reload, watchdog,
 *     ipvs<td>go on; after many
 *     failures in a row they say what is lost, and end
 *   <tr><td>checks, checks-tls: those of real servers over the network<td>the same; nobody is
 *     asked then, and real servers stay as they are. checks-tls waits with Netty's loop, and ends
 *     when that does
 * </table>
 *
 * <p>Whoever watches the process calls its owners by their names ({@link
 * org.jkeepalived.loop.RollCall}), but for those that wait for what may never answer: the second
 * row, without ipvs. Before the process ends by a failure it takes one last step ({@link
 * org.jkeepalived.loop.FatalExit#lastStep}).
 *
 * <p>Knows {@code linux} and {@code time}.
 */
package org.jkeepalived.loop;
