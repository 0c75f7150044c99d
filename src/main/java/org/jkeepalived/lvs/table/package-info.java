/**
 * The kernel's IPVS table: what is in it, what is to be in it, and the changes that lead from the
 * one to the other. Start at {@link org.jkeepalived.lvs.table.TableChange}.
 */
package org.jkeepalived.lvs.table;
