#!/usr/bin/env bash
# Two nodes and a client on this machine, in network namespaces that are removed again: the master
# dies, the other node takes over, and what that cost is measured on the wire and by the client.
#
#   sudo packaging/demo.sh
#   sudo DAEMON=keepalived packaging/demo.sh     the same with keepalived on both nodes
#   sudo packaging/demo.sh lvs                   instead: a director, two web servers, a client
set -euo pipefail
# shellcheck source=packaging/lib.sh
. "$(dirname "$0")/lib.sh"

case ${1:-} in
  '') ;;
  lvs) exec "$root/packaging/demo-lvs.sh" ;;
  -h | --help)
    sed -nE '2,/^[^#]/s/^# ?//p' "$0"
    exit
    ;;
  *) die "no demo called $1: there are lvs, and the one without a name" ;;
esac

demo=jkdemo
# shellcheck source=packaging/demo-lib.sh
. "$root/packaging/demo-lib.sh"

readonly address=10.20.30.100
readonly client=$run-client
declare -A daemon_pid=() alive=() cable=()
namespaces=("$run-k1" "$run-k2" "$client" "$switch")

# --- the stage -------------------------------------------------------------------------------

build_stage() {
  add_switch lan
  add_host "$run-k1" lan k1 10.20.30.1
  add_host "$run-k2" lan k2 10.20.30.2
  add_host "$client" lan client 10.20.30.9
  cable=([k1]=in [k2]=in)
}

start_daemon() {
  local node=$1
  run_daemon "$run-$node" "$work/$node" "$root/conf/demo/$node.conf"
  daemon_pid[$node]=$started_pid
  alive[$node]=yes
}

# The machine loses its power: nothing runs any more, and its cable is dead.
power_off() {
  local node=$1 pid
  ip -n "$switch" link set "$node" down
  kill -STOP "${daemon_pid[$node]}"
  for pid in $(ip netns pids "$run-$node"); do
    kill -KILL "$pid" 2>/dev/null || true
  done
  alive[$node]=no cable[$node]=out
}

# --- what is seen ----------------------------------------------------------------------------

# Sets state.
find_state() {
  local node=$1
  ip -n "$run-$node" -4 -o address show to "$address" >"$work/holds" 2>/dev/null || true
  if [[ -z ${alive[$node]:-} ]]; then
    state=off
  elif [[ ${alive[$node]} != yes ]]; then
    state=dead
  elif ! kill -0 "${daemon_pid[$node]}" 2>/dev/null; then
    state=ended
  elif [[ -s $work/holds && ${cable[$node]} == in ]]; then
    state=MASTER
  elif [[ ${cable[$node]} == out ]]; then
    state='no cable'
  else
    state=backup
  fi
}

# Sets sees: whether the address answered in the last 400 ms; pings go out every 50 ms.
find_what_client_sees() {
  local line=''
  tail -n 1 "$work/ping" >"$work/last" 2>/dev/null || true
  read -r line <"$work/last" || true
  sees='no answer'
  if [[ $line =~ ^\[([0-9]+)\.([0-9]{3})[0-9]*\].*\ bytes\ from ]]; then
    look_at_clock
    ((now - BASH_REMATCH[1] * 1000 - 10#${BASH_REMATCH[2]} >= 400)) || sees=answers
  fi
}

# Prints a word of the table.
paint() {
  case $1 in
    MASTER | answers) printf '%s%-10s%s ' "$green" "$1" "$plain" ;;
    dead | ended | 'no answer') printf '%s%-10s%s ' "$red" "$1" "$plain" ;;
    *) printf '%-10s ' "$1" ;;
  esac
}

columns=()

observe() {
  local k1 k2 state sees
  find_state k1
  k1=$state
  find_state k2
  k2=$state
  find_what_client_sees
  columns=("$k1" "$k2" "$sees")
  begin_line "$k1|$k2|$sees" || return 0
  paint "$k1"
  paint "$k2"
  paint "$sees"
  printf '\n'
}

# Watches until a condition holds: until_seen SECONDS K1 K2 CLIENT, "*" for any.
until_seen() {
  local end=$((SECONDS + $1))
  while ((SECONDS <= end)); do
    observe
    # shellcheck disable=SC2053
    [[ ${columns[0]} == $2 && ${columns[1]} == $3 && ${columns[2]} == $4 ]] && return 0
    if [[ ${columns[0]} == ended || ${columns[1]} == ended ]]; then
      tail -n 20 "$work"/k?/log >&2
      die "a daemon ended; its last lines are above"
    fi
    sleep 0.1
  done
  tail -n 20 "$work"/k?/log >&2
  die "waited $1 s in vain; the daemons' last lines are above"
}

# The pause on the wire: the last advertisement of k1 before it died, the first of k2 after that.
#   wire_gap MS_SINCE_1970
wire_gap() {
  awk -v died="$1" '/ > 224\.0\.0\.18/ {
         t = $1 * 1000
         if ($3 == "10.20.30.1" && t <= died) last = t
         if ($3 == "10.20.30.2" && t > died && !first) first = t
       }
       END { printf "%d", first - last + 0.5 }' "$work/wire"
}

# The longest time in which no answer came, after the given moment (ms since 1970).
client_gap() {
  awk -v from="$1" '/bytes from/ {
         t = substr($1, 2) * 1000
         if (last && t > from && t - last > longest) longest = t - last
         last = t
       }
       END { printf "%d", longest + 0.5 }' "$work/ping"
}

# --- the play --------------------------------------------------------------------------------

"$root/packaging/setup.sh" lab
work=$(mktemp -d /var/tmp/jkdemo.XXXXXX)
find_daemon "$work/build.log"

build_stage
ip netns exec "$switch" tcpdump -i lan -n -tt -l -p --immediate-mode -Z root 'ip proto 112' \
  >"$work/wire" 2>"$work/tcpdump.log" &
disown
ip netns exec "$client" ping -D -n -i 0.05 "$address" >"$work/ping" 2>&1 &
disown

cat <<END

      k1 10.20.30.1      k2 10.20.30.2        both run ${daemon##*/}
           |                  |               with conf/demo/k1.conf, k2.conf
      -----+------------------+----------+-   virtual address $address
                                         |
                                       client, pings $address

${bold}   time     k1         k2         client${plain}
END

look_at_clock
started=$now
start_daemon k1
until_seen 20 MASTER off answers
start_daemon k2
until_seen 20 MASTER backup answers
watch_for 3

say "k1 loses its power: SIGKILL, and its cable is dead"
power_off k1
look_at_clock
died=$now
until_seen 20 dead MASTER answers
gap_wire=$(wire_gap "$died")
watch_for 2
gap_client=$(client_gap "$died")

say "k1 starts again, and finds its cable plugged in"
ip -n "$run-k1" address flush dev eth0
ip -n "$run-k1" address add 10.20.30.1/24 brd + dev eth0
ip -n "$switch" link set k1 up
cable[k1]=in
start_daemon k1
until_seen 20 MASTER backup answers
watch_for 2

cat <<END

${bold}From k1's last advertisement to k2's first:  $gap_wire ms${plain}   (the protocol asks for 3 x advert_int + (256 - 100)/256 s = 3609 ms)
${bold}The client was without the address for:     $gap_client ms${plain}
END
