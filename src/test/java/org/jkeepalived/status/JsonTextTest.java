package org.jkeepalived.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.model.Authentication;
import org.jkeepalived.script.CommandFacts;
import org.jkeepalived.time.LocalClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON's text; that it is keepalived's is tried in the lab. */
final class JsonTextTest {

  @Test
  void hasKeepalivedsForm() {
    StringBuilder text = new StringBuilder();
    JsonText.write(
        Samples.snapshot(List.of(Samples.master(), Samples.backup())),
        CommandFacts.NONE,
        text::append);
    assertEquals(
        """
        [{"data":{"iname":"VI_1","dont_track_primary":0,"skip_check_adv_addr":1,"strict_mode":0,\
        "vmac_ifname":"","ifp_ifname":"eth0","master_priority":0,\
        "last_transition":1795373899.500000,"garp_delay":5,"garp_refresh":60,"garp_rep":5,\
        "garp_refresh_rep":1,"garp_lower_prio_delay":5,"garp_lower_prio_rep":3,\
        "lower_prio_no_advert":0,"higher_prio_send_advert":1,"vrid":51,"base_priority":255,\
        "effective_priority":255,"vipset":true,"promote_secondaries":false,"adver_int":2,\
        "master_adver_int":2,"accept":1,"nopreempt":false,"preempt_delay":0,"state":2,\
        "wantstate":2,"version":2,"smtp_alert":false,"notify_deleted":false,\
        "vips":["192.168.32.200\\/16 dev eth0 scope global set",\
        "192.168.32.201 dev eth0 scope global"],\
        "evips":["192.168.78.1 dev eth0 scope global set"],\
        "auth_type":1,"auth_data":"********"},\
        "stats":{"advert_rcvd":0,"advert_sent":2,"become_master":1,"release_master":0,\
        "packet_len_err":0,"advert_interval_err":0,"ip_ttl_err":1,"invalid_type_rcvd":0,\
        "addr_list_err":2,"invalid_authtype":0,"authtype_mismatch":0,"auth_failure":0,\
        "pri_zero_rcvd":0,"pri_zero_sent":0},\
        "jkeepalived":{"send_failures":1,"late_timers":2,"addresses_restored":0,\
        "not_allowed":0,"own_address_received":0,"dropped":12}},\
        {"data":{"iname":"VI_2","dont_track_primary":0,"skip_check_adv_addr":0,"strict_mode":0,\
        "vmac_ifname":"","ifp_ifname":"eth0","master_priority":100,\
        "last_transition":1795373899.500000,"garp_delay":5,"garp_refresh":60,"garp_rep":5,\
        "garp_refresh_rep":1,"garp_lower_prio_delay":5,"garp_lower_prio_rep":3,\
        "lower_prio_no_advert":1,"higher_prio_send_advert":0,"vrid":52,"base_priority":90,\
        "effective_priority":90,"vipset":false,"promote_secondaries":true,"adver_int":0.25,\
        "master_adver_int":0.5,"accept":1,"nopreempt":false,"preempt_delay":2,"state":1,\
        "wantstate":1,"version":3,"smtp_alert":false,"notify_deleted":false,\
        "vips":["10.2.0.2 brd 10.2.0.255 dev eth1 scope link label eth1:x peer 10.2.0.3\\/32 \
        noprefixroute no_track"],"auth_type":0},\
        "stats":{"advert_rcvd":0,"advert_sent":0,"become_master":0,"release_master":0,\
        "packet_len_err":0,"advert_interval_err":0,"ip_ttl_err":0,"invalid_type_rcvd":0,\
        "addr_list_err":0,"invalid_authtype":0,"authtype_mismatch":0,"auth_failure":0,\
        "pri_zero_rcvd":0,"pri_zero_sent":0},\
        "jkeepalived":{"send_failures":0,"late_timers":0,"addresses_restored":0,\
        "not_allowed":0,"own_address_received":0,"dropped":12}}]
        """,
        text.toString());
  }

  @Test
  void noRenderingTellsAPassword() {
    ReportContext context =
        new ReportContext(LocalClock.of(ZoneId.of("UTC")), Optional.empty(), CommandFacts.NONE);
    VrrpSnapshot snapshot = Samples.three();
    StringBuilder text = new StringBuilder();
    snapshot.configuration(context, text::append);
    snapshot.data(context, text::append);
    snapshot.statistics(text::append);
    snapshot.json(context, text::append);
    Authentication used = snapshot.routers().get(0).instance().protocol().authentication();
    String password = new String(used.password(), StandardCharsets.UTF_8);
    assertTrue(password.contains("cret"), "the snapshot has one");
    assertFalse(text.toString().contains("cret"));
    assertEquals(3, text.toString().split("\\*{8}", -1).length - 1, "a place for it in each");
  }

  @Test
  void isAnEmptyArrayWithoutInstances() {
    StringBuilder text = new StringBuilder();
    JsonText.write(Samples.snapshot(List.of()), CommandFacts.NONE, text::append);
    assertEquals("[]\n", text.toString());
  }

  @Test
  void noTextBreaksTheForm() {
    String text =
        new JsonWriter()
            .open()
            .member("a\"b", "q\" s\\ /\n\u0000\u001f\u007f\u00e9 \ud83d\ude00 \ud800")
            .member("list", List.of())
            .open("in")
            .close()
            .member("after", true)
            .close()
            .toString();
    assertEquals(
        "{\"a\\\"b\":\"q\\\" s\\\\ \\/\\u000a\\u0000\\u001f\\u007f\u00e9 \\ud83d\\ude00 \\ud800\","
            + "\"list\":[],\"in\":{},\"after\":true}",
        text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1e5", "NaN", ".5", "01", "1.", "1,2", "--1", "1}"})
  void onlyNumbersAreNumbers(String digits) {
    JsonWriter json = new JsonWriter().open();
    json.number("good", "-0.25");
    assertThrows(IllegalArgumentException.class, () -> json.number("bad", digits));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "10000000, 0.01",
    "1100000000, 1.1",
    "40950000000, 40.95",
    "60000000000, 60",
    "100000000000, 100",
    "12250000000, 12.25",
    "1234567890, 1.23457"
  })
  void secondsHaveSixDigits(long nanos, String text) {
    assertEquals(text, Durations.seconds(nanos));
  }
}
