#!/usr/bin/env bash
# A director with two web servers behind it and a client that asks in a loop, in network namespaces
# that are removed again: a server dies, comes back, all die and the sorry server answers.
#
#   sudo packaging/demo.sh lvs
#   sudo DAEMON=keepalived packaging/demo.sh lvs     the same with keepalived as the director
#
# It needs a kernel with IPVS: this machine's, or else that of the virtual machine (packaging/vm/vm),
# in which everything takes about ten times as long.
set -euo pipefail
# shellcheck source=packaging/lib.sh
. "$(dirname "$0")/lib.sh"

demo=jklvs
# shellcheck source=packaging/demo-lib.sh
. "$root/packaging/demo-lib.sh"

readonly address=10.20.30.100
readonly director=$run-director client=$run-client
readonly servers=(w1 w2 sorry)
readonly -A last_octet=([w1]=11 [w2]=12 [sorry]=99)
declare -A nginx_pid=() state=()
namespaces=("$director" "$client" "${servers[@]/#/$run-}" "$switch")
daemon_pid=''

# --- the stage -------------------------------------------------------------------------------

build_stage() {
  local server
  add_switch front back
  add_host "$client" front client 10.20.30.9
  add_host "$director" front director 10.20.30.1
  plug "$director" eth1 back inside 10.20.40.1
  ip netns exec "$director" sysctl -qw net.ipv4.ip_forward=1
  for server in "${servers[@]}"; do
    add_host "$run-$server" back "$server" "10.20.40.${last_octet[$server]}" 10.20.40.1
  done
}

# A web server that answers with its name.
start_nginx() {
  local server=$1 text=$1
  mkdir -p "$work/$server"
  cat >"$work/$server/conf" <<END
daemon off; master_process off; pid $work/$server/pid; error_log stderr; events {}
http { access_log off; server { listen 80; return 200 "$text\\n"; } }
END
  ip netns exec "$run-$server" nginx -c "$work/$server/conf" -e stderr </dev/null >>"$work/$server/log" 2>&1 &
  nginx_pid[$server]=$!
  disown
}

kill_nginx() { kill -KILL "${nginx_pid[$1]}"; }

start_daemon() {
  run_daemon "$director" "$work/director" "$root/conf/demo/lvs.conf" -c /run/demo-checkers.pid
  daemon_pid=$started_pid
}

# Asks ten times a second, each time by a new connection; a line for each answer.
start_client() {
  ip netns exec "$client" curl -sN -m 1 --rate 10/s -H 'Connection: close' \
    -w '%{http_code}\n' "http://$address/[1-99999]" </dev/null >"$work/answers" 2>/dev/null &
  disown
}

# --- what is seen ----------------------------------------------------------------------------

# Sets state of each server: whether it lives, and whether the kernel's table gives it connections.
find_states() {
  local server table=() text where
  mapfile -t table 2>/dev/null <"/proc/$daemon_pid/net/ip_vs" || true
  text="${table[*]:-}"
  for server in "${servers[@]}"; do
    printf -v where '0A1428%02X:0050 ' "${last_octet[$server]}"
    if kill -0 "${nginx_pid[$server]}" 2>/dev/null; then
      state[$server]=waits
      [[ $text != *"-> $where"* ]] || state[$server]=serves
    else
      state[$server]='taken out'
      [[ $text != *"-> $where"* ]] || state[$server]=dead
    fi
  done
}

# Sets hears: who gave the client's last answers. curl writes "w1" and "200", or "000" alone.
find_what_client_hears() {
  local line
  local -A found=()
  tail -n 12 "$work/answers" >"$work/last" 2>/dev/null || true
  while IFS= read -r line; do
    case $line in
      w1 | w2 | sorry) found[$line]=yes ;;
      000) found[nobody]=yes ;;
    esac
  done <"$work/last"
  hears=''
  for line in w1 w2 sorry nobody; do
    [[ -z ${found[$line]:-} ]] || hears+="${hears:+ }$line"
  done
}

# Prints a word of the table.
paint() {
  case $1 in
    serves) printf '%s%-11s%s' "$green" "$1" "$plain" ;;
    dead | *nobody*) printf '%s%-11s%s' "$red" "$1" "$plain" ;;
    *) printf '%-11s' "$1" ;;
  esac
}

# Sets line, too, which until_seen compares.
observe() {
  local hears server
  find_states
  find_what_client_hears
  line="${state[w1]}|${state[w2]}|${state[sorry]}|$hears"
  begin_line "$line" || return 0
  for server in "${servers[@]}"; do
    paint "${state[$server]}"
  done
  paint "$hears"
  printf '\n'
}

complain() {
  tail -n 20 "$work/director/log" >&2
  die "$1; the director's last lines are above"
}

# Watches until the table's line is so: until_seen SECONDS "W1|W2|SORRY|CLIENT".
until_seen() {
  local end=$((SECONDS + $1)) line=''
  while ((SECONDS <= end)); do
    observe
    [[ $line != "$2" ]] || return 0
    kill -0 "$daemon_pid" 2>/dev/null || complain "the director has ended"
    sleep 0.1
  done
  complain "waited $1 s in vain"
}

# How often a line stands in the client's answers.
count() { grep -cx "$1" "$work/answers" || true; }

# --- the play --------------------------------------------------------------------------------

has_ipvs() { [[ -e /proc/net/ip_vs ]] || { modprobe -q ip_vs 2>/dev/null && [[ -e /proc/net/ip_vs ]]; }; }

if [[ -z ${IN_GUEST:-} ]]; then
  "$root/packaging/setup.sh" lvs
fi
mkdir -p "$root/target"
find_daemon "$root/target/demo-build.log" ${IN_GUEST:+built}
if ! has_ipvs; then
  [[ -z ${IN_GUEST:-} ]] || die "the virtual machine's kernel has no IPVS"
  "$root/packaging/setup.sh" vm
  return_target_to_owner
  echo "This machine's kernel has no IPVS: starting a virtual machine, whose kernel has it ..."
  export IN_GUEST=yes ON_TERMINAL=$on_terminal
  exec "$root/packaging/vm/vm" run "$root/packaging/demo-lvs.sh"
fi

work=$(mktemp -d /var/tmp/jklvs.XXXXXX)
build_stage
for server in "${servers[@]}"; do
  start_nginx "$server"
done

cat <<END

   client -------- $address director -----+---- w1      10.20.40.11   nginx, each of them
   asks ten times  $(printf '%-26s' "${daemon##*/}")+---- w2      10.20.40.12   answers with its name
   a second        with conf/demo/lvs.conf   +---- sorry   10.20.40.99

   serves: it gets connections     dead: it gets them, and nobody is there     waits: it gets none

${bold}   time     w1         w2         sorry      the client hears${plain}
END

look_at_clock
started=$now
start_client
say "the director starts; until it has asked the servers nobody serves"
start_daemon
until_seen 180 'serves|serves|waits|w1 w2'
watch_for 3

say "nginx on w1 is killed"
kill_nginx w1
until_seen 180 'taken out|serves|waits|w2'
watch_for 3

say "w1 is back"
start_nginx w1
until_seen 180 'serves|serves|waits|w1 w2'
watch_for 3

say "nginx is killed on w1 and w2"
kill_nginx w1
kill_nginx w2
until_seen 180 'taken out|taken out|serves|sorry'
watch_for 3

say "both are back"
start_nginx w1
start_nginx w2
until_seen 180 'serves|serves|waits|w1 w2'
watch_for 3

cat <<END

${bold}The client asked, and heard:${plain} w1 $(count w1) times, w2 $(count w2) times, sorry $(count sorry) times, nobody $(count 000) times
END
