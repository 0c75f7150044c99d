/**
 * The virtual machine: real IPVS and systemd as init, which the machine that runs the tests need
 * not have. One boot for all that directors do: in the guest {@code src/test/vm/suite} plays the
 * cases of {@code src/test/vm/cases}, with keepalived and with jkeepalived, and compares what
 * {@code ipvsadm} shows, and what scripts and FIFOs were told, with what the case says. One boot
 * for the service's life under systemd, {@code src/test/vm/service}.
 *
 * <p>The cases {@code samples-1} to {@code samples-4} play the sample files of Debian's package of
 * keepalived that have virtual servers; {@code samples.py} says how they are fitted into the rig.
 * {@code suite --record} writes what a daemon leaves into a case, which is how they came about.
 *
 * <p>Start reading at a case, {@code src/test/vm/cases/12-sorry-quorum.case} for instance, then
 * {@link org.jkeepalived.vm.DirectorVmTest}. Needs root and what {@code packaging/vm/vm prepare}
 * gets; {@code packaging/test.sh} takes care of that.
 */
package org.jkeepalived.vm;
