# For scripts that run `stellar`, from the repository's folder: finds the right one, and says which
# network is meant. Nothing here is run by itself.

export PATH="$PWD/.tools/bin:$PATH"
export STELLAR_NO_UPDATE_CHECK=true

# Ends the script with a sentence: 1 where something is not as it should be, 2 where it was not
# even tried.
fail() {
  echo "${0##*/}: $1" >&2
  exit "${2:-1}"
}

need_stellar() {
  [[ "$(stellar version 2>/dev/null)" == "stellar 28.1.0"* ]] ||
    fail "stellar 28.1.0 is not here: run \`make setup\`, which puts it into .tools" 2
}

# Makes `stellar` use the network that NETWORK names, unless a server is given by its address.
choose_network() {
  network=${NETWORK:-local}
  case "$network" in
    local | testnet | mainnet) ;;
    *) fail "there is no network '$network': NETWORK is local, testnet or mainnet" 2 ;;
  esac
  if [[ -n "${STELLAR_RPC_URL:-}" && -n "${STELLAR_NETWORK_PASSPHRASE:-}" ]]; then
    unset STELLAR_NETWORK
    network=$STELLAR_RPC_URL
  elif [[ -n "${STELLAR_RPC_URL:-}${STELLAR_NETWORK_PASSPHRASE:-}" ]]; then
    fail "STELLAR_RPC_URL and STELLAR_NETWORK_PASSPHRASE belong together: set both, or neither" 2
  elif [[ "$network" == mainnet ]]; then
    fail "Mainnet has no public server: set STELLAR_RPC_URL to a provider's, and\
 STELLAR_NETWORK_PASSPHRASE to 'Public Global Stellar Network ; September 2015'" 2
  else
    export STELLAR_NETWORK=$network
  fi
}

# The passphrase by which the network is known, which proves that it answers.
network_passphrase() {
  local info hint=
  [[ "$network" != local ]] || hint=": start it by \`make localnet\`"
  info=$(stellar network info --output json 2>/dev/null) || fail "$network does not answer$hint" 2
  field passphrase "$info"
}

# The first value of that name in JSON on one line.
field() {
  [[ "$2" =~ \"$1\":(\"[^\"]*\"|[^\",}]*) ]] || fail "there is no \"$1\" in $2"
  local value=${BASH_REMATCH[1]#\"}
  echo "${value%\"}"
}
