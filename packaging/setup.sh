#!/usr/bin/env bash
# Puts in place what building, testing and the demo need, from the distribution's own packages.
# What is there already is left alone; with everything there, nothing is said and nothing is done.
#
#   packaging/setup.sh build     a JDK (17 or newer), Maven, libpcap
#   packaging/setup.sh lab       also iproute2, keepalived as the other node, tcpdump, ping, nft
#   packaging/setup.sh test      also nginx, dnsmasq, killall, iptables, ipset, and an SMTP server and a
#                                mailer unless there is a mail system; and Chromium, if it is to be
#                                had
#   packaging/setup.sh vm        those of lab, nginx, ipvsadm, curl, python3, and the virtual machine
#                                (packaging/vm/vm): QEMU, and a kernel in the user's cache
#   packaging/setup.sh lvs       those of lab, nginx, curl
#   packaging/setup.sh bench     those of lab and python3
set -euo pipefail

has_jdk() {
  local javac=javac major
  [[ -n ${JAVA_HOME:-} ]] && javac=$JAVA_HOME/bin/javac
  command -v "$javac" >/dev/null || return 1
  major=$("$javac" -version 2>&1 | sed -nE 's/^javac ([0-9]+).*/\1/p')
  [[ ${major:-0} -ge 17 ]]
}

has_libpcap() { [[ $(PATH=$PATH:/sbin ldconfig -p) =~ libpcap\.so\.(0\.8|1) ]]; }

has_program() { PATH=$PATH:/usr/sbin:/sbin command -v "$1" >/dev/null; }

# Prints the names of the packages that are missing; "jdk" stands for whichever the distribution has.
missing() {
  has_jdk || echo jdk
  has_program mvn || echo maven
  has_libpcap || echo libpcap0.8
  [[ $1 == build ]] && return
  has_program ip || echo iproute2
  has_program keepalived || echo keepalived
  has_program tcpdump || echo tcpdump
  has_program ping || echo iputils-ping
  has_program mount || echo mount
  has_program nft || echo nftables
  if [[ $1 == test ]]; then
    # OpenSMTPD would put a mail system that is there out of place: its tests are left out then.
    has_program sendmail || echo opensmtpd
    has_program mail || echo bsd-mailx
    has_program nginx || echo nginx-light
    has_program dnsmasq || echo dnsmasq-base
    has_program killall || echo psmisc
    has_program iptables-legacy || echo iptables
    has_program ipset || echo ipset
  elif [[ $1 == vm ]]; then
    has_program nginx || echo nginx-light
    has_program ipvsadm || echo ipvsadm
    has_program curl || echo curl
    has_program python3 || echo python3
    has_program qemu-system-x86_64 || echo qemu-system-x86
    has_program depmod || echo kmod
    has_program xz || echo xz-utils
    [[ -x /lib/systemd/systemd ]] || echo systemd # the guest's init
  elif [[ $1 == lvs ]]; then
    has_program nginx || echo nginx-light
    has_program curl || echo curl
  elif [[ $1 == bench ]]; then
    has_program python3 || echo python3
  fi
}

# Prints what tests are left out without, and nothing else depends on.
wished() {
  [[ $1 == test ]] || return 0
  has_program chromium || echo chromium
}

distribution() {
  local ID=unknown ID_LIKE='' PRETTY_NAME='this system'
  # shellcheck source=/dev/null
  [[ -r /etc/os-release ]] && . /etc/os-release
  echo "$ID $ID_LIKE|$PRETTY_NAME"
}

# The first JDK that this release of the distribution has.
jdk_package() {
  local package
  for package in openjdk-17-jdk-headless openjdk-21-jdk-headless openjdk-25-jdk-headless; do
    if apt-cache show "$package" >/dev/null 2>&1; then
      echo "$package"
      return
    fi
  done
  echo default-jdk-headless
}

# Runs a command while services are kept from starting: installing keepalived must not start one on
# this machine. What was there before is put back.
without_starting_services() {
  local policy=/usr/sbin/policy-rc.d saved='' status=0
  if [[ -e $policy || -L $policy ]]; then
    saved=$policy.before-jkeepalived
    mv "$policy" "$saved"
  fi
  restore_policy() {
    rm -f "$policy"
    [[ -z $saved ]] || mv "$saved" "$policy"
  }
  trap 'restore_policy; exit 130' INT TERM
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
  "$@" || status=$?
  restore_policy
  trap - INT TERM
  return "$status"
}

update_lists() {
  [[ -z ${updated:-} ]] || return 0
  updated=yes
  apt-get update -q >/dev/null || echo "setup: apt-get update failed; trying with what is known" >&2
}

install_packages() {
  local log
  log=$(mktemp)
  if ! DEBIAN_FRONTEND=noninteractive without_starting_services \
    apt-get install -y --no-install-recommends --no-remove "$@" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    echo "setup: apt-get could not install: $*" >&2
    return 1
  fi
  rm -f "$log"
}

main() {
  local purpose=${1:-lab} packages=() package resolved=() like name
  case $purpose in
    build | lab | test | vm | lvs | bench) ;;
    *)
      echo "usage: $0 build|lab|test|vm|lvs|bench" >&2
      return 2
      ;;
  esac
  mapfile -t packages < <(missing "$purpose")
  if ((${#packages[@]} == 0)); then
    install_wished "$purpose"
    return 0
  fi

  IFS='|' read -r like name < <(distribution)
  if [[ ! $like =~ (debian|ubuntu) ]] || ! command -v apt-get >/dev/null; then
    cat >&2 <<END
setup: $name is not a distribution that this script knows (it knows Debian and Ubuntu).
Missing here: ${packages[*]}   (Debian's package names; "jdk" is a JDK, 17 or newer)
Install them your way and start again: what is there is not installed a second time.
END
    return 1
  fi
  if ((EUID != 0)); then
    echo "setup: missing: ${packages[*]}. Start again as root (sudo) to have them installed." >&2
    return 1
  fi

  echo "Installing from $name's packages: ${packages[*]} ..."
  update_lists
  for package in "${packages[@]}"; do
    [[ $package == jdk ]] && package=$(jdk_package)
    resolved+=("$package")
  done
  install_packages "${resolved[@]}"
  # Packages enable their services for the next boot; nobody asked for that here.
  local service
  for service in keepalived opensmtpd nginx ipvsadm; do
    if [[ " ${resolved[*]} " == *" $service"* && -d /run/systemd/system ]]; then
      systemctl disable --now "$service.service" >/dev/null 2>&1 || true
    fi
  done

  mapfile -t packages < <(missing "$purpose")
  if ((${#packages[@]} > 0)); then
    echo "setup: still missing after the installation: ${packages[*]}" >&2
    if has_program javac && ! has_jdk; then
      echo "setup: JAVA_HOME or PATH leads to a JDK older than 17: $(command -v javac)" >&2
    fi
    return 1
  fi
  install_wished "$purpose"
}

# One that cannot be installed, or not by whoever runs this, is none the worse for the rest.
install_wished() {
  local packages like name
  mapfile -t packages < <(wished "$1")
  IFS='|' read -r like name < <(distribution)
  ((${#packages[@]} == 0 || EUID != 0)) && return 0
  [[ $like =~ debian ]] && command -v apt-get >/dev/null || return 0
  echo "Installing from $name's packages: ${packages[*]} ..."
  update_lists
  install_packages "${packages[@]}" 2>/dev/null ||
    echo "setup: without ${packages[*]}: the tests that need it are left out" >&2
}

main "$@"
[[ ${1:-lab} != vm ]] || exec "$(dirname "$0")/vm/vm" prepare
