# Shared by the demos: machines in network namespaces on a switch, and a table before one's eyes.
# Source it after lib.sh. Who sources it has a function `observe`, which prints a line of the table,
# and puts what is to be removed at the end into namespaces, the switch last, and work.
# shellcheck shell=bash

readonly run=$demo-$$ # demo: what the names of namespaces begin with
readonly switch=$run-switch
namespaces=() work='' started=''

((EUID == 0)) || die "namespaces need root: sudo $0"

clean_up() {
  local namespace pid
  trap '' INT TERM
  stop_quiet_command
  for namespace in "${namespaces[@]}"; do
    for pid in $(ip netns pids "$namespace" 2>/dev/null || true); do
      kill -KILL "$pid" 2>/dev/null || true
    done
    ip netns delete "$namespace" 2>/dev/null || true
  done
  [[ -z $work ]] || rm -rf "$work"
  return_target_to_owner
}
# A child killed by us is no news: bash would print "Killed" for it.
trap 'clean_up 2>/dev/null' EXIT
trap 'echo; echo "Interrupted: cleaning up."; exit 130' INT TERM

# Sets daemon: DAEMON's, or ours once it is built.
#   find_daemon LOG [built]
find_daemon() {
  if [[ -n ${DAEMON:-} ]]; then
    daemon=$(command -v "$DAEMON") || die "no program called $DAEMON"
    return
  fi
  daemon=$root/packaging/bin/jkeepalived
  [[ ${2:-} == built ]] || quietly "Building jkeepalived" "$1" maven -q -DskipTests package
  [[ -x $daemon ]] || die "$daemon is not there"
}

# --- the stage -------------------------------------------------------------------------------

# Adds the switch, with a bridge for each name.
add_switch() {
  local bridge
  ip netns add "$switch"
  for bridge; do
    ip -n "$switch" link add name "$bridge" type bridge stp_state 0 forward_delay 0
    ip -n "$switch" link set "$bridge" up
  done
}

# Adds a namespace with an interface eth0 on a bridge of the switch.
#   add_host NAMESPACE BRIDGE PORT ADDRESS [GATEWAY]
add_host() {
  ip netns add "$1"
  plug "$1" eth0 "$2" "$3" "$4"
  ip -n "$1" link set lo up
  [[ -z ${5:-} ]] || ip -n "$1" route add default via "$5"
}

# Adds an interface and its cable.
#   plug NAMESPACE INTERFACE BRIDGE PORT ADDRESS
plug() {
  ip link add name "$2" netns "$1" type veth peer name "$4" netns "$switch"
  ip -n "$1" address add "$5/24" brd + dev "$2"
  ip -n "$1" link set "$2" up
  ip -n "$switch" link set "$4" master "$3" up
}

# Starts the daemon in a namespace, with a /run of its own that outlives it, as on a machine of its
# own; sets started_pid.
#   run_daemon NAMESPACE FOLDER CONFIGURATION [OPTION...]
run_daemon() {
  local namespace=$1 folder=$2 configuration=$3
  shift 3
  mkdir -p "$folder/run"
  # shellcheck disable=SC2016
  ip netns exec "$namespace" sh -ec 'mount --bind "$1" /run; shift; exec "$@"' sh \
    "$folder/run" "$daemon" -n -l -D -f "$configuration" -p /run/demo.pid -r /run/demo-vrrp.pid "$@" \
    </dev/null >>"$folder/log" 2>&1 &
  # shellcheck disable=SC2034
  started_pid=$!
  disown
}

# --- the table -------------------------------------------------------------------------------

# No command substitution in what runs all the time: bash 5.2 stumbles over a Ctrl-C in one.

now=0 # milliseconds since 1970, at the last look at the clock
look_at_clock() { now=$((${EPOCHREALTIME/[.,]/} / 1000)); }

last_line='' last_shown=0

# Begins a line of the table, with the time, if it is another one than before or a second has passed;
# on a terminal the unchanged line is painted over.
#   begin_line CONTENT
begin_line() {
  local passed
  look_at_clock
  passed=$((now - started))
  if [[ $1 == "$last_line" ]]; then
    ((passed - last_shown >= 1000)) || return 1
    [[ -z $on_terminal ]] || printf '\e[A'
  fi
  printf ' %3d.%d s   ' $((passed / 1000)) $((passed % 1000 / 100))
  last_line=$1 last_shown=$passed
}

say() {
  echo "            $bold$*$plain"
  last_line=''
}

watch_for() {
  local end
  look_at_clock
  end=$((now + $1 * 1000))
  while ((now < end)); do
    observe
    sleep 0.1
  done
}
