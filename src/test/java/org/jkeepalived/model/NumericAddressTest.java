package org.jkeepalived.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumericAddressTest {

  /** As glibc's inet_ntop(3) and so keepalived, {@code ip} and RFC 5952 write them. */
  @ParameterizedTest
  @CsvSource({
    "00000000000000000000000000000000, ::",
    "00000000000000000000000000000001, ::1",
    "fe8000000000000000000000fe000001, fe80::fe00:1",
    "fe80000000000000000000fffe000001, fe80::ff:fe00:1",
    "20010db8000000000001000000000001, 2001:db8::1:0:0:1",
    "20010db8000000010001000100010001, 2001:db8:0:1:1:1:1:1",
    "20010db8000000010000000000010001, 2001:db8:0:1::1:1",
    "20010db8000100020003000400050000, 2001:db8:1:2:3:4:5:0",
    "20010000000000000000000000000000, 2001::",
    "ff020000000000000000000000000012, ff02::12",
    "00000000000000000000ffff0a000001, ::ffff:10.0.0.1",
    "0000000000000000000000000a000001, ::10.0.0.1",
    "00000000000000000001ffff0a000001, ::1:ffff:a00:1",
    "0a000001, 10.0.0.1",
  })
  void isWrittenAsInetNtopDoes(String bytes, String text) throws Exception {
    byte[] address = HexFormat.of().parseHex(bytes);
    InetAddress read =
        address.length == 4
            ? InetAddress.getByAddress(address)
            : Inet6Address.getByAddress(null, address, -1);
    assertEquals(text, NumericAddress.of(read));
  }
}
