#!/usr/bin/env bash
# Builds jkeepalived and installs it on this machine: as a .deb where there is apt, as an .rpm where
# there is dnf, zypper or yum, else as plain files under /usr/local. Neither enables nor starts the service, and
# touches nothing of keepalived's.
#
#   sudo packaging/install.sh            builds and installs
#   sudo packaging/install.sh --files    plain files, whatever the machine has; --remove takes them away
#
# Without a JDK and Maven it installs them first, on Debian and Ubuntu; or give it a package that was
# built elsewhere: packaging/install.sh jkeepalived_VERSION_amd64.deb.
set -euo pipefail
# shellcheck source=packaging/lib.sh
. "$(dirname "$0")/lib.sh"

readonly prefix=/usr/local

build() {
  "$root/packaging/setup.sh" build
  local machine=() log
  [[ $(uname -m) != aarch64 ]] || machine=(-Parm64)
  mkdir -p "$root/target"
  rm -f "$root"/target/jkeepalived_*.deb "$root"/target/jkeepalived-*.rpm
  return_target_to_owner
  log=$(mktemp)
  quietly "Building" "$log" maven -Ppackages "${machine[@]}" -DskipTests package
  rm -f "$log"
}

# The file of a kind that the build has left.
built() {
  local file
  file=$(find "$root/target" -maxdepth 1 -name "$1" -print -quit)
  [[ -n $file ]] || die "the build made no $1"
  echo "$file"
}

install_deb() {
  local shared
  # apt's own user reads it, which may not enter the checkout
  shared=$(mktemp -d)
  chmod 755 "$shared"
  install -m 644 "$1" "$shared"
  apt-get update -q >/dev/null || echo "install: apt-get update failed; trying with what is known" >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y --reinstall "$shared/${1##*/}"
  rm -rf "$shared"
}

install_rpm() {
  local tool
  for tool in dnf zypper yum; do
    if command -v "$tool" >/dev/null; then
      if [[ $tool == zypper ]]; then
        zypper --non-interactive install --allow-unsigned-rpm "$1"
      else
        "$tool" install -y "$1"
      fi
      return
    fi
  done
  die "there is rpm, but neither dnf nor zypper nor yum"
}

# The same files under /usr/local, where no package manager looks.
install_files() {
  local tree=$root/target/package
  mkdir -p "$prefix"/{sbin,bin,share,lib/systemd/system} /etc/default /etc/keepalived
  install -m 755 "$tree"/programs/usr/sbin/* "$prefix/sbin/"
  rm -rf "$prefix/share/jkeepalived" "$prefix/lib/jkeepalived"
  cp -r "$tree"/files/usr/share/{jkeepalived,man,bash-completion,zsh} "$prefix/share/"
  cp -r "$tree/files/usr/lib/jkeepalived" "$prefix/lib/"
  ln -sfn ../../../lib/jkeepalived/native "$prefix/share/jkeepalived/lib/native"
  ln -sfn ../sbin/jkeepalived "$prefix/bin/jkeepalived-genhash"
  install -m 755 "$tree"/programs/usr/share/jkeepalived/* "$prefix/share/jkeepalived/"
  install -m 644 "$tree"/files/usr/lib/systemd/system/* "$prefix/lib/systemd/system/"
  sed -i "s|/usr/sbin/jkeepalived|$prefix/sbin/jkeepalived|" \
    "$prefix"/lib/systemd/system/jkeepalived*
  [[ -e /etc/default/jkeepalived ]] || install -m 644 "$tree/files/etc/default/jkeepalived" /etc/default/
  install -d -m 700 /var/lib/jkeepalived
  "$prefix/share/jkeepalived/archive" || true
  [[ ! -d /run/systemd/system ]] || systemctl daemon-reload
}

remove_files() {
  "$prefix/sbin/jkeepalived-replace" off || true
  [[ ! -d /run/systemd/system ]] || systemctl stop jkeepalived.service || true
  "$prefix/share/jkeepalived/stop" || true
  "$prefix/sbin/jkeepalived" --release || true
  rm -rf "$prefix"/share/jkeepalived "$prefix"/lib/jkeepalived "$prefix"/lib/systemd/system/jkeepalived* \
    "$prefix"/sbin/jkeepalived "$prefix"/sbin/jkeepalived-replace "$prefix"/bin/jkeepalived-genhash \
    "$prefix"/share/man/man?/jkeepalived* "$prefix"/share/bash-completion/completions/jkeepalived \
    "$prefix"/share/zsh/*/_jkeepalived /var/lib/jkeepalived
  [[ ! -d /run/systemd/system ]] || systemctl daemon-reload
}

main() {
  ((EUID == 0)) || die "must be run as root (sudo $0)"
  case ${1:-} in
    *.deb) install_deb "$(readlink -f -- "$1")" ;;
    *.rpm) install_rpm "$(readlink -f -- "$1")" ;;
    --remove) remove_files && return ;;
    --files) build && install_files ;;
    '')
      build
      if command -v apt-get >/dev/null; then
        install_deb "$(built 'jkeepalived_*.deb')"
      elif command -v rpm >/dev/null; then
        install_rpm "$(built 'jkeepalived-*.rpm')"
      else
        install_files
      fi
      ;;
    *)
      sed -n '2,11s/^# \{0,1\}//p' "$0" >&2
      exit 1
      ;;
  esac
  cat <<END
${bold}Installed.${plain} Next:
  jkeepalived -t                              does /etc/keepalived/keepalived.conf run?
  systemctl enable --now jkeepalived          in place of keepalived.service, which is stopped
  jkeepalived-replace on                      or: under keepalived's own names; 'off' gives them back
END
}

main "$@"
