# Shared by the scripts beside it; source it. Needs bash.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Whether a person looks on; a script in the virtual machine is told by who started it.
on_terminal=${ON_TERMINAL:-}
[[ ! -t 1 ]] || on_terminal=yes
if [[ -n $on_terminal && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
  bold=$'\e[1m' dim=$'\e[2m' green=$'\e[32m' red=$'\e[31m' plain=$'\e[0m'
else
  bold='' dim='' green='' red='' plain=''
fi
# shellcheck disable=SC2034
readonly root on_terminal bold dim green red plain

die() {
  echo "${0##*/}: $*" >&2
  exit 1
}

# Runs Maven in the checkout, as the checkout's owner: a build under sudo must not leave files that
# the owner can no longer overwrite, nor fetch everything a second time into root's cache.
maven() {
  local owner
  owner=$(stat -c %U "$root")
  cd "$root" || return 1
  if ((EUID == 0)) && [[ $owner != root && $owner != UNKNOWN ]]; then
    runuser -u "$owner" -- env HOME="$(getent passwd "$owner" | cut -d: -f6)" mvn -B -ntp "$@"
  else
    mvn -B -ntp "$@"
  fi
}

# Gives what root wrote under target/ to the checkout's owner.
return_target_to_owner() {
  [[ $EUID != 0 || ! -d $root/target ]] || chown -R --reference="$root" "$root/target"
}

quiet_command=''

# For a script's EXIT trap: ends what quietly() is running, with all its children.
stop_quiet_command() {
  [[ -z $quiet_command ]] || kill -- "-$quiet_command" 2>/dev/null || true
}

# Runs a command with its output in a file, and a line that shows that time passes; the output is
# shown when the command fails.
#   quietly TEXT FILE COMMAND…
quietly() {
  local text=$1 log=$2 start=$SECONDS status=0
  shift 2
  printf '%s ...' "$text"
  set -m # a process group of its own, so that it can be ended as a whole
  "$@" >"$log" 2>&1 </dev/null &
  quiet_command=$!
  set +m
  while kill -0 "$quiet_command" 2>/dev/null; do
    sleep 0.2
    [[ -n $on_terminal ]] && printf '\r%s ... %d s' "$text" $((SECONDS - start))
  done
  wait "$quiet_command" || status=$?
  quiet_command=''
  [[ -n $on_terminal ]] && printf '\r%s ...' "$text"
  if ((status == 0)); then
    printf ' done in %d s\n' $((SECONDS - start))
  else
    printf ' failed\n'
    cat "$log" >&2
  fi
  return "$status"
}
