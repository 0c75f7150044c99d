/**
 * jkeepalived: keepalived's job in one Java process.
 *
 * <p>Start reading with the life of one advertisement, file by file:
 *
 * <ol>
 *   <li>{@code vrrp.VirtualRouter} of the master has an alarm due and asks its {@code vrrp.Effects}
 *       to advertise. {@code vrrp.RunningRouter} takes the bytes from {@code
 *       vrrp.packet.AdvertisementPayload}; {@code host.vrrp.PacketTransport} puts the headers of
 *       the {@code vrrp.transport.Endpoint} before them and hands them to {@code
 *       linux.packet.LinkPort}, which is libpcap.
 *   <li>On the other machine {@code loop.EventLoop}, the one thread that owns all of VRRP, wakes:
 *       {@code loop.EpollWait} says that the link's port is readable, and the port is drained.
 *   <li>{@code vrrp.PacketDispatch} has {@code vrrp.transport.ReceivedDatagram} and {@code
 *       vrrp.packet.AdvertisementView} look at the bytes and finds in {@code vrrp.RouterLookup}
 *       whose they are by link, group or none, and VRID; {@code vrrp.packet.ReceiveChecks} says why
 *       a packet is not believed ({@code vrrp.Discard}), and what passes is a {@code
 *       vrrp.ReceivedAdvertisement}.
 *   <li>The backup's {@code VirtualRouter} has its {@code vrrp.BackupRole} push the master-down
 *       alarm back ({@code time.TimerQueue}).
 *   <li>No advertisement comes any more: the alarm fires, after everything that had arrived was
 *       read. The router advertises, enters MASTER ({@code vrrp.MasterRole}), asks for its
 *       addresses ({@code kernel.HeldObjects}, then {@code host.kernel.KernelThread}, then {@code
 *       linux.netlink.route.RouteWriter}), and once the kernel has them announces them ({@code
 *       vrrp.address.PacedAnnouncer}).
 * </ol>
 *
 * <p>What the routers are comes from {@code config} (text to {@code model.Configuration}); {@code
 * daemon.Daemon} starts, reloads and stops; {@code host.vrrp.VrrpService} is where all of VRRP is
 * wired together; {@code cli} reads the command line, {@code log} writes the lines. Only {@code
 * linux} touches the kernel, and only {@code daemon} knows it.
 */
package org.jkeepalived;
