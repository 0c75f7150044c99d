/** Tests of what is around the program: the launcher, the service manager's unit. */
package org.jkeepalived.packaging;
