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

# Makes `stellar` use the network that NETWORK names, or the one that is reached at
# STELLAR_RPC_URL, or the local one; $network and $passphrase say which.
choose_network() {
  local url=${STELLAR_RPC_URL:-} given=${STELLAR_NETWORK_PASSPHRASE:-}
  case "${NETWORK:-}" in
    local) passphrase="Standalone Network ; February 2017" ;;
    testnet) passphrase="Test SDF Network ; September 2015" ;;
    mainnet) passphrase="Public Global Stellar Network ; September 2015" ;;
    "")
      [[ -n "$url" || -z "$given" ]] && [[ -n "$given" || -z "$url" ]] ||
        fail "STELLAR_RPC_URL and STELLAR_NETWORK_PASSPHRASE belong together: set both, or neither" 2
      passphrase=${given:-"Standalone Network ; February 2017"}
      ;;
    *) fail "there is no network '$NETWORK': NETWORK is local, testnet or mainnet" 2 ;;
  esac
  [[ "${given:-$passphrase}" == "$passphrase" ]] ||
    fail "NETWORK is $NETWORK, but STELLAR_NETWORK_PASSPHRASE is '$given': unset one of them" 2
  unset STELLAR_NETWORK STELLAR_NETWORK_PASSPHRASE
  if [[ -n "$url" ]]; then
    network="${NETWORK:+$NETWORK, at }$url"
    export STELLAR_NETWORK_PASSPHRASE=$passphrase
  else
    network=${NETWORK:-local}
    export STELLAR_NETWORK=$network
  fi
  [[ "$network" != mainnet ]] ||
    fail "Mainnet has no public server: set STELLAR_RPC_URL to that of a provider" 2
}

# Wants the server to be there, and to belong to that network.
check_server() {
  local info found hint=
  [[ "$network" != local ]] || hint=": start it by \`make localnet\`"
  info=$(stellar network info --output json 2>/dev/null) || fail "$network does not answer$hint" 2
  found=$(field passphrase "$info")
  [[ "$found" == "$passphrase" ]] ||
    fail "the server belongs to '$found', and not to '$passphrase'" 2
}

# The first value of that name in JSON on one line.
field() {
  [[ "$2" =~ \"$1\":(\"[^\"]*\"|[^\",}]*) ]] || fail "there is no \"$1\" in $2"
  local value=${BASH_REMATCH[1]#\"}
  echo "${value%\"}"
}
